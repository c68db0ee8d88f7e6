package conform_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"firebreak/app/publish"
	"firebreak/app/sample"
	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/export/markdown"
	"firebreak/workflow"
)

// How many incidents the fuzzing makes up, and what they are drawn from.
const (
	fuzzCount = "FIREBREAK_CONFORM_COUNT"
	fuzzSeed  = "FIREBREAK_CONFORM_SEED"
)

// batch is how many incidents go into one project.
const batch = 150

// TestNothingThatPeopleTypeBreaksAnIncrement makes up incidents whose every text
// is put together from what SpecWeave's readers look for, writes the increments
// into projects, and lets the real readers judge them all.
func TestNothingThatPeopleTypeBreaksAnIncrement(t *testing.T) {
	t.Parallel()
	count, seed := number(t, fuzzCount, 300), number(t, fuzzSeed, 20241125)
	t.Logf("%d incidents from %s=%d", count, fuzzSeed, seed)
	for from := 0; from < count; from += batch {
		t.Run(fmt.Sprintf("from %d", from), func(t *testing.T) {
			t.Parallel()
			p := newProject(t)
			require.NoError(t, os.RemoveAll(filepath.Join(p.root, ".specweave", "increments", "_archive")))
			p.madeUp(seed, from, min(count, from+batch))
		})
	}
}

// madeUp writes the increments of incidents that are drawn from a seed, and
// compares what the real readers find in them with what was typed.
func (p *project) madeUp(seed, from, end int) {
	p.t.Helper()
	policy, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(p.t, err)
	hands := publish.New(forgetful{})
	made := map[string]workflow.Incident{}
	for n := from; n < end; n++ {
		c := caller{t: p.t, lots: rand.New(rand.NewPCG(uint64(seed), uint64(n))), now: sample.Alert()}
		c.in = workflow.Fold(workflow.IncidentID(fmt.Sprintf("incident-%d", n)), nil)
		c.live(policy)
		record, err := hands.CreateIncrement(p.t.Context(), p.root, c.in)
		require.NoError(p.t, err, "incident %d", n)
		made[record.ID] = c.in
	}
	p.keepForTheEye()

	found := p.check()
	assert.Empty(p.t, found[""].Faults, "of the project")
	require.GreaterOrEqual(p.t, len(found), end-from)
	for id, in := range made {
		if assert.Empty(p.t, found[id].Faults, "%s of %s with %s=%d", id, in.ID, fuzzSeed, seed) {
			sameAs(p.t, in, found[id])
		}
	}
	p.counted(found)
}

// counted says that the command that people look with sees every increment in
// its state.
func (p *project) counted(found map[string]read) {
	p.t.Helper()
	seen := p.SpecWeave("status", "--verbose")
	require.Zero(p.t, seen.exit, seen)
	states := map[string]int{}
	for id, one := range found {
		states[one.Status]++
		if one.Status == "active" {
			assert.Contains(p.t, seen.out, "● "+id+" ["+one.Type+"]")
		}
	}
	assert.Contains(p.t, seen.out, fmt.Sprintf("Completed: %d\n", states["completed"]))
	assert.Contains(p.t, seen.out, fmt.Sprintf("Abandoned: %d\n", states["abandoned"]))
	assert.NotContains(p.t, seen.out+seen.err, "Duplicate increment")
	assert.NotContains(p.t, seen.out+seen.err, "metadata(", "nothing was to be repaired")
}

