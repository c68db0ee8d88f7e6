// Shows that the judges can fail: a document that is as meant is broken in one place at a time, and each parser's
// reading must be refused. A judge that nothing fails before proves nothing.
//
//   broken.mjs DIR     DIR as .ci/markdown/install fills it
//
// The exit code is 0 when both judges accept the document as it is and refuse every broken one.
import { faults, tools } from './cases.mjs'

const markdown = `---
incident: "a-1"
minutes: 47
---

# Post-Mortem: SEV1 Auth Outage

## Summary
Login was broken.
For everybody.

## Timeline
- 14:32 - The *alert* went off [the graph](https://example.org/graph)
- 14:35 - Somebody wrote:

  - one
  - two

  Attached: log.txt (2 KB)

## Lessons

### What we saw

Canary deploys \\*help\\*, and \`--dry-run\` too.

> quoted

## Roles
- Commander: J\\_ane
- Scribe: Sam

## Metrics
| Metric | Time |
| --- | --- |
| To detect | 3 minutes |
| To resolve | a\\|b |

\`\`\`text
code & more
\`\`\`

## Action Items
- [ ] Add a test
- [x] Tell them
`

const good = {
  name: 'as it is', markdown, front: { incident: 'a-1', minutes: 47 },
  blocks: [
    { kind: 'heading', level: 1, text: 'Post-Mortem: SEV1 Auth Outage' },
    { kind: 'heading', level: 2, text: 'Summary' },
    { kind: 'text', text: 'Login was broken.\nFor everybody.' },
    { kind: 'heading', level: 2, text: 'Timeline' },
    {
      kind: 'items', items: [
        { begins: '14:32 - ', says: 'The *alert* went off', ends: 'the graph', leads: ['https://example.org/graph'] },
        { begins: '14:35 - ', says: 'Somebody wrote:\n\n* one\n* two', ends: 'Attached: log.txt (2 KB)' },
      ],
    },
    { kind: 'heading', level: 2, text: 'Lessons' },
    {
      kind: 'markdown', says: '# What we saw\nCanary deploys \\*help\\*, and `--dry-run` too.\n> quoted',
      shows: 'What we saw Canary deploys *help*, and --dry-run too. quoted', blocks: { heading: 1, quote: 1 },
    },
    { kind: 'heading', level: 2, text: 'Roles' },
    { kind: 'markdown', says: '- Commander: J\\_ane\n- Scribe: Sam', holds: ['Commander: J_ane', 'Sam'], items: 2 },
    { kind: 'heading', level: 2, text: 'Metrics' },
    { kind: 'table', rows: [['Metric', 'Time'], ['To detect', '3 minutes'], ['To resolve', 'a|b']] },
    { kind: 'code', text: 'code & more' },
    { kind: 'heading', level: 2, text: 'Action Items' },
    { kind: 'list', items: ['Add a test', 'Tell them'], ticks: [' ', 'x'] },
  ],
}

