// Judges documents with a parser that shares no code with ours: does it find exactly the blocks that were meant, and the
// texts as they were typed?
//
//   judge.mjs mdast|cmark DIR CASES COUNT     DIR as .ci/markdown/install fills it, CASES a file of JSON lines
//
// It prints the first faults and a sum; the exit code is 1 when a document is wrong, or when there are fewer than COUNT.
// What a case says is in cases.mjs.
import fs from 'node:fs'
import readline from 'node:readline'
import { faults, tools } from './cases.mjs'

const [which, dir, file, count] = process.argv.slice(2)
const parser = await (await import(`./${which}.mjs`)).load(dir)
const kit = await tools(dir)

let documents = 0
let wrong = 0
const shown = 10
for await (const line of readline.createInterface({ input: fs.createReadStream(file), crlfDelay: Infinity })) {
  const one = JSON.parse(line)
  documents++
  const found = faults(one, parser, kit)
  if (found.length === 0) continue
  wrong++
  if (wrong <= shown) console.log(`${parser.name}: ${one.name}\n  ${found.slice(0, 5).join('\n  ')}`)
}
console.log(`${parser.name}: ${documents} documents, ${wrong} wrong.`)
if (documents < Number(count)) {
  console.log(`${parser.name}: ${count} documents were asked for.`)
  process.exit(1)
}
process.exit(wrong > 0 ? 1 : 0)
