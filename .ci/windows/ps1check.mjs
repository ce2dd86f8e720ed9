// ps1check.mjs FILE...: says where PowerShell scripts are not well-formed, by tree-sitter's grammar: there is no
// PowerShell on Debian. Run from the folder that has its modules (make check-ps1).
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(pathToFileURL(process.cwd() + '/'))
const { Parser, Language } = await import(pathToFileURL(require.resolve('web-tree-sitter')))
await Parser.init()
const parser = new Parser()
parser.setLanguage(await Language.load(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')))

let bad = 0
function look(file, node) {
  if (node.isError || node.isMissing) {
    const at = node.startPosition
    const what = node.isMissing ? `${node.type} is missing` : 'syntax error'
    console.error(`${file}:${at.row + 1}:${at.column + 1}: ${what}: ${node.text.slice(0, 60)}`)
    bad++
    return
  }
  node.children.forEach((child) => look(file, child))
}
for (const file of process.argv.slice(2)) look(file, parser.parse(fs.readFileSync(file, 'utf8')).rootNode)
process.exit(bad ? 1 : 0)
