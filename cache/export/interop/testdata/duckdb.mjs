// Prints the columns of a .parquet as DuckDB reads them.
import { DuckDBInstance } from '@duckdb/node-api'
const bits = new Uint32Array(1), float = new Float32Array(bits.buffer)
const hex = b => Buffer.from(b).toString('hex')
function text(v, type) {
  if (v === null || v === undefined) return 'null'
  if (type.endsWith('[]')) return '[' + v.items.map(x => text(x, type.slice(0, -2)) + ',').join('') + ']'
  if (type === 'FLOAT') { float[0] = v; return v !== v ? 'nan' : bits[0].toString(16).padStart(8, '0') }
  if (type === 'BOOLEAN') return v ? '1' : '0'
  if (type === 'VARCHAR') return hex(v)
  if (type === 'BLOB') return hex(v.bytes)
  if (type === 'INTEGER') return String(v)
  throw new Error('type ' + type)
}
const c = await (await DuckDBInstance.create(':memory:')).connect()
const path = process.argv[2].replaceAll("'", "''")
const r = await c.runAndReadAll(`select * from read_parquet('${path}')`)
const all = r.getColumns()
r.columnNames().forEach((name, i) => {
  const type = String(r.columnType(i))
  console.log(name + '\t' + (all[i] ?? []).map(v => text(v, type) + ',').join(''))
})
