package workflow

import "time"

// Playbook is the team's policy as data: levels, questions, checklist, gates,
// cadences, sections. Code holds no rule that a team would want to change. An
// incident keeps the playbook it was declared under.
type Playbook struct {
	Name       string       `json:"name" yaml:"name"`
	Version    int          `json:"version" yaml:"version"`
	Levels     []Level      `json:"levels" yaml:"levels"`       // most severe first
	Questions  []Question   `json:"questions" yaml:"questions"` // triage
	Flow       []FlowRow    `json:"flow" yaml:"flow"`           // hotfix against normal
	Roles      []RolePolicy `json:"roles" yaml:"roles"`
	Phases     []Phase      `json:"phases" yaml:"phases"` // the board
	Gates      []GatePolicy `json:"gates" yaml:"gates"`
	Milestones []Moment     `json:"milestones" yaml:"milestones"` // in their usual order
	Decision   Criteria     `json:"decision" yaml:"decision"`     // rollback or hotfix
	Work       WorkPolicy   `json:"work" yaml:"work"`             // increment, tests, deploy
	Review     ReviewPolicy `json:"review" yaml:"review"`         // post-mortem
	Shift      ShiftPolicy  `json:"shift" yaml:"shift"`
	Scope      ScopePolicy  `json:"scope,omitzero" yaml:"scope,omitempty"`   // what a minimal change is
	Verify     VerifyPolicy `json:"verify,omitzero" yaml:"verify,omitempty"` // how production is proven well
	Mistakes   []Mistake    `json:"mistakes" yaml:"mistakes"`                // the four common ones
}

// Level is one row of the severity table.
type Level struct {
	ID          string        `json:"id" yaml:"id"`                   // "SEV1"
	Description string        `json:"description" yaml:"description"` // "System down"
	Response    string        `json:"response" yaml:"response"`       // in words: "Minutes"
	Within      time.Duration `json:"within" yaml:"within"`           // the same as a time limit; 0: none
	Example     string        `json:"example" yaml:"example"`
	Flow        Flow          `json:"flow" yaml:"flow"`
	FirstUpdate time.Duration `json:"first_update" yaml:"first_update"` // first stakeholder update due after detection; 0: none
	Cadence     time.Duration `json:"cadence" yaml:"cadence"`           // then one each; 0: none
	Priority    string        `json:"priority" yaml:"priority"`         // of the increment: "P0"
	SkipStaging bool          `json:"skip_staging" yaml:"skip_staging"` // may skip staging
	DiagnoseFor time.Duration `json:"diagnose_for" yaml:"diagnose_for"` // then "escalate or roll back?"; 0: never
}

// Flow is the way an incident of a level goes.
type Flow string

// The two flows.
const (
	HotfixFlow Flow = "hotfix"
	NormalFlow Flow = "normal"
)

// FlowRow is one row of "hotfix against normal flow".
type FlowRow struct {
	Aspect string `json:"aspect" yaml:"aspect"`
	Normal string `json:"normal" yaml:"normal"`
	Hotfix string `json:"hotfix" yaml:"hotfix"`
}

// Question is a plain triage question. Unsure takes the most severe of its
// answers.
type Question struct {
	ID      string   `json:"id" yaml:"id"`
	Ask     string   `json:"ask" yaml:"ask"`
	Answers []Answer `json:"answers" yaml:"answers"`
}

// Answer is one possible answer and what it does to the proposed level.
type Answer struct {
	ID      string `json:"id" yaml:"id"`
	Label   string `json:"label" yaml:"label"`
	AtLeast string `json:"at_least,omitempty" yaml:"at_least"` // the level is at least this severe
	Floor   string `json:"floor,omitempty" yaml:"floor"`       // the same, and nothing lowers it again
	Raise   bool   `json:"raise,omitempty" yaml:"raise"`       // one level more severe
	Lower   bool   `json:"lower,omitempty" yaml:"lower"`       // one level less severe, but never from the top
	Because string `json:"because" yaml:"because"`             // the reason in words: "everyone is hit"
}

// RolePolicy is a role of the response.
type RolePolicy struct {
	ID   string `json:"id" yaml:"id"` // "commander"
	Name string `json:"name" yaml:"name"`
	Does string `json:"does" yaml:"does"` // one sentence
}

// The roles that rules speak of; a playbook may add others.
const (
	Commander = "commander"
	Scribe    = "scribe"
	Fixer     = "fixer"
	Approver  = "approver"
)