// sameAs compares what SpecWeave's readers found with what was typed.
func sameAs(t *testing.T, in workflow.Incident, got read) {
	t.Helper()
	assert.Equal(t, string(in.ID), got.Incident, got.ID)
	assert.Equal(t, got.SpecTitle, got.Title, "%s: both files have the title", got.ID)
	kind := strings.ToUpper(got.Type[:1]) + got.Type[1:]
	assert.Equal(t, markdown.SpecTitle(kind+": "+in.Triage.Title.Get()), got.Title, got.ID)
	assert.Equal(t, []string{"shop-api", "shop-api"}, []string{got.Project, got.MetaProject}, got.ID)
	if assert.Len(t, got.Stories, 1, got.ID) && assert.Len(t, got.LivingStories, 1, got.ID) {
		assert.Equal(t, "US-001", got.Stories[0].ID, got.ID)
		assert.Equal(t, "shop-api", got.LivingStories[0].Project, got.ID)
	}
	tasks := in.Tasks()
	if !assert.Len(t, got.Tasks, len(tasks), got.ID) {
		return
	}
	for n, task := range tasks {
		read := got.Tasks[n]
		assert.Equal(t, task.ID, read.ID, got.ID)
		assert.Equal(t, markdown.SpecTitle(task.Title), literal(t, read.Title), "%s in %s, of %q", task.ID, got.ID, task.Title)
		assert.Equal(t, task.Done, read.Done, "%s in %s", task.ID, got.ID)
		assert.Equal(t, "US-001", read.Story, "%s in %s", task.ID, got.ID)
		assert.Equal(t, []string{fmt.Sprintf("AC-US1-%02d", n+1)}, read.Criteria, "%s in %s", task.ID, got.ID)
	}
	for n, criterion := range got.Criteria {
		assert.Equal(t, tasks[n].Done, criterion.Done, "%s in %s", criterion.ID, got.ID)
	}
}

// literal is the text of a line of markdown, without its escapes.
func literal(t *testing.T, line string) string {
	t.Helper()
	source := []byte("# " + line)
	var words strings.Builder
	root := goldmark.DefaultParser().Parse(text.NewReader(source))
	require.NoError(t, ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n := n.(type) {
			case *ast.Text:
				words.WriteString(string(n.Segment.Value(source)))
			case *ast.AutoLink:
				words.Write(n.Label(source))
			}
		}
		return ast.WalkContinue, nil
	}))
	return unescaped(words.String())
}

// unescaped takes the backslashes before punctuation away.
func unescaped(raw string) string {
	var out strings.Builder
	for n := 0; n < len(raw); n++ {
		if raw[n] == '\\' && n+1 < len(raw) && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", raw[n+1]) >= 0 {
			n++
		}
		out.WriteByte(raw[n])
	}
	return out.String()
}

// caller is a person in one incident who types the worst that there is.
type caller struct {
	t     *testing.T
	lots  *rand.Rand
	in    workflow.Incident
	now   time.Time
	asked int
}

