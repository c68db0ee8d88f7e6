// The parsers and validators that ship inside the npm package specweave, and what each must say of a well-formed
// increment. Nothing is written and no network is used.
//
// Of the package's commands most are lenient: a duplicate task, an unknown criterion or a missing project passes
// them all. Only these parts of its library refuse such a thing, so both are asked.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const silent = { log() {}, info() {}, warn() {}, error() {}, debug() {} }

// Modules of the package below dist/src, by the names that they have here.
const modules = {
  ids: 'utils/increment-id-validator.js',
  manager: 'core/increment/metadata-manager.js',
  metadata: 'core/increment/metadata-validator.js',
  desync: 'core/increment/desync-detector.js',
  spec: 'generators/spec/spec-parser.js',
  tasks: 'generators/spec/task-parser.js',
  template: 'core/increment/template-creator.js',
  presence: 'core/validators/ac-presence-validator.js',
  counter: 'core/status-line/task-counter.js',
  state: 'core/increment/increment-status.js',
  coverage: 'validators/ac-coverage-validator.js',
  criteria: 'core/increment/ac-status-manager.js',
  three: 'core/validation/three-file-validator.js',
  structure: 'core/validation/increment-structure-validator.js',
  duplicates: 'core/increment/duplicate-detector.js',
  numbers: 'core/increment/increment-utils.js',
  living: 'core/living-docs/sync-helpers/parsers.js',
}

// load imports the package once, for any number of projects.
export async function load(pkg) {
  const root = path.resolve(pkg)
  const loaded = { matter: createRequire(path.join(root, 'package.json'))('gray-matter') }
  for (const [name, file] of Object.entries(modules)) {
    loaded[name] = await import(pathToFileURL(path.join(root, 'dist/src', file)).href)
  }
  return loaded
}

// increment is what the checks below look at: the folder, and the files as they are.
export function increment(lib, project, id) {
  const dir = path.join(project, '.specweave/increments', id)
  const read = (name) => fs.readFileSync(path.join(dir, name), 'utf8')
  return {
    lib, project, id, dir, read,
    file: (name) => path.join(dir, name),
    meta: () => JSON.parse(read('metadata.json')),
    list: () => lib.tasks.getAllTasks(lib.tasks.parseTasksWithUSLinks(path.join(dir, 'tasks.md'))),
  }
}

const said = (issues, how) => issues.map(how).join('; ')