// Phase is one column of the board.
type Phase struct {
	ID    string       `json:"id" yaml:"id"`     // "before"
	Name  string       `json:"name" yaml:"name"` // "Before fix"
	Mode  PhaseMode    `json:"mode" yaml:"mode"`
	Pause string       `json:"pause" yaml:"pause"` // what is said aloud before it is confirmed
	Items []ItemPolicy `json:"items" yaml:"items"`
}

// PhaseMode is how a checklist is worked through: both come from aviation.
type PhaseMode string

// The two modes.
const (
	DoConfirm PhaseMode = "do-confirm" // any order, then one confirmation
	ReadDo    PhaseMode = "read-do"    // one after the other, in order
)

// ItemPolicy is one item of the checklist.
type ItemPolicy struct {
	ID        string `json:"id" yaml:"id"` // "severity-assessed"
	Text      string `json:"text" yaml:"text"`
	How       string `json:"how" yaml:"how"`               // one sentence: what to do
	SettledBy Fact   `json:"settled_by" yaml:"settled_by"` // the fact that ticks it; empty: only a person can
	Asks      string `json:"asks,omitempty" yaml:"asks"`   // a value that it cannot be done without: "error rate now, %"
}

// GatePolicy names the facts that must hold before something happens.
type GatePolicy struct {
	ID    string `json:"id" yaml:"id"`     // "deploy"
	Name  string `json:"name" yaml:"name"` // "Deploy to production"
	Needs []Fact `json:"needs" yaml:"needs"`
}

// Moment is the policy of a milestone: its name, and the line that the
// timeline gets when nobody writes another.
type Moment struct {
	ID   Milestone `json:"id" yaml:"id"`
	Name string    `json:"name" yaml:"name"`
	Line string    `json:"line" yaml:"line"`
}

// Criteria are the user's reasons for a rollback and for a hotfix.
type Criteria struct {
	Rollback []Criterion `json:"rollback" yaml:"rollback"`
	Hotfix   []Criterion `json:"hotfix" yaml:"hotfix"`
}

// Criterion is one statement that is true, false or unsure.
type Criterion struct {
	ID       string `json:"id" yaml:"id"`
	Text     string `json:"text" yaml:"text"`
	Decisive bool   `json:"decisive" yaml:"decisive"` // alone settles it: a data migration cannot be rolled back
}

// WorkPolicy is about the fix itself.
type WorkPolicy struct {
	Tasks       []TaskPolicy  `json:"tasks" yaml:"tasks"`
	NormalType  string        `json:"normal_type" yaml:"normal_type"`   // increment type of the normal flow: "bug"
	Principles  []string      `json:"principles" yaml:"principles"`     // "Minimal change"
	CriticalRun []string      `json:"critical_run" yaml:"critical_run"` // always proposed
	Runs        []RunPolicy   `json:"runs,omitempty" yaml:"runs"`       // proposed by what the fix touches
	NotNow      []SuitePolicy `json:"not_now" yaml:"not_now"`           // suites that a hotfix does not run
	Differs     []string      `json:"differs" yaml:"differs"`           // how a hotfix deployment differs: "May skip staging"
	DeployWith  []string      `json:"deploy_with" yaml:"deploy_with"`
	StageWith   []string      `json:"stage_with,omitempty" yaml:"stage_with"`
	DryRunWith  string        `json:"dry_run_with,omitempty" yaml:"dry_run_with"` // shows what a deploy would do
	RollbackBy  string        `json:"rollback_by" yaml:"rollback_by"`
	Shell       bool          `json:"shell,omitempty" yaml:"shell"`               // commands are given to sh -c
	TestLimit   time.Duration `json:"test_limit,omitempty" yaml:"test_limit"`     // a test run is ended after so long; 0: ten minutes
	DeployLimit time.Duration `json:"deploy_limit,omitempty" yaml:"deploy_limit"` // a deploy is ended after so long; 0: half an hour
	SoakFor     time.Duration `json:"soak_for" yaml:"soak_for"`                   // verified means green for so long; 0: at once
	Records     string        `json:"records" yaml:"records"`                     // folder of the incident's record where there is SpecWeave
	PlainRecord string        `json:"plain_records" yaml:"plain_records"`         // folder where there is none
	TimeBox     time.Duration `json:"time_box" yaml:"time_box"`                   // of an assignment that says none
}

