// One small tree for what any parser reads in a document, and what of it people see.
//
// A node is { kind, children } and by its kind also: text (of text, code and html), level (of a heading), ordered and start (of
// a list), ticked (of an item with a box), to (of a link or an image). The kinds are document, heading, paragraph, code,
// quote, list, item, rule, table, row, cell, text, break, strong, emphasis, struck, link, image, and those that no
// document of ours may hold: html, definition, footnote.

// seen is the text of a node as a reader sees it.
export const seen = (n) => (n.kind === 'break' ? '\n' : n.text ?? n.children.map(seen).join(''))

// held is seen with the addresses of links behind their text, and the numbers of items before theirs.
export function held(n) {
  if (n.kind === 'break') return '\n'
  const inside = n.children.map((child, i) => (n.ordered ? `${n.start + i} ` : '') + held(child)).join('')
  return (n.text ?? inside) + (n.to ? ` ${n.to}` : '')
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

// fewer is a sign that another text has less often; '' when there is none.
export function fewer(text, inText) {
  const left = {}
  for (const sign of inText) left[sign] = (left[sign] ?? 0) + 1
  for (const sign of text) {
    if (!left[sign]) return sign
    left[sign]--
  }
  return ''
}
