// Reads markdown with micromark and mdast, of the family that most tools in JavaScript use.
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const kinds = {
  root: 'document', heading: 'heading', paragraph: 'paragraph', code: 'code', blockquote: 'quote', list: 'list',
  listItem: 'item', thematicBreak: 'rule', table: 'table', tableRow: 'row', tableCell: 'cell', text: 'text',
  inlineCode: 'code', break: 'break', strong: 'strong', emphasis: 'emphasis', delete: 'struck', link: 'link',
  linkReference: 'link', image: 'image', imageReference: 'image', html: 'html', definition: 'definition',
  footnoteDefinition: 'footnote', footnoteReference: 'footnote', yaml: 'front',
}

// load answers a reader: a function from markdown to { front, root }.
export async function load(dir) {
  const require = createRequire(path.join(path.resolve(dir), 'package.json'))
  const get = (name) => import(pathToFileURL(require.resolve(name)).href)
  const [{ fromMarkdown }, { gfm }, { gfmFromMarkdown }, { frontmatter }, { frontmatterFromMarkdown }] = await Promise.all([
    get('mdast-util-from-markdown'), get('micromark-extension-gfm'), get('mdast-util-gfm'),
    get('micromark-extension-frontmatter'), get('mdast-util-frontmatter'),
  ])
  const options = {
    extensions: [gfm({ singleTilde: true }), frontmatter()],
    mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown()],
  }
  const withoutFront = { extensions: [gfm({ singleTilde: true })], mdastExtensions: [gfmFromMarkdown()] }
  return {
    name: 'mdast',
    document(markdown) {
      const root = convert(fromMarkdown(markdown, options))
      const front = root.children[0]?.kind === 'front' ? root.children.shift().text : null
      return { front, root }
    },
    fields: (list) => list.map((markdown) => convert(fromMarkdown(markdown, withoutFront), true)),
  }
}

// convert makes a node of the judges' tree. In a field alone the mark of a footnote stands for the letters that
// were typed, because that is what the document shows of it.
function convert(n, alone = false) {
  if (alone && n.type === 'footnoteReference') return { kind: 'text', text: `[^${n.label}]`, children: [] }
  const kind = kinds[n.type]
  if (!kind) throw new Error(`mdast has a node of type ${n.type}, which this judge does not know`)
  const out = { kind, children: (n.children ?? []).map((child) => convert(child, alone)) }
  if (n.value !== undefined) out.text = n.value
  if (kind === 'image') out.text = n.alt ?? ''
  if (n.depth) out.level = n.depth
  if (kind === 'list') Object.assign(out, { ordered: n.ordered, start: n.start })
  if (kind === 'item' && typeof n.checked === 'boolean') out.ticked = n.checked
  if (n.type === 'code') out.info = `${n.lang ?? ''} ${n.meta ?? ''}`
  if (kind === 'link' || kind === 'image') Object.assign(out, { to: n.url ?? '', title: n.title ?? '' })
  return out
}