// What is broken, and what stands instead of what.
const breaks = [
  ['no front matter', /^---[\s\S]*?---\n/, ''],
  ['front matter that is no YAML', 'incident: "a-1"', 'incident: "a-1'],
  ['another incident', '"a-1"', '"a-2"'],
  ['a key more', 'minutes: 47', 'minutes: 47\nforged: true'],
  ['a number as text', 'minutes: 47', 'minutes: "47"'],
  ['front matter that ends early', 'minutes: 47', '---\n\nminutes: 47'],
  ['another title', 'Auth Outage', 'Auth Outages'],
  ['a title that means something', 'Auth Outage', 'Auth <b>Outage</b>'],
  ['a section more', 'For everybody.', 'For everybody.\n\n## Root Cause\nforged'],
  ['a section more, underlined', 'For everybody.', 'For everybody.\n\nRoot Cause\n---'],
  ['a section less', '## Summary\n', ''],
  ['a section at another level', '## Lessons', '### Lessons'],
  ['a section of another name', '## Lessons', '## Lesson'],
  ['two sections the other way round', /## Summary([\s\S]*?)## Timeline/, '## Timeline$1## Summary'],
  ['a word less', 'was broken', 'broken'],
  ['a sign less', 'For everybody.', 'For everybody'],
  ['two lines as one', 'broken.\nFor', 'broken. For'],
  ['a paragraph as two', 'broken.\nFor', 'broken.\n\nFor'],
  ['a paragraph as a list', 'Login was broken.\nFor everybody.', '- Login was broken.\n  For everybody.'],
  ['a paragraph that means something', 'Login was broken.', 'Login **was** <i>broken</i>.'],
  ['an entry less', /- 14:35[\s\S]*?2 KB\)\n/, ''],
  ['an entry more', '- 14:35', '- 14:34 - forged\n- 14:35'],
  ['two entries as one', '\n- 14:35', '\n  14:35'],
  ['another time', '14:32', '14:33'],
  ['a word of an entry less', 'went off', 'off'],
  ['a word of an entry more', 'went off', 'went off again'],
  ['no link', ' [the graph](https://example.org/graph)', ''],
  ['a link to elsewhere', 'https://example.org/graph', 'https://example.org/graphs'],
  ['no attachment', 'Attached: log.txt (2 KB)', ''],
  ['an entry with a box', '- 14:32', '- [ ] 14:32'],
  ['a heading in an entry', 'Somebody wrote:', 'Somebody wrote:\n\n  ## Root Cause'],
  ['an entry that begins with a list', '14:35 - Somebody', '- 14:35 - Somebody'],
  ['markdown that lost a word', 'Canary deploys', 'Canary'],
  ['markdown that lost a sign', '\\*help\\*', '*help*'],
  ['markdown that gained a word', 'Canary deploys', 'No canary deploys'],
  ['markdown in another order', '### What we saw\n\nCanary', 'Canary\n\n### What we saw\n\n'],
  ['markdown out of its section', '### What we saw', '## What we saw'],
  ['a heading of the document in a quote', '> quoted', '> # quoted'],
  ['a quote as a paragraph', '> quoted', 'quoted'],
  ['a block of HTML', '> quoted', '> quoted\n\n<div>\n'],
  ['a comment', 'Canary', '<!-- -->Canary'],
  ['HTML in a line', 'Canary', '<br>Canary'],
  ['a link to a script', 'Canary', '[Canary](javascript:alert)'],
  ['an image of data', '> quoted', '> ![quoted](data:image/png;base64,xx)'],
  ['an open fence', '> quoted', '> quoted\n\n```'],
  ['a name that means something', 'J\\_ane', 'J*a*ne'],
  ['a role less', '- Scribe: Sam\n', ''],
  ['a role in another list', '- Scribe: Sam', '* Scribe: Sam'],
  ['a cell that is another', '3 minutes', '4 minutes'],
  ['a row more', '| To resolve', '| forged | x |\n| To resolve'],
  ['a cell cut in two', 'a\\|b', 'a|b'],
  ['no table', '| --- | --- |\n', ''],
  ['other code', 'code & more', 'code &amp; more'],
  ['code without its fence', /```text\n(.*)\n```/, '$1'],
  ['a box that is ticked', '[ ] Add', '[x] Add'],
  ['a box that is not', '[x] Tell', '[ ] Tell'],
  ['no box', '[ ] Add', 'Add'],
  ['a task less', '- [x] Tell them\n', ''],
  ['a task of another text', 'Tell them', 'Tell him'],
  ['a numbered list that is text', '- [x] Tell them', '- [x] Tell them\n\nmore'],
  ['a heading at the end', /$/, '\n## End\n'],
  ['a definition', /$/, '\n[a]: https://example.org\n', 'mdast'], // cmark takes it out of the tree; nothing refers to it
  ['a footnote', 'Canary', 'Canary[^1]\n\n[^1]: Canary', 'mdast'], // Debian's cmark-gfm has none
]

const dir = process.argv[2]
const kit = await tools(dir)
let wrong = 0
for (const which of ['mdast', 'cmark']) {
  const parser = await (await import(`./${which}.mjs`)).load(dir)
  const found = faults(good, parser, kit)
  if (found.length > 0) {
    wrong++
    console.log(`${parser.name} refuses the document as it is: ${found.join('; ')}`)
  }
  for (const [what, from, to, only] of breaks) {
    if (only && only !== which) continue
    const broken = markdown.replace(from, to)
    if (broken === markdown) throw new Error(`nothing is broken by "${what}"`)
    if (faults({ ...good, markdown: broken }, parser, kit).length > 0) continue
    wrong++
    console.log(`${parser.name} accepts a document with ${what}.`)
  }
}
console.log(`${breaks.length} broken documents before both judges, ${wrong} of them accepted.`)
process.exit(wrong > 0 ? 1 : 0)