// live goes through an incident. What the workflow refuses is not of interest
// here; the title and the level are given.
func (c *caller) live(policy workflow.Playbook) {
	c.t.Helper()
	level := policy.Levels[c.lots.IntN(len(policy.Levels))].ID
	require.NoError(c.t, c.ask(workflow.Declare{
		Title: nastyLine(c.lots, 200), Severity: level, Service: c.text(), Commander: c.text(), Impact: c.text(), FirstLine: c.text(), Playbook: policy,
	}))
	for _, want := range []workflow.Intent{
		workflow.Assess{Field: workflow.Symptoms, Text: c.text()},
		workflow.Assess{Field: workflow.Hypothesis, Text: c.text()},
		workflow.WriteText{Which: workflow.ProblemText, Text: c.text()},
		workflow.WriteText{Which: workflow.FixText, Text: c.text()},
		workflow.WriteText{Which: workflow.RollbackText, Text: c.text()},
		workflow.RenameTask{ID: "T-001", Title: nastyLine(c.lots, 200)},
		workflow.RenameTask{ID: "T-003", Title: nastyLine(c.lots, 20)},
		workflow.AddTask{Title: nastyLine(c.lots, 200)},
		workflow.AddTask{Title: nastyLine(c.lots, 20)},
		workflow.MarkTask{ID: fmt.Sprintf("T-%03d", 1+c.lots.IntN(6)), Done: true},
		workflow.MarkTask{ID: fmt.Sprintf("T-%03d", 1+c.lots.IntN(6)), Done: true},
		workflow.Identify{Cause: c.text()},
		workflow.Choose{Option: []string{workflow.HotfixOption, workflow.RollbackOption}[c.lots.IntN(2)], Reason: c.text(), WouldChange: c.text()},
		workflow.RecordFix{Commit: c.text(), Summary: c.text()},
		workflow.ReadyRollback{Command: c.text(), Version: c.text()},
		workflow.AddAction{Text: nastyLine(c.lots, 200), Owner: c.text(), Due: c.text(), Kind: c.text()},
	} {
		if c.lots.IntN(5) > 0 {
			_ = c.ask(want)
		}
	}
	switch c.lots.IntN(6) {
	case 0:
		_ = c.ask(workflow.Cancel{Reason: nastyLine(c.lots, 200)})
	case 1, 2:
		for _, task := range c.in.Tasks() {
			_ = c.ask(workflow.MarkTask{ID: task.ID, Done: true})
		}
		_ = c.ask(workflow.Override{Gate: workflow.DeployGate, By: c.text(), Reason: nastyLine(c.lots, 200)})
		_ = c.ask(workflow.RecordDeploy{Deploy: workflow.Deploy{Version: c.text()}})
		_ = c.ask(workflow.Override{Gate: workflow.AllClearGate, By: c.text(), Reason: nastyLine(c.lots, 200)})
		_ = c.ask(workflow.GiveAllClear{Text: c.text()})
	}
}

// text is one of the worst kind, or none.
func (c *caller) text() string {
	if c.lots.IntN(8) == 0 {
		return ""
	}
	return nasty(c.lots)
}

func (c *caller) ask(want workflow.Intent) error {
	events, err := workflow.Decide(c.in, want, workflow.Env{
		Now: c.now, Actor: "Jane", Device: "device-1",
		NewID: func() workflow.EventID { c.asked++; return workflow.EventID(fmt.Sprintf("%s-%04d", c.in.ID, c.asked)) },
	})
	if err == nil {
		c.in, c.now = c.in.With(events...), c.now.Add(time.Minute)
	}
	return err
}

// forgetful is a ledger for files that are written once.
type forgetful struct{}

func (forgetful) Exported(context.Context, string, string) (string, bool, error) {
	return "", false, nil
}

func (forgetful) Agreed(context.Context, string) ([]byte, error) { return nil, nil }

func (forgetful) RecordAgreed(context.Context, string, []byte) error { return nil }

func (forgetful) RecordExported(context.Context, string, string, string) error { return nil }

// read is what SpecWeave's readers found in an increment, and what is wrong with
// it by its validators.
type read struct {
	ID, Type, Status, Title, SpecTitle string
	Incident, Project, MetaProject     string
	Stories, LivingStories             []struct{ ID, Title, Project string }
	Criteria                           []struct {
		ID, Text string
		Done     bool
	}
	Tasks []struct {
		ID, Title, Story string
		Criteria         []string
		Done             bool
	}
	Faults []struct{ Check, Saw string }
}

// check lets the real parsers and validators look at every increment of the
// project, in one process. What is wrong with the project has no id.
func (p *project) check() map[string]read {
	p.t.Helper()
	got := p.script("check.mjs", p.pkg, p.root, "--facts")
	require.Empty(p.t, got.err)
	found := map[string]read{}
	lines := bufio.NewScanner(strings.NewReader(got.out))
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var one read
		require.NoError(p.t, json.Unmarshal(lines.Bytes(), &one))
		found[one.ID] = one
	}
	require.NoError(p.t, lines.Err())
	return found
}

func number(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	if os.Getenv(variable) == "" {
		return otherwise
	}
	n, err := strconv.Atoi(os.Getenv(variable))
	require.NoError(t, err, variable)
	return n
}
