package cli

import (
	"cmp"
	"context"
	"strings"

	"firebreak/app/session"
	"firebreak/workflow"
)

// besides is what the repository and the log say to the criteria.
type besides struct {
	way   *workflow.WayBack // nil: nobody could look
	says  string            // why not
	facts map[string]workflow.Weighed
}

// evidenceOf looks at the repository and at the history. Neither is needed to
// decide: what cannot be looked at is said, and stays the person's.
func (r *run) evidenceOf(ctx context.Context, in workflow.Incident, repository string, hints workflow.WayHints) besides {
	var k besides
	rows, err := r.earlier(ctx)
	if err != nil {
		k.says = err.Error()
	}
	if way, err := r.wayBack(ctx, in, repository, hints, rows); err != nil {
		k.says = err.Error()
	} else {
		k.way = way
	}
	k.facts = in.Weigh(k.way, nil, rows)
	return k
}

// historyDepth is how many incidents the history is asked for; older ones say
// nothing about the version before the one that runs.
const historyDepth = 500

func (r *run) earlier(ctx context.Context) ([]workflow.Summary, error) {
	at, err := r.open(ctx)
	if err != nil {
		return nil, err
	}
	return at.shelf.Recent(ctx, historyDepth)
}

func (r *run) wayBack(ctx context.Context, in workflow.Incident, repository string, hints workflow.WayHints, rows []workflow.Summary) (*workflow.WayBack, error) {
	folder, err := r.repository(ctx, repository)
	if err != nil {
		return nil, err
	}
	hands, err := r.hands(ctx)
	if err != nil {
		return nil, err
	}
	back, can := hands.(session.RearView)
	if !can {
		return nil, nil
	}
	way, err := back.WayBack(ctx, folder, session.LookBack{In: in, Hints: hints, Earlier: rows})
	return &way, err
}

// choose is the decision with everything that stood beside it.
func (k besides) choose(in workflow.Incident, option, reason, change string, given map[string]string, hints workflow.WayHints, at workflow.Stamp) workflow.Choose {
	stands := in.Fix.Choice().Hints()
	if hints.Good == "" {
		hints.Good = stands.Good
	}
	if hints.Suspect == "" {
		hints.Suspect = stands.Suspect
	}
	want := workflow.Choose{
		Option: option, Reason: reason, WouldChange: change, Facts: k.facts, Good: hints.Good, Suspect: hints.Suspect, BackTo: in.BackTo(), At: at,
		Answers: in.Playbook.Proposed(own(in, given), k.facts),
	}
	if len(want.Answers) == 0 {
		want.Answers = nil
	}
	if k.way != nil && k.way.Good.Name != "" {
		want.BackTo = k.way.Good.Name
	}
	return want
}

// wayJSON is the way back for a program.
type wayJSON struct {
	Good       string        `json:"good"`
	GoodCommit string        `json:"good_commit,omitempty"`
	GoodWhy    string        `json:"good_why,omitempty"`
	Runs       string        `json:"runs,omitempty"`
	Commits    int           `json:"commits_since"`
	Files      int           `json:"files_since"`
	Migrations []string      `json:"migrations"`
	Schema     []string      `json:"schema_and_configuration"`
	Suspect    string        `json:"suspect,omitempty"`
	Revert     trialJSON     `json:"revert"`
	Command    string        `json:"command,omitempty"`
	Found      string        `json:"command_state,omitempty"` // found, missing or unknown
	Lines      []wayLineJSON `json:"lines"`
	Problem    string        `json:"problem,omitempty"`
}

type trialJSON struct {
	Tried     bool     `json:"tried"`
	Clean     bool     `json:"clean"`
	Of        string   `json:"of,omitempty"`
	Conflicts []string `json:"conflicts,omitempty"`
	Says      string   `json:"says,omitempty"`
}

type wayLineJSON struct {
	About string `json:"about"`
	Says  string `json:"says"`
	Tone  string `json:"tone"`
}

func adviceOf(in workflow.Incident, k besides, a workflow.Advice, answers map[string]string) adviceJSON {
	out := adviceJSON{
		Option: a.Option, Reason: a.Reason, Change: a.Change, Open: a.Open, Answers: answers,
		Decided: in.Fix.Choice().Option, Since: in.SinceDecided(k.facts), Way: wayOf(in, k.way),
	}
	add := func(option string, all []workflow.Criterion) {
		for _, c := range all {
			line := criterionJSON{ID: c.ID, For: option, Text: c.Text, Decisive: c.Decisive}
			if fact, found := k.facts[c.ID]; found {
				line.Facts = &fact.Evidence
			}
			out.Criteria = append(out.Criteria, line)
		}
	}
	add(workflow.RollbackOption, in.Playbook.Decision.Rollback)
	add(workflow.HotfixOption, in.Playbook.Decision.Hotfix)
	return out
}

func wayOf(in workflow.Incident, way *workflow.WayBack) *wayJSON {
	if way == nil {
		return nil
	}
	out := &wayJSON{
		Good: way.Good.Name, GoodCommit: way.Good.Commit, GoodWhy: way.Good.Why, Runs: way.Runs.Name, Commits: way.Count, Files: way.Changed,
		Migrations: way.Migrations, Schema: way.Schema, Suspect: way.Suspect, Command: way.Command.Line, Found: string(way.Command.State), Problem: way.Problem,
		Revert: trialJSON{Tried: way.Revert.Tried, Clean: way.Revert.Clean, Of: way.Revert.Of, Conflicts: way.Revert.Conflicts, Says: way.Revert.Says},
	}
	detected, _ := in.MilestoneAt(workflow.Detected)
	for _, l := range way.Lines(detected) {
		out.Lines = append(out.Lines, wayLineJSON{l.About, l.Says, string(l.Tone)})
	}
	return out
}

// printWay tells the way back before the criteria.
func (r *run) printWay(in workflow.Incident, k besides) {
	r.line("%s", r.paint(bold, "The way back:"))
	if k.way == nil {
		r.line("%s", wrapped("  unknown", 14, cmp.Or(k.says, "no repository could be looked at")))
		return
	}
	detected, _ := in.MilestoneAt(workflow.Detected)
	for _, l := range k.way.Lines(detected) {
		first := "  " + strings.ToLower(l.About)
		line := wrapped(first, 14, strings.TrimRight(l.Says, ".")+".")
		switch l.Tone {
		case workflow.WayWarns:
			line = r.paint(amber, line)
		case workflow.WayUnknown:
			line = r.paint(faint, line)
		}
		r.line("%s", line)
	}
}
