// Prints the rows of a query of DuckDB.
import { DuckDBInstance } from '@duckdb/node-api'
const c = await (await DuckDBInstance.create(':memory:')).connect()
for (const row of (await c.runAndReadAll(process.argv[2])).getRows()) console.log(row.map(String).join('\t'))
