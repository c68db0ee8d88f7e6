package workflow

import "fmt"

// ScopeRule is one thing that the scope guard looks for. A playbook switches a
// rule off by its name.
type ScopeRule string

// The rules, in the order in which their findings are told.
const (
	OutsideScope        ScopeRule = "outside-scope"    // a file that the declared scope leaves out
	MigrationRule       ScopeRule = "migration"        // a data migration
	SchemaRule          ScopeRule = "schema"           // a schema of data or of an interface
	DependencyRule      ScopeRule = "dependency"       // a library, or the version of one
	ConfigurationRule   ScopeRule = "configuration"    // of the program, or of what runs it
	NoTestRule          ScopeRule = "no-test"          // code without a test for it
	TestOffRule         ScopeRule = "test-off"         // a test that is deleted or switched off
	FilesBudget         ScopeRule = "budget-files"     // more files than a minimal change has
	LinesBudget         ScopeRule = "budget-lines"     // more lines
	RenameRule          ScopeRule = "rename"           // a file that has another name or folder
	MovedRule           ScopeRule = "moved"            // lines that only stand elsewhere
	WhitespaceRule      ScopeRule = "whitespace"       // changed blanks and nothing else
	ReformattingRule    ScopeRule = "reformatting"     // the same code, written otherwise
	WordsRule           ScopeRule = "words"            // "while I'm here"
	UnrelatedCommitRule ScopeRule = "unrelated-commit" // a commit about something else
	MergeRule           ScopeRule = "merge"            // another branch came in
	UnmergedRule        ScopeRule = "unmerged"         // a conflict that nobody has settled
	LooseRule           ScopeRule = "loose"            // changes that are not committed
	BinaryRule          ScopeRule = "binary"           // nobody can read what changed
	GeneratedRule       ScopeRule = "generated"        // written by a program
	ModeRule            ScopeRule = "mode"             // who may run a file, or what it is
	SubmoduleRule       ScopeRule = "submodule"        // another commit of a nested repository
	DebugRule           ScopeRule = "debug"            // what was only for looking
)

// ScopeRules lists the rules in the order in which their findings are told.
func ScopeRules() []ScopeRule {
	return []ScopeRule{
		UnmergedRule, OutsideScope, MigrationRule, SchemaRule, DependencyRule, ConfigurationRule, TestOffRule, NoTestRule,
		FilesBudget, LinesBudget, RenameRule, MovedRule, WhitespaceRule, ReformattingRule, WordsRule, UnrelatedCommitRule,
		MergeRule, LooseRule, SubmoduleRule, BinaryRule, ModeRule, GeneratedRule, DebugRule,
	}
}

// ScopeFinding is something in a hotfix that a minimal change would not have. A
// person accepts it with a reason, or makes a ticket of it.
type ScopeFinding struct {
	// ID is the print of the rule, the place and the changed text: what was
	// settled stays settled until its own lines change.
	ID     string      `json:"id"`
	Rule   ScopeRule   `json:"rule"`
	Path   string      `json:"path,omitempty"` // as git has it; a screen shows ShownPath of it
	Says   string      `json:"says"`           // what was found, in a sentence
	Why    string      `json:"why"`            // why that matters now, and what to do
	Mild   bool        `json:"mild,omitempty"` // a remark, which nobody has to settle
	Lines  []ScopeLine `json:"lines,omitempty"`
	More   int         `json:"more,omitempty"`   // lines that are left out behind them
	Commit string      `json:"commit,omitempty"` // full id of the commit that it is about
}

// ScopeLine is a line of a diff behind a finding.
type ScopeLine struct {
	Line string `json:"line"`          // with its sign in front, as a unified diff has it
	Old  int    `json:"old,omitempty"` // its number in the file before; 0 where it is new
	New  int    `json:"new,omitempty"` // its number in the file now; 0 where it is gone
}

// Change is what happened to the line.
func (l ScopeLine) Change() LineChange {
	if l.Line == "" {
		return LineKept
	}
	return LineChange(l.Line[0])
}

// Text is the line without its sign.
func (l ScopeLine) Text() string {
	if l.Line == "" {
		return ""
	}
	return l.Line[1:]
}

// ScopeJudgement is what the guard says of a hotfix.
type ScopeJudgement struct {
	Base     string         `json:"base,omitempty"` // full id of the commit that the hotfix began at
	Tip      string         `json:"tip,omitempty"`  // full id of its newest commit
	Files    int            `json:"files,omitempty"`
	Added    int            `json:"added,omitempty"` // lines
	Removed  int            `json:"removed,omitempty"`
	Counted  int            `json:"counted,omitempty"` // lines that count against the budget: tests, documents and what a program wrote apart
	Loose    bool           `json:"loose,omitempty"`   // changes that are not committed are among them
	Tests    []string       `json:"tests,omitempty"`   // files of tests that it adds or changes
	Authors  []string       `json:"authors,omitempty"` // of its commits, by name
	Findings []ScopeFinding `json:"findings,omitempty"`
	Unknown  []string       `json:"unknown,omitempty"` // what the guard cannot know, in sentences
}

// Lines counts the lines that were added and removed.
func (j ScopeJudgement) Lines() int { return j.Added + j.Removed }

// Size is how large the change is: "41 lines in 4 files".
func (j ScopeJudgement) Size() string {
	return fmt.Sprintf("%s in %s", count(j.Lines(), "line"), count(j.Files, "file"))
}

// Finding finds a finding by its id.
func (j ScopeJudgement) Finding(id string) (ScopeFinding, bool) {
	for _, f := range j.Findings {
		if f.ID == id {
			return f, true
		}
	}
	return ScopeFinding{}, false
}

// JudgeScope judges a hotfix's change by the playbook that the incident was
// declared under, and by the scope that somebody declared for it.
func (in Incident) JudgeScope(d Delta) ScopeJudgement {
	return judgeScope(in.Playbook, d, in.Fix.Declared(), []string{in.Triage.Title.Get(), in.Fix.RootCause.Get(), in.Fix.Problem.Get(), in.Fix.Plan.Get()})
}

// JudgeScope judges a change where no incident is open.
func (p Playbook) JudgeScope(d Delta, declared DeclaredScope) ScopeJudgement {
	return judgeScope(p, d, declared, nil)
}

// ScopeOpen lists the findings that wait for somebody's word.
func (in Incident) ScopeOpen(j ScopeJudgement) []ScopeFinding {
	var out []ScopeFinding
	for _, f := range j.Findings {
		if _, settled := in.ScopeSettlement(f.ID); !settled && !f.Mild {
			out = append(out, f)
		}
	}
	return out
}

// ScopeLooked is the newest judgement on record, by hand or not.
func (in Incident) ScopeLooked() (ScopeJudged, bool) {
	if n := len(in.Proof.Scopes); n > 0 {
		return in.Proof.Scopes[n-1], true
	}
	return ScopeJudged{}, false
}

// ScopeSettlement is what somebody said about a finding.
func (in Incident) ScopeSettlement(id string) (FindingSettled, bool) {
	s, ok := in.Proof.settled[id]
	return s, ok
}
