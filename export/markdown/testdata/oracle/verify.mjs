// Judges exported documents with parsers that share no code with ours.
//
// In a new folder outside the repository, called $DIR here:
//
//   npm init -y && npm install mdast-util-from-markdown mdast-util-gfm micromark-extension-gfm yaml js-yaml
//   FIREBREAK_ORACLE_DIR=$DIR go test -run TestWriteOracleCases firebreak/export/markdown   (in the repository)
//   cp export/markdown/testdata/oracle/verify.mjs $DIR && cd $DIR && node verify.mjs cases.jsonl
//
// Prints the number of documents and of wrong ones; the exit code is 1 if any
// is wrong. Every document must hold exactly the blocks that its case names.
import fs from 'node:fs'
import readline from 'node:readline'
import { isDeepStrictEqual } from 'node:util'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfm } from 'micromark-extension-gfm'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import YAML from 'yaml'
import * as jsyaml from 'js-yaml'

const seen = (n) => (n.type === 'break' ? '\n' : n.value ?? (n.children ?? []).map(seen).join(''))

function block(n) {
  switch (n.type) {
    case 'heading':
      return { kind: 'heading', level: n.depth, text: seen(n) }
    case 'paragraph':
      return { kind: 'text', text: seen(n) }
    case 'code':
      return n.value === '' ? { kind: 'code' } : { kind: 'code', text: n.value }
    case 'table':
      return { kind: 'table', rows: n.children.map((r) => r.children.map(seen)) }
    case 'list':
      return {
        kind: 'list',
        items: n.children.map((i) => i.children.map(seen).join('\u0001')),
        ticks: n.children.map((i) => (i.checked === true ? 'x' : i.checked === false ? ' ' : '')),
      }
  }
  return { kind: n.type }
}

// Inside the user's markdown any block may stand, but none that a parser hands
// to a browser as it is, and no definition that reaches the rest of the file.
const forbidden = new Set(['html', 'definition', 'footnoteDefinition', 'footnoteReference', 'linkReference'])
const holdsForbidden = (n) => forbidden.has(n.type) || (n.children ?? []).some(holdsForbidden)

function judge(c) {
  const parts = /^---\n([\s\S]*?)\n---\n/.exec(c.markdown)
  if (!parts) return ['no front matter']
  const front = { ...c.front, count: 3 }
  for (const [name, load] of [['yaml', YAML.parse], ['js-yaml', jsyaml.load]]) {
    const got = load(parts[1])
    if (!isDeepStrictEqual({ ...got }, front)) return ['front matter by ' + name, got, front]
  }
  const tree = fromMarkdown(c.markdown.slice(parts[0].length), {
    extensions: [gfm({ singleTilde: true })],
    mdastExtensions: [gfmFromMarkdown()],
  })
  const got = [...tree.children]
  for (const want of c.blocks) {
    if (want.kind === 'contained') {
      while (got.length > 0 && !(got[0].type === 'heading' && got[0].depth <= 2)) {
        const n = got.shift()
        if (holdsForbidden(n)) return ['forbidden in contained', n, c.source]
      }
      continue
    }
    if (got.length === 0) return ['missing', want]
    const found = block(got.shift())
    if (!isDeepStrictEqual(found, want)) return ['differs', found, want, c.source]
  }
  return got.length > 0 ? ['left over', got.map(block), c.source] : null
}

let documents = 0
let wrong = 0
for await (const line of readline.createInterface({ input: fs.createReadStream(process.argv[2]) })) {
  const c = JSON.parse(line)
  documents++
  const why = judge(c)
  if (why) {
    wrong++
    if (wrong <= 5) console.log('seed', c.seed, JSON.stringify(why, null, 1))
  }
}
console.log(`${documents} documents, ${wrong} wrong`)
process.exit(wrong > 0 ? 1 : 0)
