// One small tree for what any parser reads in a document, and what of it people see.
//
// A node is { kind, children } and by its kind also: text (of text, code and html), level (of a heading), ordered and
// start (of a list), ticked (of an item with a box), to and title (of a link or an image), info (of a block of code). The
// kinds are document, heading, paragraph, code, quote, list, item, rule, table, row, cell, text, break, strong, emphasis,
// struck, link, image, and those that no document of ours may hold: html, definition, footnote.

const holdBlocks = new Set(['document', 'quote', 'list', 'item', 'table', 'row', 'footnote'])

// seen is the text of a node as a reader sees it.
export const seen = (n) => (n.kind === 'break' ? '\n' : n.text ?? n.children.map(seen).join(holdBlocks.has(n.kind) ? '\n' : ''))

// apart is seen with a blank behind each link, so that its last word is one.
export const apart = (n) => (n.kind === 'break' ? '\n' : n.text ?? n.children.map(apart).join(holdBlocks.has(n.kind) ? '\n' : '')) + (n.to === undefined ? '' : ' ')

// held is seen with the addresses and titles of links behind their text, and before it the numbers of items and what
// stands behind a fence.
export function held(n) {
  if (n.kind === 'break') return '\n'
  const inside = n.children.map((child, i) => (n.ordered ? `${n.start + i} ` : '') + held(child))
  return (n.info ? `${n.info} ` : '') + (n.text ?? inside.join(holdBlocks.has(n.kind) ? '\n' : '')) + (n.to === undefined ? '' : ` ${n.to} ${n.title}`)
}

// cut is a text without so many signs at its beginning and at its end; blanks are no signs.
export function cut(text, first, last) {
  const at = [...text.matchAll(/\S/gu)].map((found) => found.index)
  return text.slice(at[first] ?? text.length, at[at.length - last] ?? text.length)
}

// walk calls visit for a node and all below it.
export function walk(n, visit, parent = null) {
  visit(n, parent)
  for (const child of n.children) walk(child, visit, n)
}

// signs is a text without its blanks, letters a text without all but letters and digits.
export const signs = (text) => text.replace(/\s+/gu, '')
export const letters = (text) => text.replace(/[^\p{L}\p{N}]+/gu, '')

// missing is the first sign of a text that does not come after the one before it in another text; '' when all do.
export function missing(text, inText) {
  let from = 0
  for (const sign of text) {
    const at = inText.indexOf(sign, from)
    if (at < 0) return sign
    from = at + sign.length
  }
  return ''
}
