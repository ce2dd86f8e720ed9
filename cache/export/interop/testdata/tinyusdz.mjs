// Prints a layer of USD as TinyUSDZ has read it. It knows no numbers that are not finite and no
// samples of bools and text: those are given to it as 3 and as values of all times.
import { readFileSync } from 'fs'
process.type = 'renderer'
globalThis.window = globalThis
const { default: load } = await import('tinyusdz/tinyusdz.js')
const wasm = readFileSync('node_modules/tinyusdz/tinyusdz.wasm')
const m = await load({ instantiateWasm(info, ok) { WebAssembly.instantiate(wasm, info).then(r => ok(r.instance)); return {} } })
const text = readFileSync(process.argv[2], 'utf8')
  .replace(/((?:bool|string)\[\] \S+)\.timeSamples = \{\s*\S+: (\[.*\]),\s*\}/g, '$1 = $2')
  .replace(/(?<=[[(,] ?)(-?inf|nan)(?=[,\])])/g, '3')
const layer = new m.TinyUSDZLoaderNative()
if (!layer.loadAsLayerFromBinary(Buffer.from(text), 'a.usda')) throw new Error(layer.error())
process.stdout.write(layer.layerToString())
