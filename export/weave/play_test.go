package weave_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/export"
	"firebreak/export/weave"
	"firebreak/workflow"
)

const sampleID = "0015-hotfix-auth-outage"

// loom is an incident beside the files of its increment, both in memory.
type loom struct {
	t      testing.TB
	in     workflow.Incident
	place  export.Place
	disk   map[string]string
	agreed map[workflow.Part][2]string
	says   []string // of the last look
	wrote  []string // by the last look
	now    time.Time
	ids    int
	rules  workflow.Playbook
}

var rules = func() workflow.Playbook {
	p, err := playbook.Read("playbook.yaml", assets.Playbook())
	if err != nil {
		panic(err) // the shipped playbook is tested elsewhere
	}
	return p
}()

// newLoom has an increment that was just created for a SEV1.
func newLoom(t testing.TB) *loom {
	t.Helper()
	l := &loom{
		t: t, in: workflow.Fold("incident-1", nil), now: time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC),
		place:  export.Place{ID: sampleID, Project: "shop-api", RecordPath: ".specweave/docs/internal/operations/incidents/" + sampleID + ".md"},
		disk:   map[string]string{},
		agreed: map[workflow.Part][2]string{}, rules: rules,
	}
	l.do(
		workflow.Declare{Title: "Auth Outage", Severity: "SEV1", Impact: "Login broken for all users", Playbook: rules},
		workflow.WriteText{Which: workflow.ProblemText, Text: "Users receiving 500 error on login."},
		workflow.WriteText{Which: workflow.FixText, Text: "Revert token validation."},
		workflow.Assess{Field: workflow.Hypothesis, Text: "Recent deploy broke it"},
	)
	for _, f := range export.Increment(l.in, l.place) {
		l.disk[f.Name] = string(f.Content)
	}
	l.do(workflow.RecordIncrement{ID: sampleID, Root: "/srv/shop", Path: ".specweave/increments/" + sampleID, Type: "hotfix"})
	l.look()
	return l
}

// linkedLoom has an increment that was there before the incident.
func linkedLoom(t testing.TB, disk map[string]string, tasks ...workflow.LinkedTask) *loom {
	t.Helper()
	l := newLoom(t)
	l.disk, l.agreed = maps.Clone(disk), map[workflow.Part][2]string{}
	l.do(workflow.LinkIncrement{
		WrittenIncrement: workflow.WrittenIncrement{ID: sampleID, Root: "/srv/shop", Path: ".specweave/increments/" + sampleID, Type: "hotfix"},
		Tasks:            tasks,
	})
	return l
}

func (l *loom) env(via string) workflow.Env {
	return workflow.Env{Now: l.now, Actor: "Jane", Via: via, Device: "device-1", NewID: func() workflow.EventID {
		l.ids++
		return workflow.EventID(fmt.Sprintf("event-%05d", l.ids))
	}}
}

func (l *loom) do(wants ...workflow.Intent) {
	l.t.Helper()
	for _, want := range wants {
		l.now = l.now.Add(time.Minute)
		events, err := workflow.Decide(l.in, want, l.env(""))
		require.NoError(l.t, err, "%T", want)
		l.in = l.in.With(events...)
	}
}

func (l *loom) weaving() *weave.Weaving {
	files := weave.Files{Content: map[string][]byte{}}
	for name, content := range l.disk {
		files.Content[name] = []byte(content)
	}
	return weave.Of(l.in, l.place, files, func(p workflow.Part, ours, theirs string) (bool, bool, bool) {
		pair, known := l.agreed[p]
		return pair[0] == ours, pair[1] == theirs, known
	})
}

// look looks at both sides once, and takes over what it can; again says that it
// has something to look at once more.
func (l *loom) once() (again bool) {
	l.t.Helper()
	w := l.weaving()
	edits, says := w.Edits()
	l.says = append(w.Says(), says...)
	for _, e := range edits {
		assert.Equal(l.t, l.disk[e.Name], string(e.Before))
		l.disk[e.Name] = string(e.After)
		l.wrote = append(l.wrote, e.Name)
	}
	after := w.After(edits)
	maps.DeleteFunc(l.agreed, func(p workflow.Part, _ [2]string) bool { return after.Over(p) })
	maps.Copy(l.agreed, w.Agreed(after))
	for _, take := range w.Takes() {
		events, err := workflow.Decide(l.in, take.Want, l.env(take.File))
		if err == nil {
			l.in = l.in.With(events...)
			again = true
		}
	}
	return again || len(edits) > 0
}

// look looks until both sides are at rest, and says which files were written.
func (l *loom) look() []string {
	l.t.Helper()
	l.wrote = nil
	for n := 0; l.once(); n++ {
		require.Less(l.t, n, 20, "it never comes to rest")
	}
	return l.wrote
}

// questions are the parts that wait for a person.
func (l *loom) questions() []workflow.Part {
	var out []workflow.Part
	for _, d := range l.weaving().Differences() {
		if d.Verdict == workflow.AskFirst {
			out = append(out, d.Part)
		}
	}
	return out
}

// answer settles every question in one way.
func (l *loom) answer(keep workflow.Keep) {
	l.t.Helper()
	w := l.weaving()
	for _, d := range w.Differences() {
		if d.Verdict == workflow.AskFirst {
			l.do(workflow.SettleClash{Part: d.Part, Ours: d.Ours, Theirs: d.Theirs, Keep: keep, Hypothesis: w.Hypothesis()})
		}
	}
}

// edit changes a file as somebody else would.
func (l *loom) edit(name, old, new string) {
	l.t.Helper()
	require.Contains(l.t, l.disk[name], old)
	l.disk[name] = strings.Replace(l.disk[name], old, new, 1)
}

// changed lists the lines that differ between two versions of a file, the old
// ones with a minus and the new ones with a plus.
func changed(before, after string) []string {
	old, now := strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n")
	table := make([][]int, len(old)+1)
	for i := range table {
		table[i] = make([]int, len(now)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(now) - 1; j >= 0; j-- {
			if old[i] == now[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	var out []string
	for i, j := 0, 0; i < len(old) || j < len(now); {
		switch {
		case i < len(old) && j < len(now) && old[i] == now[j]:
			i, j = i+1, j+1
		case j == len(now) || i < len(old) && table[i+1][j] >= table[i][j+1]:
			out = append(out, "-"+strings.TrimRight(old[i], "\r\n"))
			i++
		default:
			out = append(out, "+"+strings.TrimRight(now[j], "\r\n"))
			j++
		}
	}
	return out
}

// done says which tasks of the incident are done.
func done(in workflow.Incident) map[string]bool {
	out := map[string]bool{}
	for _, t := range in.Tasks() {
		out[t.ID] = t.Done
	}
	return out
}
