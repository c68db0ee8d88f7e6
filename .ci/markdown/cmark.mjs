// Reads markdown with cmark-gfm, the parser in C that GitHub has published, by the XML that it prints. The version that
// Debian has knows no footnotes.
import { spawnSync } from 'node:child_process'

const kinds = {
  document: 'document', heading: 'heading', paragraph: 'paragraph', code_block: 'code', block_quote: 'quote', list: 'list',
  item: 'item', tasklist: 'item', taskitem: 'item', thematic_break: 'rule', table: 'table', table_header: 'row',
  table_row: 'row', table_cell: 'cell', text: 'text', code: 'code', linebreak: 'break', softbreak: 'break',
  strong: 'strong', emph: 'emphasis', strikethrough: 'struck', link: 'link', image: 'image', html_block: 'html',
  html_inline: 'html',
}
const leaves = new Set(['code', 'text', 'html'])

export async function load() {
  return {
    name: 'cmark-gfm',
    document(markdown) {
      const front = /^---\n([\s\S]*?)\n---\n/.exec(markdown)
      return { front: front?.[1] ?? null, root: parse(front ? markdown.slice(front[0].length) : markdown) }
    },
    fields,
  }
}

// fields reads many texts, each for itself. Most can be read in one go: each line behind a quote's mark, where nothing
// gets out, and a rule between two texts. Tabs would move there, boxes are none, and definitions hold everywhere.
function fields(list) {
  const roots = new Array(list.length)
  const together = []
  list.forEach((text, n) => {
    if (/\t|\]:|\[[ xX]\]/.test(text)) roots[n] = parse(text)
    else together.push(n)
  })
  if (together.length === 0) return roots
  const quoted = together.map((n) => list[n].split('\n').map((line) => '> ' + line).join('\n') + '\n')
  const blocks = parse(quoted.join('\n***\n\n')).children
  together.forEach((n, i) => {
    const quote = blocks[2 * i]
    roots[n] = quote?.kind === 'quote' ? { kind: 'document', children: quote.children } : null
  })
  const apart = blocks.length === 2 * together.length - 1 && together.every((n) => roots[n] !== null)
  if (!apart) for (const n of together) roots[n] = parse(list[n])
  return roots
}

function parse(markdown) {
  const ran = spawnSync('cmark-gfm', ['-t', 'xml', '-e', 'table', '-e', 'strikethrough', '-e', 'autolink', '-e', 'tasklist'],
    { input: markdown, maxBuffer: 1 << 28 })
  if (ran.status !== 0) throw new Error(`cmark-gfm failed: ${ran.error ?? ran.stderr}`)
  return tree(ran.stdout.toString())
}

const entities = { lt: '<', gt: '>', quot: '"', amp: '&' }
const decoded = (text) => text.replace(/&(lt|gt|quot|amp);/g, (_, name) => entities[name])

// tree reads the XML, which has no comments, no CDATA and no attribute without quotes.
function tree(xml) {
  const top = { kind: 'top', children: [] }
  const open = [top]
  const token = /<\?xml[^>]*\?>|<!DOCTYPE[^>]*>|<(\/?)([a-z_]+)((?:\s+[a-z:]+="[^"]*")*)\s*(\/?)>|([^<]+)/gy
  for (let at = 0; at < xml.length; at = token.lastIndex) {
    token.lastIndex = at
    const found = token.exec(xml)
    if (!found) throw new Error(`cmark-gfm printed what this judge cannot read: ${xml.slice(at, at + 80)}`)
    const [, closes, name, attributes, empty, text] = found
    const last = open[open.length - 1]
    if (text !== undefined) {
      if (leaves.has(last.kind)) last.text += decoded(text)
    } else if (closes) {
      if (name === 'code_block') last.text = last.text.replace(/\n$/, '')
      open.pop()
    } else if (name) {
      const n = node(name, attributes)
      last.children.push(n)
      if (!empty) open.push(n)
    }
  }
  return top.children.find((n) => n.kind === 'document')
}

function node(name, attributes) {
  const kind = kinds[name]
  if (!kind) throw new Error(`cmark-gfm has a node named ${name}, which this judge does not know`)
  const given = {}
  for (const [, key, value] of attributes.matchAll(/([a-z:]+)="([^"]*)"/g)) given[key] = decoded(value)
  const n = { kind, children: [] }
  if (leaves.has(kind)) n.text = ''
  if (kind === 'heading') n.level = Number(given.level)
  if (kind === 'list') Object.assign(n, { ordered: given.type === 'ordered', start: Number(given.start) })
  if (kind === 'item' && given.completed) n.ticked = given.completed === 'true'
  if (name === 'code_block') n.info = given.info ?? ''
  if (kind === 'link' || kind === 'image') Object.assign(n, { to: given.destination, title: given.title })
  return n
}
