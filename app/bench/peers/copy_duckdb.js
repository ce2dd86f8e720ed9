// Has DuckDB's binding for node write a table as CSV, on one core and on all.
//
// Usage: node - TABLE.parquet OUT.csv < copy_duckdb.js
// Prints JSON: the best time of each in seconds.
const path = require('node:path')

const where = ['.', '.tools/duckdb', ...(process.env.NODE_PATH || '').split(path.delimiter).filter(Boolean)]
const { DuckDBInstance } = require(require.resolve('@duckdb/node-api', { paths: where.map((p) => path.resolve(p)) }))

const quoted = (text) => "'" + text.replaceAll("'", "''") + "'"

async function best(run) {
  await run()
  let least = Infinity
  for (let i = 0; i < 2; i++) {
    const begin = process.hrtime.bigint()
    await run()
    least = Math.min(least, Number(process.hrtime.bigint() - begin) / 1e9)
  }
  return least
}

async function main(table, out) {
  const db = await (await DuckDBInstance.create()).connect()
  await db.run(`create table points as select * from read_parquet(${quoted(table)})`)
  const copy = () => db.run(`copy points to ${quoted(out)} (format csv, header)`)
  const all = await best(copy)
  await db.run('set threads = 1')
  console.log(JSON.stringify({ all, one: await best(copy) }))
}

main(process.argv[2], process.argv[3]).catch((err) => {
  console.error(String(err))
  process.exit(1)
})
