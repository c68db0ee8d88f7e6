#!/usr/bin/env node
// Shows that the checks can fail: it breaks a good increment in one place at a time, and demands that each is refused
// by the check that is there for it. A check that nothing fails proves nothing.
//
//   broken.mjs PACKAGE PROJECT ID
//
// The increment is an open one, or has all its tasks done and is still active. It works on copies. The exit code is 0 when the increment as it is passes and every broken one is refused.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { alone, checks, faults, increment, load } from './readers.mjs'

const [pkg, project, id] = process.argv.slice(2)
if (!id) {
  console.error('Say what to break: broken.mjs PACKAGE PROJECT ID')
  process.exit(2)
}

// edit changes one file of the increment, and insists that it was changed.
const edit = (name, from, to) => (dir) => {
  const file = path.join(dir, name)
  const before = fs.readFileSync(file, 'utf8')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${from} is not in ${name}`)
  fs.writeFileSync(file, after)
}
const spec = (from, to) => edit('spec.md', from, to)
const tasks = (from, to) => edit('tasks.md', from, to)
const plan = (from, to) => edit('plan.md', from, to)
const meta = (from, to) => edit('metadata.json', from, to)
const remove = (name) => (dir) => fs.rmSync(path.join(dir, name))
const add = (name, text) => (dir) => fs.writeFileSync(path.join(dir, name), text)

// What is broken, how, and a check that must refuse it.
const breaks = [
  ['another id in metadata.json', meta(/"id": "\d{4}-/, '"id": "0999-'), 'names the folder'],
  ['a state that is none', meta(/"status": "\w+"/, '"status": "planned"'), 'MetadataManager.validate'],
  ['a type that is none', meta(/"type": "\w+"/, '"type": "incident"'), 'MetadataManager.validate'],
  ['a comma too many in metadata.json', meta(/\n}$/, ',\n}'), 'names the folder'],
  ['no metadata.json', remove('metadata.json'), 'MetadataManager.validate'],
  ['metadata.json without a field', meta(/ {2}"externalLinks": \{\},\n/, ''), 'needs no repair'],
  ['two states', spec(/^status: \w+$/m, 'status: paused'), 'DesyncDetector'],
  ['closed with open tasks', (dir) => { meta(/"status": "\w+"/, '"status": "completed"')(dir); spec(/^status: \w+$/m, 'status: completed')(dir); tasks(/\[[x ]\] \w+/, '[ ]  pending')(dir) }, 'MetadataValidator'],
  ['no front matter', spec(/^---\n[\s\S]*?\n---\n/, ''), 'parseSpecMd'],
  ['front matter that is no YAML', spec(/^title: .*$/m, 'title: [open'), 'parseSpecMd'],
  ['another increment in spec.md', spec(/^increment: \d{4}/m, 'increment: 0999'), 'parseSpecMd'],
  ['an id in capitals in spec.md', spec(/^increment: .*$/m, 'increment: 0015-Hotfix'), 'parseSpecMd'],
  ['a comment in the front matter', spec(/^(priority: \w+)$/m, '$1 # ours'), 'one line of spec.md'],
  ['a title in the wrong quotes', spec(/^title: .*$/m, 'title: "Hotfix: quoted"'), 'one line of spec.md'],
  ['a date without quotes', spec(/^created: '(.*)'$/m, 'created: $1'), 'one line of spec.md'],
  ['no user story', spec(/^### US-001: /m, '### Story: '), 'parseSpecMd'],
  ['no project', spec(/^(- )?\*\*Project\*\*: .*$/m, ''), 'ThreeFileValidator'],
  ['a task in spec.md', spec(/^## Problem$/m, '## Problem\n\nSee T-001.'), 'ThreeFileValidator'],
  ['a gap of the template', spec(/^## Problem$/m, '## Problem\n\n{{FEATURE_NAME}}'), 'unfinished template'],
  ['the template\'s story', spec(/^### US-001: .*$/m, '### US-001: [Story Title]'), 'unfinished template'],
  ['no heading above the criteria', spec(/^#### Acceptance Criteria$/m, '#### Criteria'), 'validateACPresence'],
  ['no criteria', spec(/^- \[[ x]\] \*\*AC-.*\n/gm, ''), 'validateACPresence'],
  ['a criterion twice', spec(/^(- \[[ x]\] \*\*AC-US1-01.*\n)/m, '$1$1'), 'parseSpecMd'],
  ['a criterion without a task', spec(/^(- \[[ x]\] \*\*AC-US1-01.*\n)/m, '$1- [ ] **AC-US1-77**: nobody does it\n'), 'validateACCoverage'],
  ['a box that does not fit its tasks', spec(/^- \[( |x)\] \*\*AC-US1-01/m, (_, b) => `- [${b === 'x' ? ' ' : 'x'}] **AC-US1-01`), 'AC sync'],
  ['a criterion that begins with a bracket', spec(/^(- \[[ x]\] \*\*AC-US1-01\*\*: )/m, '$1(P0) '), 'living docs'],
  ['no tasks.md', remove('tasks.md'), 'ThreeFileValidator'],
  ['tasks as a plain list', tasks(/^### (T-\d+): /gm, '- [ ] $1: '), 'the same tasks'],
  ['a task twice', tasks(/^### T-002: /m, '### T-001: '), 'the same tasks'],
  ['a task\'s heading a level lower', tasks(/^### T-001: /m, '#### T-001: '), 'the same tasks'],
  ['a criterion that is none', tasks(/^\*\*Satisfies ACs\*\*: .*$/m, '**Satisfies ACs**: AC-US1-88'), 'validateTaskLinkage'],
  ['a story that is none', tasks(/^\*\*User Story\*\*: .*$/m, '**User Story**: US-009'), 'validateTaskLinkage'],
  ['a task for nothing', tasks(/^\*\*Satisfies ACs\*\*: .*\n/m, ''), 'validateACCoverage'],
  ['a state without a word', tasks(/^\*\*Status\*\*: (\[[ x]\]) \w+$/m, '**Status**: $1'), 'the same tasks'],
  ['a state without a box', tasks(/^\*\*Status\*\*: \[[ x]\] (\w+)$/m, '**Status**: $1'), 'the same tasks'],
  ['a box inside of a task', tasks(/^\*\*Implementation\*\*:$/m, '**Implementation**:\n- [ ] a step'), 'no box is left over'],
  ['a date that counts as a task', tasks(/^(\*\*Status\*\*: .*)$/m, '$1\n**Completed**: 2026-11-22'), 'counted twice'],
  ['criteria in tasks.md', tasks(/^\*\*Implementation\*\*:$/m, '**Acceptance Criteria**:'), 'ThreeFileValidator'],
  ['criteria in plan.md', plan(/^## Overview$/m, '## Acceptance Criteria'), 'ThreeFileValidator'],
  ['a box in plan.md', plan(/^## Overview$/m, '## Overview\n\n- [ ] a task'), 'ThreeFileValidator'],
  ['a file too many', add('notes.md', 'x'), 'validateIncrementStructure'],
  ['a second list of tasks', add('tasks-old.md', '# Tasks'), 'validateIncrementStructure'],
  ['a number that another has', (dir) => fs.cpSync(dir, path.join(path.dirname(dir), path.basename(dir).slice(0, 4) + '-other'), { recursive: true }), 'findDuplicates'],
  ['a number that the archive has', (dir) => fs.cpSync(dir, path.join(path.dirname(dir), '_archive', path.basename(dir).slice(0, 4) + 'G-other'), { recursive: true }), 'findDuplicates'],
]

const lib = await load(pkg)
const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'broken-')))
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }))
const all = { ...checks, ...alone }

async function judge(name, harm) {
  const root = path.join(scratch, name.replace(/\W+/g, '-'))
  fs.cpSync(path.join(project, '.specweave'), path.join(root, '.specweave'), { recursive: true })
  process.chdir(root)
  harm(path.join(root, '.specweave/increments', id))
  return faults(increment(lib, root, id), all)
}

let wrong = 0
const complain = (sentence) => { wrong++; console.log(`FAIL ${sentence}`) }
const good = await judge('as it is', () => {})
if (good.length) complain(`the increment is not well as it is: ${JSON.stringify(good)}`)
const heard = new Set()
for (const [name, harm, by] of breaks) {
  const found = await judge(name, harm)
  for (const f of found) heard.add(f.check)
  if (!found.some((f) => f.check.includes(by))) complain(`${name}: not refused by "${by}", only by ${JSON.stringify(found)}`)
}
for (const check of Object.keys(all)) {
  if (!heard.has(check) && check !== 'the id is one') complain(`nothing fails the check "${check}"`)
}
console.log(`${breaks.length} broken increments, ${wrong ? `${wrong} of them not refused as they should be` : 'each of them refused'}.`)
process.exit(wrong ? 1 : 0)
