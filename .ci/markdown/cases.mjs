// What a document must hold, and what is wrong with it by a parser's reading.
//
// A case is { name, markdown, front, blocks }. front is what the front matter says, no more and no less; null when there
// must be none. The blocks follow each other at the top of the document, and nothing else does:
//
//   { kind: 'heading', level, text }   the text is exactly that
//   { kind: 'text', text }             a paragraph, line for line
//   { kind: 'code', text }
//   { kind: 'table', rows }
//   { kind: 'list', items, ticks }     a tick is 'x', ' ' or '' where there is no box
//   { kind: 'items', items }           a list whose items are { begins, says, ends, leads }: a literal text, what somebody
//                                      wrote as markdown, a literal text, and the addresses of links in it
//   { kind: 'markdown', says, holds, items, shows, blocks }   what somebody wrote as markdown, in any blocks up to the next
//                                      heading of the document's own two levels; holds are texts that stand in it as they
//                                      are, items is how many items its first list has, shows and blocks are what the
//                                      program's own preview shows of it: its text, and how many blocks of each kind
//
// Of markdown the same parser reads the text by itself, and the document must hold no less: every letter and digit of
// that, in its order, as text or in the address or the title of a link. (Where one address ends, parsers do not agree, nor whether an
// entity is one inside of it.) Nor may it show a letter that nobody wrote.
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { apart, cut, held, letters, missing, seen, signs, walk } from './tree.mjs'

const own = 2 // the levels of headings that are the document's own

