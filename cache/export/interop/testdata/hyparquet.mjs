// Prints the columns of a .parquet as hyparquet reads them.
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
const bits = new Uint32Array(1), float = new Float32Array(bits.buffer)
const hex = b => Buffer.from(b).toString('hex')
const file = await asyncBufferFromFile(process.argv[2])
const { schema } = await parquetMetadataAsync(file)
const rows = await parquetReadObjects({ file, utf8: false })
function text(v, type) {
  if (Array.isArray(v)) return '[' + v.map(x => text(x, type) + ',').join('') + ']'
  if (v === null || v === undefined) return 'null'
  if (ArrayBuffer.isView(v) && type === 'FLOAT') return '[' + [...v].map(x => text(x, type) + ',').join('') + ']'
  if (type === 'FLOAT') { float[0] = v; return v !== v ? 'nan' : bits[0].toString(16).padStart(8, '0') }
  if (type === 'BOOLEAN') return v ? '1' : '0'
  if (type === 'BYTE_ARRAY') return hex(v)
  return String(v)
}
// A column is its element of the schema, and below it that of its values, the next with a type.
for (let i = 1; i < schema.length; i++) {
  const name = schema[i].name
  while (!schema[i].type) i++
  console.log(name + '\t' + rows.map(r => text(r[name], schema[i].type) + ',').join(''))
}
