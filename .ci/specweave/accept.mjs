// The steps of accept: see there.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { spawnSync } from 'node:child_process'

const [projectArg, id, want = 'open', type = 'hotfix'] = process.argv.slice(2)
if (!projectArg || !id || !['open', 'closable', 'completed'].includes(want)) {
  console.error('Say what to accept: accept PROJECT ID [open|closable|completed] [TYPE]')
  process.exit(2)
}
const pkg = path.resolve(process.env.SPECWEAVE)
const project = fs.realpathSync(projectArg)
const number = id.split('-')[0]
const at = path.join('.specweave/increments', id)
for (const name of ['metadata.json', 'spec.md', 'plan.md', 'tasks.md']) {
  if (fs.existsSync(path.join(project, at, name))) continue
  console.error(`There is no ${path.join(at, name)} in ${project}.`)
  process.exit(2)
}
const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'accept-')))
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }))
const env = {
  ...process.env, HOME: path.join(scratch, 'home'), NO_COLOR: '1',
  SPECWEAVE_SKIP_IMAGE_GEN: 'true', // else living docs ask a server for a picture of the title
  GIT_CONFIG_GLOBAL: os.devNull, GIT_CONFIG_SYSTEM: os.devNull, GIT_CEILING_DIRECTORIES: scratch,
}
fs.mkdirSync(env.HOME)

const read = (root, file) => fs.readFileSync(path.join(root, file), 'utf8')
const count = (text, pattern) => (text.match(pattern) ?? []).length