// tools answers what the judges need besides a parser: a reader of front matter, after both versions of YAML, and the
// names of characters.
export async function tools(dir) {
  const require = createRequire(path.join(path.resolve(dir), 'package.json'))
  const yaml = require('yaml')
  const { characterEntities } = await import(pathToFileURL(require.resolve('character-entities')).href)
  return {
    yaml: (text) => ['1.1', '1.2'].map((version) => yaml.parse(text, { version })),
    entities: (text) => text.replace(/&(\w+|#\d{1,7}|#[xX][\da-fA-F]{1,6});/g, (whole, name) => whole + (characterEntities[name] ?? numbered(name))),
  }
}

// numbered is the character with a number such as #233 or #xe9.
function numbered(name) {
  const hex = /^#x/i.test(name)
  const code = name.startsWith('#') ? parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10) : 0
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

// faults says what is wrong with a document, in a few words each; nothing is when it is as meant.
export function faults(one, parser, { yaml, entities }) {
  const wrong = []
  const { front, root } = parser.document(one.markdown)
  wrong.push(...frontFaults(one.front, front, yaml))
  wrong.push(...reachFaults(root))
  const says = one.blocks.flatMap((b) => (b.kind === 'markdown' ? [b.says ?? ''] : b.kind === 'items' ? b.items.map((i) => i.says ?? '') : []))
  const alone = parser.fields(says).map((n) => apart(n).replace(/&#?\w+;?/g, ' ').replace(box, ' '))
  const left = [...root.children]
  for (const want of one.blocks) {
    const found = want.kind === 'markdown' ? untilHeading(left) : left.shift()
    if (found === undefined) {
      wrong.push(`nothing is left for ${quoted(want)}`)
      break
    }
    const fault = judges[want.kind](want, found, alone, entities)
    if (fault) {
      wrong.push(fault)
      if (want.kind === 'heading') break // what follows is out of step
    }
  }
  if (left.length > 0 && wrong.length === 0) wrong.push(`left over: ${quoted(left[0].kind + ': ' + seen(left[0]))}`)
  return wrong
}

function frontFaults(want, front, yaml) {
  if (!want) return front === null ? [] : ['front matter where there is none']
  if (front === null) return ['no front matter']
  try {
    return yaml(front).flatMap((got) => Object.keys({ ...got, ...want })
      .filter((key) => !isDeepStrictEqual(got[key], want[key]))
      .map((key) => `front matter: ${key} is ${quoted(got[key])} instead of ${quoted(want[key])}`))
  } catch (error) {
    return [`front matter that is no YAML: ${error.message}`]
  }
}

// reachFaults looks for what reaches beyond its place: HTML, definitions, footnotes, headings of the document's own
// levels inside of something, and links that run something.
function reachFaults(root) {
  const wrong = []
  walk(root, (n, parent) => {
    if (['html', 'definition', 'footnote'].includes(n.kind)) wrong.push(`${n.kind} in the document: ${quoted(seen(n))}`)
    if (n.kind === 'heading' && n.level <= own && parent !== root) wrong.push(`a heading of level ${n.level} in a ${parent.kind}`)
    const bare = n.kind === 'link' && seen(n) === n.to // text that this parser takes for an address
    if (n.to !== undefined && !bare && /^[^/?#]*:/.test(n.to) && !/^(https?|mailto):/i.test(n.to)) wrong.push(`a link to ${quoted(n.to)}`)
  })
  return wrong
}

function untilHeading(left) {
  const found = []
  while (left.length > 0 && !(left[0].kind === 'heading' && left[0].level <= own)) found.push(left.shift())
  return found
}

const judges = {
  heading: (want, n) => differs(want, n, n.kind === 'heading' && n.level === want.level && seen(n) === want.text),
  text: (want, n) => differs(want, n, n.kind === 'paragraph' && seen(n) === want.text),
  code: (want, n) => differs(want, n, n.kind === 'code' && n.text === (want.text ?? '')),
  table: (want, n) => differs(want, n, n.kind === 'table' && isDeepStrictEqual(n.children.map((row) => row.children.map(seen)), want.rows)),
  list: (want, n) => differs(want, n, n.kind === 'list' && isDeepStrictEqual(n.children.map(itemText), want.items) &&
    isDeepStrictEqual(n.children.map(tick), want.ticks ?? want.items.map(() => ''))),
  items(want, n, alone, entities) {
    const mine = alone.splice(0, want.items.length)
    if (n.kind !== 'list' || n.children.length !== want.items.length) {
      return `a ${n.kind} of ${n.children.length} instead of a list of ${want.items.length}`
    }
    for (const [i, item] of want.items.entries()) {
      const fault = itemFault(item, n.children[i], mine[i], entities)
      if (fault) return `item ${i + 1}: ${fault}`
    }
    return ''
  },
  markdown(want, found, alone, entities) {
    const shown = found.map(apart).join('\n')
    const list = found.find((n) => n.kind === 'list')
    const fault = wordsFault(want.says, alone.shift(), { held: found.map(held).join('\n'), shown }, entities)
    if (fault) return fault
    const lost = (want.holds ?? []).find((text) => !signs(shown).includes(signs(text)))
    if (lost !== undefined) return `does not hold ${quoted(lost)}, but ${quoted(shown)}`
    const unseen = missing(signs(want.shows ?? ''), signs(shown))
    if (unseen) return `${quoted(unseen)} of the preview's ${quoted(want.shows)} is lost: ${quoted(shown)}`
    if (want.blocks && !isDeepStrictEqual(counted(found), want.blocks)) return `blocks ${quoted(counted(found))} instead of ${quoted(want.blocks)}`
    if (want.items !== undefined && list?.children.length !== want.items) return `a list of ${list?.children.length} instead of ${want.items}`
    return ''
  },
}

// counted is how many blocks there are of those kinds that every parser has.
function counted(blocks) {
  const counts = {}
  for (const block of blocks) {
    walk(block, (n) => {
      if (['heading', 'quote', 'list', 'item', 'table', 'row', 'rule'].includes(n.kind)) counts[n.kind] = (counts[n.kind] ?? 0) + 1
    })
  }
  return counts
}

const itemText = (item) => item.children.map(seen).join('\u0001')
const tick = (item) => (item.ticked === undefined ? '' : item.ticked ? 'x' : ' ')

function itemFault(want, item, alone, entities) {
  const text = apart(item), shown = signs(text)
  const begins = signs(want.begins ?? ''), ends = signs(want.ends ?? '')
  if (item.ticked !== undefined) return 'it has a box'
  if (item.children[0]?.kind !== 'paragraph') return `it begins with a ${item.children[0]?.kind}`
  if (!signs(seen(item.children[0])).startsWith(begins)) return `${quoted(shown)} does not begin with ${quoted(begins)}`
  if (!shown.endsWith(ends) || shown.length < begins.length + ends.length) return `${quoted(shown)} does not end with ${quoted(ends)}`
  const leads = []
  walk(item, (n) => n.kind === 'link' && leads.push(n.to))
  const gone = want.leads?.find((address) => !leads.includes(address))
  if (gone !== undefined) return `no link to ${quoted(gone)}, but ${quoted(leads)}`
  return wordsFault(want.says, alone, { held: held(item), shown: cut(text, [...begins].length, [...ends].length) }, entities)
}

// wordsFault compares what somebody wrote with what the document holds and shows of it.
function wordsFault(says = '', alone, { held, shown }, entities) {
  const compare = /\]:/.test(says) ? strange : (text, inText) => missing(letters(text), letters(inText))
  const lost = compare(alone, held)
  if (lost) return `${quoted(lost)} of ${quoted(says)} is lost: ${quoted(held)}`
  const made = compare(shown.replace(box, ' '), entities(says))
  return made ? `${quoted(made)} is not in ${quoted(says)}: ${quoted(shown)}` : ''
}

// strange is a word of a text that another text does not have anywhere. Where there may be a definition there is no
// more to ask: it goes to where it is used, and what is one is not the same to all.
function strange(text, inText) {
  const known = letters(inText)
  return text.split(/[^\p{L}\p{N}]+/u).find((word) => !known.includes(word)) ?? ''
}

// A box is one to some parsers and text to others.
const box = /\[[ xX]\]/g

const quoted = (value) => (JSON.stringify(value) ?? 'nothing').slice(0, 400)

const differs = (want, n, same) => (same ? '' : `${n.kind}${n.level ?? ''} ${quoted(text(n))} instead of ${quoted(want)}`)

function text(n) {
  if (n.kind === 'table') return n.children.map((row) => row.children.map(seen))
  if (n.kind === 'list') return n.children.map((item) => [tick(item), itemText(item)])
  return seen(n)
}
