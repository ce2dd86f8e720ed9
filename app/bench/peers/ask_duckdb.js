// Asks points what iceexplorer's bench asks, of DuckDB's binding for node: a filter, a
// sort, a summary.
//
// Usage: node - FOLDER < ask_duckdb.js, or node - to see whether the binding is there
// FOLDER holds the raw float32 columns age and pos (three numbers a point). Prints JSON:
// the best time of each question in seconds, and how many points the filter found.
const path = require('node:path')
const fs = require('node:fs')

const where = ['.', '.tools/duckdb', ...(process.env.NODE_PATH || '').split(path.delimiter).filter(Boolean)]
const { DuckDBInstance, DuckDBDataChunk, FLOAT } = require(require.resolve('@duckdb/node-api', { paths: where.map((p) => path.resolve(p)) }))

function floats(file) {
  const b = fs.readFileSync(file)
  return new Float32Array(b.buffer, b.byteOffset, b.length / 4)
}

// fill makes the table points of ages and the second numbers of positions.
async function fill(db, folder) {
  const age = floats(path.join(folder, 'age')), pos = floats(path.join(folder, 'pos'))
  await db.run('create table points (age float, y float)')
  const to = await db.createAppender('points')
  const rows = 2048
  for (let from = 0; from < age.length; from += rows) {
    const n = Math.min(rows, age.length - from)
    const chunk = DuckDBDataChunk.create([FLOAT, FLOAT], n)
    chunk.setColumns([Array.from(age.subarray(from, from + n)), Array.from({ length: n }, (_, i) => pos[3 * (from + i) + 1])])
    to.appendDataChunk(chunk)
  }
  to.closeSync()
}

async function best(run, rounds) {
  await run()
  let least = Infinity
  for (let i = 0; i < rounds; i++) {
    const begin = process.hrtime.bigint()
    await run()
    least = Math.min(least, Number(process.hrtime.bigint() - begin) / 1e9)
  }
  return least
}

async function main(folder) {
  const db = await (await DuckDBInstance.create()).connect()
  await fill(db, folder)
  const filter = 'select count(*) from points where age > 1 and y < 0'
  const ask = (text, rounds) => best(async () => (await db.runAndReadAll(text)).getRows(), rounds)
  console.log(JSON.stringify({
    filter: await ask(filter, 5),
    found: Number((await db.runAndReadAll(filter)).getRows()[0][0]),
    sort: await best(() => db.run('create or replace temp table s as select rowid from points order by age'), 2),
    summary: await ask('select count(*), min(age), max(age), avg(age), stddev_pop(age), median(age) from points', 5),
  }))
}

if (process.argv[2]) {
  main(process.argv[2]).catch((err) => {
    console.error(String(err))
    process.exit(1)
  })
}