// What the files themselves say: the reference for what SpecWeave makes of them.
const tasks = read(project, path.join(at, 'tasks.md'))
const total = count(tasks, /^### T-\d{3,}: /gm)
const done = count(tasks, /^\*\*Status\*\*: \[x\] completed$/gm)
const ticked = count(read(project, path.join(at, 'spec.md')), /^- \[x\] \*\*AC-/gm)

// snapshot is every file below a folder with its content.
function snapshot(root, dir = '') {
  return fs.readdirSync(path.join(root, dir), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((e) => {
    const name = path.join(dir, e.name)
    if (e.name === '.git') return []
    return e.isDirectory() ? snapshot(root, name) : [[name, fs.readFileSync(path.join(root, name), 'base64')].join(' ')]
  })
}
const before = snapshot(project)
const changed = (root) => {
  const after = snapshot(root)
  return [...after.filter((x) => !before.includes(x)), ...before.filter((x) => !after.includes(x))].map((x) => x.split(' ')[0])
}

let copies = 0
// copy makes a fresh one of the project; SpecWeave writes into what it looks at.
function copy() {
  const root = path.join(scratch, `copy-${++copies}`)
  fs.cpSync(path.join(project, '.specweave'), path.join(root, '.specweave'), { recursive: true })
  return root
}
function run(root, program, ...args) {
  const r = spawnSync(program, args, { cwd: root, env, encoding: 'utf8', timeout: 120_000, maxBuffer: 64 << 20 })
  return { code: r.status ?? -1, out: r.stdout ?? '', all: `${r.stdout ?? ''}${r.stderr ?? ''}${r.error ?? ''}` }
}
const sw = (root, ...args) => run(root, process.execPath, path.join(pkg, 'bin/specweave.js'), ...args)
const node = (root, file, ...args) => run(root, process.execPath, path.join(pkg, file), ...args)
const has = (program) => run('.', 'sh', '-c', `command -v ${program}`).code === 0

let failed = 0
function step(name, well, said) {
  console.log(`${well ? 'ok  ' : 'FAIL'} ${name}`)
  if (well) return
  failed++
  console.log(String(said).trim().split('\n').slice(0, 12).map((l) => `     ${l}`).join('\n'))
}

// The first four work on one copy and must leave it as it is; the doctor comes first, because it never repairs.
const looked = copy()
{
  const r = sw(looked, 'doctor', '--json', '--quick', '--skip-external')
  let bad = [r.all]
  try {
    const { categories } = JSON.parse(r.out.slice(r.out.indexOf('{'), r.out.lastIndexOf('}') + 1))
    const seen = categories.filter((c) => ['Increments', 'Project Structure'].includes(c.category)).flatMap((c) => c.checks)
    // Folders that only "specweave init" makes are no concern of an increment.
    bad = seen.filter((k) => ['fail', 'warn'].includes(k.status) && !['docs directory', 'state directory'].includes(k.name)).map((k) => `${k.name}: ${k.message}`)
    if (!seen.some((k) => k.name === 'Increment integrity')) bad.push('the doctor saw no increment')
  } catch { /* what it printed is shown */ }
  step('doctor has nothing to say of increments and structure', bad.length === 0, bad.join('\n'))
}
{
  const r = sw(looked, 'status', '--verbose', '--type', type)
  const sees = want === 'completed' ? /Completed: [1-9]/.test(r.all) : r.all.includes(`● ${id} [${type}]`)
  step(`status --type ${type} sees it, and warns of nothing`, r.code === 0 && sees && !/Duplicate increment|metadata\(/.test(r.all), r.all)
}
{
  const r = sw(looked, 'next-id')
  const dirs = [['.specweave/increments'], ...fs.readdirSync(path.join(project, '.specweave/increments')).filter((n) => n.startsWith('_')).map((n) => ['.specweave/increments', n])]
  const highest = Math.max(...dirs.flatMap((d) => fs.readdirSync(path.join(project, ...d))).map((n) => parseInt(n, 10)).filter(Number.isFinite))
  step('next-id is the highest number and one', r.out.trim() === String(highest + 1).padStart(4, '0'), r.all)
}
{
  const r = node(looked, 'dist/src/cli/count-tasks.js', path.join(at, 'tasks.md'))
  let got = {}
  try { got = JSON.parse(r.out) } catch { /* what it printed is shown */ }
  step(`count-tasks counts ${done} of ${total}`, total > 0 && got.total === total && got.completed === done, r.all)
}
step('nothing of this was written into', changed(looked).length === 0, changed(looked).join('\n'))
{
  const r = sw(copy(), 'create-increment', '--id', `${number}-other`, '--title', 't', '--description', 'd', '--project', 'p', '--type', 'hotfix')
  step('create-increment refuses the number that is taken', r.code === 1 && r.all.includes('DUPLICATE INCREMENT ID'), r.all)
}
{
  const r = sw(copy(), 'qa', number, '--ci')
  step('qa --ci passes', r.code === 0, r.all)
}
{
  const root = copy()
  const r = sw(root, 'sync-living-docs', id)
  const stories = fs.readdirSync(path.join(root, '.specweave'), { recursive: true }).filter((f) => /docs\/internal\/specs\/[^/]+\/FS-[^/]+\/us-001-[^/]*\.md$/.test(f))
  const same = stories.length === 1 && count(read(root, path.join('.specweave', stories[0])), /^- \[x\] \*\*AC-/gm) === ticked
  step(`sync-living-docs writes the story with its ${ticked} ticks`, r.code === 0 && same, `${stories}\n${r.all}`)
}
{
  const root = copy()
  const r = sw(root, 'complete', number, '--yes')
  const { status } = JSON.parse(read(root, path.join(at, 'metadata.json')))
  const closed = r.code === 0 && status === 'completed' && /^status: completed$/m.test(read(root, path.join(at, 'spec.md')))
  const refused = r.code === 1 && status !== 'completed'
  if (want === 'open') step('complete refuses it for what is open', refused && /still (open|pending)/.test(r.all), r.all)
  else if (want === 'closable' && type !== 'hotfix') step('complete asks for its reports', refused && /report/i.test(r.all) && !/still (open|pending)/.test(r.all), r.all)
  else step('complete closes it in both files', closed, r.all)
}
{
  const root = copy()
  const r = node(root, 'plugins/specweave/lib/hooks/update-ac-status.js', id)
  step('AC sync finds nothing to change', r.code === 0 && changed(root).length === 0, `${changed(root)}\n${r.all}`)
}
if (want !== 'completed') {
  const r = node(copy(), 'plugins/specweave/scripts/progress.js', number)
  step(`progress.js counts ${done}/${total}`, r.all.includes(`Type: ${type}`) && r.all.includes(`Tasks: ${done}/${total} `), r.all)
  if (has('jq')) {
    const s = run(copy(), 'bash', path.join(pkg, 'plugins/specweave/scripts/read-progress.sh'), number)
    step(`read-progress.sh counts ${done}/${total}`, new RegExp(`Type: .*${type}`).test(s.all) && new RegExp(`Tasks: *${done}/${total} `).test(s.all), s.all)
  } else {
    console.log('     read-progress.sh needs jq, which is not here: not asked')
  }
}
{
  const root = copy()
  run(root, 'git', 'init', '-q', '.')
  run(root, 'git', 'add', '-A', '-f')
  const staged = run(root, 'git', 'diff', '--cached', '--name-only').all
  // The hook says sh and is written for bash.
  const r = run(root, 'bash', path.join(pkg, 'src/templates/git-hooks/pre-commit.template'))
  step('the pre-commit hook of specweave init lets it through', r.code === 0 && staged.includes(`${at}/spec.md`), `${staged}\n${r.all}`)
}
{
  const r = run('.', process.execPath, path.join(import.meta.dirname, 'check.mjs'), pkg, copy(), id)
  step("the library's parsers and validators find nothing wrong", r.code === 0, r.all)
}
process.exit(failed ? 1 : 0)
