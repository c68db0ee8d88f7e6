#!/usr/bin/env node
// Asks the real SpecWeave's parsers and validators about one increment, several, or all of a project, in one process.
//
//   check.mjs PACKAGE PROJECT [--facts] [ID...]
//
// PACKAGE is the folder of the npm package specweave. Without an id all increments of the project are looked at.
// With --facts one line of JSON is printed for each: what is wrong with it, and what the readers found in it.
// The exit code is 0 when nothing is wrong, 1 when something is, 2 when the check itself could not be made.
import fs from 'node:fs'
import path from 'node:path'
import { alone, checks, facts, faults, increment, load } from './readers.mjs'

const withFacts = process.argv.includes('--facts')
const [pkg, projectArg, ...asked] = process.argv.slice(2).filter((a) => a !== '--facts')
if (!pkg || !projectArg) {
  console.error('Say what to look at: check.mjs PACKAGE PROJECT [--facts] [ID...]')
  process.exit(2)
}
const project = fs.realpathSync(projectArg)
const lib = await load(pkg)
process.chdir(project) // some of the package's readers look below the current folder

const folders = fs.readdirSync('.specweave/increments', { withFileTypes: true }).filter((e) => e.isDirectory() && /^\d/.test(e.name))
const ids = asked.length ? asked : folders.map((e) => e.name).sort()
if (!ids.length) {
  console.error(`There is no increment in ${project}.`)
  process.exit(2)
}

// To look for doubles of each of many numbers would read every folder for each of them; one look finds them all.
const doubled = async () => {
  const { duplicates } = await lib.duplicates.detectAllDuplicates(project)
  return duplicates.map((d) => ({ check: 'detectAllDuplicates', saw: JSON.stringify(d).slice(0, 200) }))
}

let wrong = 0
const complain = (id, list) => {
  wrong += list.length > 0
  for (const f of list) if (!withFacts) console.log(`FAIL ${id}: ${f.check}${f.saw && `: ${f.saw}`}`)
}
const before = listing()
for (const id of ids) {
  const i = increment(lib, project, id)
  const list = await faults(i, ids.length === 1 ? { ...checks, ...alone } : checks)
  complain(id, list)
  if (withFacts) {
    let found = {}
    try { found = facts(i) } catch { /* the faults say why */ }
    console.log(JSON.stringify({ ...found, id, faults: list }))
  }
}
if (ids.length > 1) {
  const list = await doubled()
  complain('the project', list)
  if (withFacts && list.length) console.log(JSON.stringify({ id: '', faults: list }))
}
const touched = listing().filter((line, n) => line !== before[n])
if (touched.length) {
  wrong++
  console.error(`FAIL: to look at it changed ${touched.slice(0, 3).join(', ')}`)
}
if (!withFacts) console.log(`${ids.length - wrong} of ${ids.length} increments are well by ${Object.keys(checks).length + 2} checks.`)
process.exit(wrong ? 1 : 0)

// listing has a line for each file: a check that writes is none.
function listing(dir = '.specweave') {
  return fs.readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((e) => {
    const at = path.join(dir, e.name)
    if (e.isDirectory()) return listing(at)
    const s = fs.statSync(at)
    return [`${at} ${s.size} ${s.mtimeMs}`]
  })
}