// TaskPolicy is one task of the increment, and the criterion it satisfies.
type TaskPolicy struct {
	Title     string `json:"title" yaml:"title"`
	Criterion string `json:"criterion" yaml:"criterion"`
	Does      string `json:"does" yaml:"does"`
	Given     string `json:"given" yaml:"given"`
	When      string `json:"when" yaml:"when"`
	Then      string `json:"then" yaml:"then"`
	SettledBy Fact   `json:"settled_by" yaml:"settled_by"`
}

// SuitePolicy is a test suite that a hotfix does not run, and why.
type SuitePolicy struct {
	ID     string   `json:"id" yaml:"id"`     // "full", "performance", "e2e"
	Name   string   `json:"name" yaml:"name"` // "Full test suite"
	Why    string   `json:"why" yaml:"why"`
	Match  []string `json:"match,omitempty" yaml:"match"`   // commands that are this suite: words with * for any text
	Unless bool     `json:"unless,omitempty" yaml:"unless"` // runs when the command names what the fix touches
}

// ReviewPolicy is about the post-mortem.
type ReviewPolicy struct {
	DueAfter  time.Duration   `json:"due_after" yaml:"due_after"`          // after all-clear
	Sections  []SectionPolicy `json:"sections" yaml:"sections"`            // in the document's order
	Redaction RedactionPolicy `json:"redaction,omitzero" yaml:"redaction"` // what is looked for before anything leaves
}

// RedactionPolicy is what is looked for before anything leaves, besides the
// secrets and mail addresses that are always looked for.
type RedactionPolicy struct {
	Addresses bool            `json:"addresses,omitempty" yaml:"addresses"` // IP addresses as well
	Phones    bool            `json:"phones,omitempty" yaml:"phones"`       // telephone numbers as well
	Off       []string        `json:"off,omitempty" yaml:"off"`             // rules that are not asked, by id
	Known     []string        `json:"known,omitempty" yaml:"known"`         // texts that may always leave, also as an end: "@example.com"
	Patterns  []PatternPolicy `json:"patterns,omitempty" yaml:"patterns"`   // the team's own
}

// PatternPolicy is something that only this team has.
type PatternPolicy struct {
	ID       string `json:"id" yaml:"id"`
	Name     string `json:"name" yaml:"name"`                   // "Customer number"
	Pattern  string `json:"pattern" yaml:"pattern"`             // a regular expression; its first group is what is redacted
	Personal bool   `json:"personal,omitempty" yaml:"personal"` // personal data warns, a secret holds an export back
}

// SectionPolicy is one section of the post-mortem.
type SectionPolicy struct {
	ID     Section `json:"id" yaml:"id"`
	Name   string  `json:"name" yaml:"name"`
	Always bool    `json:"always" yaml:"always"` // appears even when empty
	Hint   string  `json:"hint" yaml:"hint"`     // what belongs here
}

// ShiftPolicy is when hours on duty are spoken of: no heroes.
type ShiftPolicy struct {
	Long time.Duration `json:"long" yaml:"long"` // "long incident"
	Plan time.Duration `json:"plan" yaml:"plan"` // "plan a hand-off"
	Late time.Duration `json:"late" yaml:"late"` // "hand off now"
}

// Mistake is one of the common hotfix mistakes, and what to do instead.
type Mistake struct {
	Name   string `json:"name" yaml:"name"`
	Wrong  string `json:"wrong" yaml:"wrong"`
	Better string `json:"better" yaml:"better"`
}

// Level finds a level by its id.
func (p Playbook) Level(id string) (Level, bool) {
	for _, l := range p.Levels {
		if l.ID == id {
			return l, true
		}
	}
	return Level{}, false
}

// Rank is 0 for the most severe level; an unknown id ranks behind the last.
func (p Playbook) Rank(id string) int {
	for i, l := range p.Levels {
		if l.ID == id {
			return i
		}
	}
	return len(p.Levels)
}

// Role finds a role by its id.
func (p Playbook) Role(id string) (RolePolicy, bool) {
	for _, r := range p.Roles {
		if r.ID == id {
			return r, true
		}
	}
	return RolePolicy{}, false
}

// Moment finds a milestone's policy by its id.
func (p Playbook) Moment(id Milestone) (Moment, bool) {
	for _, m := range p.Milestones {
		if m.ID == id {
			return m, true
		}
	}
	return Moment{}, false
}
