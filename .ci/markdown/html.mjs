// Judges the HTML pages that the program writes with parse5, which reads HTML by the rules that browsers do: nothing runs,
// nothing is loaded, nothing leads to a script, and no tag is left open.
//
//   html.mjs DIR CASES COUNT     CASES is a file of JSON lines { name, html, title, sections }; sections are the headings
//                                of the second level, in their order
//   html.mjs DIR --broken        shows that the judge can fail: every page that is broken in one place is refused
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import readline from 'node:readline'
import { pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'

const [dir, file, count] = process.argv.slice(2)
const require = createRequire(path.join(path.resolve(dir), 'package.json'))
const { parse } = await import(pathToFileURL(require.resolve('parse5')).href)

const tags = new Set(`html head meta title style body header nav main section footer p h1 h2 h3 h4 h5 h6 ul ol li div span dl dt dd
  bdi b br hr a em strong del s sup sub code pre kbd blockquote table thead tbody tr th td figure figcaption img input label
  details summary svg g defs rect path circle line polyline polygon text tspan desc`.split(/\s+/))
const loads = new Set(['src', 'srcset', 'poster', 'data', 'background', 'action', 'formaction', 'xlink:href', 'ping', 'manifest', 'srcdoc'])

// faults says what is wrong with a page.
function faults(one) {
  const wrong = []
  const root = parse(one.html, { sourceCodeLocationInfo: true, onParseError: (error) => wrong.push(`${error.code} in line ${error.startLine}`) })
  const found = { title: [], main: 0, h1: [], h2: [], csp: '', closed: 0 }
  visit(root, (n) => {
    look(n, found, wrong)
    nest(n, one.html, found, wrong)
  })
  const ends = one.html.match(/<\/[a-z]/gi)?.length ?? 0
  if (ends !== found.closed) wrong.push(`${ends} closing tags for ${found.closed} elements`)
  if (found.main !== 1) wrong.push(`${found.main} main parts`)
  if (!isDeepStrictEqual(found.title, [one.title])) wrong.push(`title ${JSON.stringify(found.title)}`)
  if (!isDeepStrictEqual(found.h1, [one.title])) wrong.push(`heading ${JSON.stringify(found.h1)}`)
  if (!isDeepStrictEqual(found.h2, one.sections)) wrong.push(`sections ${JSON.stringify(found.h2)} instead of ${JSON.stringify(one.sections)}`)
  if (!/default-src 'none'/.test(found.csp) || /unsafe|https?:|\*/.test(found.csp)) wrong.push(`a policy that allows more: ${found.csp}`)
  return [...new Set(wrong)]
}

function visit(n, look) {
  look(n)
  for (const child of n.childNodes ?? []) visit(child, look)
  if (n.content) visit(n.content, look)
}

function look(n, found, wrong) {
  if (n.nodeName === '#comment') wrong.push('a comment')
  if (!n.tagName) return
  if (!tags.has(n.tagName)) wrong.push(`<${n.tagName}>`)
  const get = (name) => n.attrs.find((a) => a.name === name)?.value
  if (n.tagName === 'main') found.main++
  if (n.tagName === 'h1' || n.tagName === 'h2') found[n.tagName].push(text(n))
  if (n.tagName === 'title' && n.parentNode.tagName === 'head') found.title.push(text(n))
  if (n.tagName === 'meta' && get('http-equiv')) {
    if (/^content-security-policy$/i.test(get('http-equiv'))) found.csp += get('content')
    else wrong.push(`<meta http-equiv="${get('http-equiv')}">`)
  }
  if (n.tagName === 'style' && /@import|url\s*\(|expression|\\/i.test(text(n))) wrong.push('a style that loads')
  if (n.tagName === 'input' && get('type') !== 'checkbox') wrong.push(`<input type="${get('type')}">`)
  for (const { name, value } of n.attrs) {
    if (/^on/i.test(name)) wrong.push(`${name} on <${n.tagName}>`)
    else if (name === 'src' && n.tagName === 'img' && /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$/.test(value)) continue
    else if (loads.has(name)) wrong.push(`${name}="${value.slice(0, 60)}"`)
    else if (name === 'href' && !(n.tagName === 'a' && safe(value))) wrong.push(`href="${value.slice(0, 60)}" on <${n.tagName}>`)
    else if (name === 'style' && /url\s*\(|expression|\\|@/i.test(value)) wrong.push(`style="${value.slice(0, 60)}"`)
    else if (/url\s*\(/i.test(value) && name !== 'content' && n.namespaceURI?.endsWith('svg') && !/^url\(#[\w-]+\)$/.test(value)) wrong.push(`${name}="${value.slice(0, 60)}"`)
  }
}

const empty = new Set(['meta', 'br', 'hr', 'img', 'input'])
const within = { li: ['ul', 'ol'], dt: ['dl', 'div'], dd: ['dl', 'div'], tr: ['thead', 'tbody'], td: ['tr'], th: ['tr'], figcaption: ['figure'] }

// nest looks whether an element is closed by a tag of its own and stands where it may; parsers repair the rest unsaid.
function nest(n, html, found, wrong) {
  if (!n.tagName) return
  const at = n.sourceCodeLocation
  const closes = at && html.slice(at.startTag?.endOffset - 2, at.startTag?.endOffset) === '/>'
  if (at?.endTag) found.closed++
  else if (!at) wrong.push(`<${n.tagName}> is not in the page, and was put in`)
  else if (!empty.has(n.tagName) && !closes) wrong.push(`<${n.tagName}> in line ${at.startLine} is left open`)
  if (within[n.tagName] && !within[n.tagName].includes(n.parentNode.tagName)) wrong.push(`<${n.tagName}> in <${n.parentNode.tagName}>`)
}

// safe is an address that a browser does not run: it drops blanks and control characters before it looks.
function safe(address) {
  const seen = address.replace(/[\u0000-\u0020]/g, '')
  return !/^[^/?#]*:/.test(seen) || /^(https?|mailto):/i.test(seen)
}

const text = (n) => n.value ?? (n.childNodes ?? []).map(text).join('')

const good = {
  name: 'as it is', title: 'Post-Mortem: SEV1 a & b', sections: ['Summary', 'Timeline'],
  html: `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-x'; img-src data:">
<title>Post-Mortem: SEV1 a &amp; b</title><style>p{color:#000}</style></head>
<body><main><h1>Post-Mortem: SEV1 a &amp; b</h1>
<section><h2>Summary</h2><p style="text-align:left">It <em>burned</em>, <a href="https://example.org">there</a>.</p></section>
<section><h2>Timeline</h2><ul><li>14:32 <img alt="x" src="data:image/png;base64,AA=="></li></ul>
<svg viewBox="0 0 1 1"><rect width="1" height="1" fill="url(#a)"/></svg></section></main></body></html>`,
}

const breaks = [
  ['a script', '<p', '<script>x</script><p'],
  ['a script in the picture', '<rect', '<script>x</script><rect'],
  ['a frame', '<p', '<iframe src="https://example.org"></iframe><p'],
  ['a handler', '<p', '<p onclick="x"'],
  ['a handler in the picture', '<rect', '<rect onload="x"'],
  ['an image from elsewhere', 'data:image/png;base64,AA==', 'https://example.org/x.png'],
  ['an image that is a document', 'image/png', 'image/svg+xml'],
  ['a link to a script', 'https://example.org"', 'javascript:x"'],
  ['a link to a script behind a blank', 'https://example.org"', 'java&#10;script:x"'],
  ['a link to data', 'https://example.org"', 'data:text/html,x"'],
  ['a link in the picture', '<rect', '<a xlink:href="javascript:x"></a><rect'],
  ['something used in the picture', '<rect', '<use href="#x"/><rect'],
  ['a colour from elsewhere', 'url(#a)', 'url(https://example.org/#a)'],
  ['a style from elsewhere', 'p{color:#000}', '@import "https://example.org"'],
  ['a picture in the style', 'p{color:#000}', 'p{background:url(https://example.org)}'],
  ['a picture in a style of its own', 'text-align:left', 'background:url(//example.org)'],
  ['a sheet', '<title>', '<link rel="stylesheet" href="x.css"><title>'],
  ['a base', '<title>', '<base href="https://example.org"><title>'],
  ['a way off', '<title>', '<meta http-equiv="refresh" content="0;url=x"><title>'],
  ['no policy', 'Content-Security-Policy', 'x-none'],
  ['a policy that allows scripts', "default-src 'none'", "default-src 'none'; script-src 'unsafe-inline'"],
  ['a form', '<p', '<form action="https://example.org"></form><p'],
  ['an object', '<p', '<object data="x"></object><p'],
  ['a comment', '<p', '<!-- x --><p'],
  ['a tag left open', '</em>', ''],
  ['a tag closed twice', '</li>', '</li></li>'],
  ['an item out of its list', '</ul>', '</ul></section><li>x</li>'],
  ['an ampersand by itself', '&amp; b</h1>', '&amp b</h1>'],
  ['no doctype', '<!DOCTYPE html>', ''],
  ['a character that is none', 'It ', '\u0007It '],
  ['two main parts', '</main>', '</main><main></main>'],
  ['another title', '<title>Post-Mortem: ', '<title>'],
  ['another heading', '<h1>Post-Mortem: ', '<h1>'],
  ['a section less', '<h2>Summary</h2>', ''],
  ['a section more', '<h2>Timeline', '<h2>Root Cause</h2><h2>Timeline'],
]

if (file === '--broken') {
  const accepted = breaks.filter(([what, from, to]) => {
    const html = good.html.replace(from, to)
    if (html === good.html) throw new Error(`nothing is broken by "${what}"`)
    return faults({ ...good, html }).length === 0
  })
  for (const [what] of accepted) console.log(`parse5 accepts a page with ${what}.`)
  const refused = faults(good)
  if (refused.length > 0) console.log(`parse5 refuses the page as it is: ${refused.join('; ')}`)
  console.log(`${breaks.length} broken pages before parse5, ${accepted.length} of them accepted.`)
  process.exit(accepted.length + refused.length > 0 ? 1 : 0)
}

let pages = 0
let wrong = 0
for await (const line of readline.createInterface({ input: fs.createReadStream(file), crlfDelay: Infinity })) {
  const one = JSON.parse(line)
  pages++
  const found = faults(one)
  if (found.length === 0) continue
  wrong++
  if (wrong <= 10) console.log(`parse5: ${one.name}\n  ${found.slice(0, 5).join('\n  ')}`)
}
console.log(`parse5: ${pages} pages, ${wrong} wrong.`)
if (pages < Number(count)) console.log(`parse5: ${count} pages were asked for.`)
process.exit(wrong > 0 || pages < Number(count) ? 1 : 0)