// Each check answers whether it is well, and in a few words what it saw. Those of a project's numbers look at every
// folder, so for many increments at once they are asked differently (see check.mjs).
export const checks = {
  'the id is one': (i) => [i.lib.ids.isValidIncrementId(i.id), i.id],
  'metadata.json names the folder': (i) => [i.meta().id === i.id, i.meta().id],
  'MetadataManager.validate: state, type, fields': (i) => [i.lib.manager.MetadataManager.validate(i.meta()), `${i.meta().status}/${i.meta().type}`],
  'metadata.json needs no repair': (i) => {
    const r = i.lib.manager.MetadataManager.validateMetadataSchema(i.meta(), i.id)
    return [!r.corrected, r.warnings.join('; ') || 'fields would be added']
  },
  'MetadataValidator: the state fits the tasks': async (i) => {
    const r = await new i.lib.metadata.MetadataValidator(i.project).validate(i.id)
    return [r.valid, said(r.issues, (x) => `${x.severity}: ${x.message}`)]
  },
  'DesyncDetector: both files have the same state': async (i) => {
    const r = await new i.lib.desync.DesyncDetector({ projectRoot: i.project, logger: silent }).checkIncrement(i.id)
    return [!r.hasDesync && !r.error && r.specStatus !== null && r.metadataStatus !== null, `metadata.json ${r.metadataStatus}, spec.md ${r.specStatus} ${r.error ?? ''}`]
  },
  'parseSpecMd: front matter, story, criteria': (i) => {
    const r = i.lib.spec.parseSpecMd(i.file('spec.md'))
    const unique = new Set(r.allACIds)
    return [r.incrementId === i.id && r.userStories.length > 0 && unique.size > 0 && unique.size === r.allACIds.length,
      `${r.incrementId}, stories ${r.userStories.map((u) => u.id)}, criteria ${r.allACIds}`]
  },
  'spec.md is no unfinished template': (i) => {
    const r = i.lib.template.validateSpecCompletion(i.file('spec.md'))
    return [r.isComplete && !i.lib.template.isTemplateFile(i.file('spec.md')), r.issues.join('; ') || 'it is one']
  },
  'validateACPresence': (i) => {
    const r = i.lib.presence.validateACPresence(i.dir, { logger: silent })
    return [r.valid, [...r.errors, ...r.warnings].join('; ')]
  },
  'every reader counts the same tasks': async (i) => {
    const tasks = i.list()
    const done = tasks.filter((t) => t.status === 'completed').length
    const counted = i.lib.counter.TaskCounter.countTasks(i.read('tasks.md'))
    const state = await new i.lib.state.IncrementStatusDetector(i.project).getStatus(i.id)
    const unique = new Set(tasks.map((t) => t.id)).size
    const all = [tasks.length, unique, counted.total, state.totalTasks]
    const finished = [done, counted.completed, state.completedTasks]
    return [tasks.length > 0 && new Set(all).size === 1 && new Set(finished).size === 1, `tasks ${all}, done ${finished}`]
  },
  'nothing is counted twice, and no box is left over': (i) => {
    // What progress.js, status --verbose and the AC sync count by: programs, or readers that write.
    const text = i.read('tasks.md')
    const count = (pattern) => (text.match(pattern) ?? []).length
    const tasks = i.list().length
    const seen = [count(/^#{2,} T-\d+/gm) + count(/^- \[[x ]\] T-\d+/gm), count(/\*\*Status\*\*:\s*\[[x ]\]/gi), count(/\[[x ]\]/gi)]
    return [seen.every((n) => n === tasks) && count(/\*\*Completed\*\*:\s*\d/gi) === 0, `${tasks} tasks, headings, states and boxes ${seen}`]
  },
  'validateTaskLinkage: the stories and criteria exist': (i) => {
    const stories = i.lib.spec.getAllUSIds(i.file('spec.md'))
    const criteria = i.lib.spec.getAllACIds(i.file('spec.md'))
    const errors = i.list().flatMap((t) => i.lib.tasks.validateTaskLinkage(t, stories, criteria))
    return [errors.length === 0, said(errors, (e) => e.message)]
  },
  'validateACCoverage: all, and no orphan': (i) => {
    const r = i.lib.coverage.validateACCoverage(i.dir, { logger: silent })
    return [r.totalACs > 0 && i.lib.coverage.isCoveragePassing(r), `${r.coveredACs} of ${r.totalACs}, orphans ${r.orphanTasks}`]
  },
  'validateACMapping': (i) => {
    const r = new i.lib.criteria.ACStatusManager(i.project).validateACMapping(i.id)
    return [r.valid, JSON.stringify({ orphans: r.orphanedACs, unknown: r.invalidReferences, errors: r.errors })]
  },
  'AC sync would change nothing': (i) => {
    const manager = new i.lib.criteria.ACStatusManager(i.project)
    const tasks = manager.parseTasksForACStatus(i.read('tasks.md'))
    const boxes = manager.parseSpecForACs(i.read('spec.md'))
    const wrong = [...boxes].filter(([id, box]) => tasks.get(id)?.isComplete !== box.checked).map(([id]) => id)
    return [boxes.size > 0 && wrong.length === 0, wrong.join(', ')]
  },
  'ThreeFileValidator': (i) => {
    const r = new i.lib.three.ThreeFileValidator().validateIncrement(i.dir, i.project)
    // Warnings about words such as "function f(" judge what people wrote, and are theirs to heed.
    const words = ['SPEC_CONTAINS_TECHNICAL_DETAILS', 'TASKS_CONTAINS_USER_STORY']
    const faults = r.issues.filter((x) => x.severity === 'ERROR' || (x.severity === 'WARNING' && !words.includes(x.code)))
    return [faults.length === 0, said(faults, (x) => `${x.code} in ${x.file}:${x.line}`)]
  },
  'validateIncrementStructure: only the files that belong': async (i) => {
    const r = await i.lib.structure.validateIncrementStructure(i.dir)
    return [r.valid && r.warnings.length === 0, [...r.errors, ...r.warnings].join('; ')]
  },
  'living docs: extractUserStories': (i) => {
    const stories = i.lib.living.extractUserStories(i.read('spec.md'), undefined)
    const ids = i.lib.spec.getAllACIds(i.file('spec.md'))
    return [stories.length > 0 && stories.every((u) => u.project && u.description && u.acceptanceCriteriaFull?.length && u.acceptanceCriteriaFull.every((c) => c.description))
      && stories.flatMap((u) => u.acceptanceCriteria).join() === ids.join(),
    said(stories, (u) => `${u.id} project=${u.project} criteria=${u.acceptanceCriteria} description=${!!u.description}`)]
  },
  "SpecWeave's own change of state is one line of spec.md": (i) => {
    // As SpecFrontmatterUpdater does it. Where our quoting is not its own, this rewrites what it should not.
    const text = i.read('spec.md')
    const parsed = i.lib.matter(text, {})
    const next = i.lib.matter.stringify(parsed.content, { ...parsed.data, status: 'paused' })
    const before = text.split('\n'), after = next.split('\n')
    const changed = before.filter((line, n) => line !== after[n])
    return [before.length === after.length && changed.length === 1 && changed[0].startsWith('status: '), JSON.stringify(changed.slice(0, 5))]
  },
}

// Those that look at the whole project, for one increment.
export const alone = {
  'detectDuplicatesByNumber: the number is its own': async (i) => {
    const r = await i.lib.duplicates.detectDuplicatesByNumber(i.id.slice(0, 4), i.project)
    return [r.length === 1, said(r, (x) => x.name)]
  },
  'findDuplicates: the number is its own': (i) => {
    const r = i.lib.numbers.IncrementNumberManager.findDuplicates(i.id.slice(0, 4), i.project)
    return [r.length === 1, r.join(', ')]
  },
}

// faults runs checks over an increment and answers what is wrong, by the check's name.
export async function faults(i, which) {
  const wrong = []
  for (const [name, check] of Object.entries(which)) {
    try {
      const [well, saw] = await check(i)
      if (!well) wrong.push({ check: name, saw: String(saw ?? '') })
    } catch (error) {
      wrong.push({ check: name, saw: String(error.message ?? error).split('\n').slice(0, 3).join(' | ') })
    }
  }
  return wrong
}

// facts is what the readers find in an increment: for comparing with what was meant.
export function facts(i) {
  const spec = i.lib.spec.parseSpecMd(i.file('spec.md'))
  const boxes = new i.lib.criteria.ACStatusManager(i.project).parseSpecForACs(i.read('spec.md'))
  const living = i.lib.living.extractUserStories(i.read('spec.md'), undefined)
  const { data } = i.lib.matter(i.read('spec.md'), {})
  return {
    id: i.id, type: i.meta().type, status: i.meta().status, title: i.meta().title, specTitle: data.title,
    project: data.project, metaProject: i.meta().project, incident: i.meta().hotfixWorkflow?.incidentId,
    stories: spec.userStories.map((u) => ({ id: u.id, title: u.title })),
    livingStories: living.map((u) => ({ id: u.id, title: u.title, project: u.project })),
    criteria: [...boxes.values()].map((b) => ({ id: b.acId, text: b.description, done: b.checked })),
    tasks: i.list().map((t) => ({ id: t.id, title: t.title, story: t.userStory, criteria: t.satisfiesACs ?? [], done: t.status === 'completed', needs: t.dependencies ?? [] })),
  }
}
