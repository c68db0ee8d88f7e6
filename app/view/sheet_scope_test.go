package view

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

// shows puts a state on the screen as if the desk had found it.
func (d *shellDesk) shows(change func(*session.State)) {
	st := d.shell.State()
	change(&st)
	d.shell.Show(st)
	d.window.Content().Refresh()
}

const scopeTip = "f3a91c2e0000000000000000000000000000beef"

// grownFix is a hotfix that grew while it was made.
func grownFix() *workflow.Delta {
	line := func(change workflow.LineChange, text string) workflow.DiffLine {
		return workflow.DiffLine{Change: change, Text: text}
	}
	return &workflow.Delta{
		Base: "5d0c4e1900000000000000000000000000000bad", Tip: scopeTip,
		Commits: []workflow.CommitFact{{ID: scopeTip, Author: "Bob", Subject: "While I'm here, let me also refactor the auth module", Parents: 1}},
		Files: []workflow.FileDelta{
			{Path: "src/auth/token.ts", Status: workflow.FileModified, OldMode: "100644", NewMode: "100644", Added: 3, Removed: 2, Hunks: []workflow.Hunk{{
				OldFrom: 10, OldLines: 4, NewFrom: 10, NewLines: 5, Section: "validateToken", Lines: []workflow.DiffLine{
					line(workflow.LineKept, "function validateToken(token) {"), line(workflow.LineRemoved, "  const pattern = /^[A-Za-z0-9_]+$/; // This broke it"),
					line(workflow.LineRemoved, "  return pattern.test(token);"), line(workflow.LineAdded, "  const pattern = /^[A-Za-z0-9\\-._]+$/; // Restored working pattern"),
					line(workflow.LineAdded, "  console.log(\"validating\", token);"), line(workflow.LineAdded, "  return pattern.test(token.trim());"), line(workflow.LineKept, "}"),
				},
			}}},
			{Path: "src/auth/session.ts", Status: workflow.FileModified, OldMode: "100644", NewMode: "100644", Added: 4, Removed: 4, Hunks: []workflow.Hunk{{
				OldFrom: 40, OldLines: 4, NewFrom: 40, NewLines: 4, Lines: []workflow.DiffLine{
					line(workflow.LineRemoved, "  const name = 'session'"), line(workflow.LineRemoved, "  const limit = 30"), line(workflow.LineRemoved, "  const path = '/'"), line(workflow.LineRemoved, "  const secure = true"),
					line(workflow.LineAdded, "  const name = \"session\";"), line(workflow.LineAdded, "  const limit = 30;"), line(workflow.LineAdded, "  const path = \"/\";"), line(workflow.LineAdded, "  const secure = true;"),
				},
			}}},
			{Path: "package.json", Status: workflow.FileModified, OldMode: "100644", NewMode: "100644", Added: 1, Removed: 1, Hunks: []workflow.Hunk{{
				OldFrom: 21, OldLines: 1, NewFrom: 21, NewLines: 1, Lines: []workflow.DiffLine{line(workflow.LineRemoved, `    "jsonwebtoken": "^8.5.1",`), line(workflow.LineAdded, `    "jsonwebtoken": "^9.0.2",`)},
			}}},
		},
	}
}

// looksAt is a state with a change that was read.
func looksAt(delta *workflow.Delta) func(*session.State) {
	return func(st *session.State) {
		st.Chosen, st.Delta, st.Scope = "/srv/shop", delta, st.Incident.JudgeScope(*delta)
		st.Survey = workflow.Survey{Root: "/srv/shop", FixBranch: "hotfix/login", FixTip: delta.Tip, Base: delta.Base, BaseName: "origin/main"}
	}
}

func scopeStates() map[string]func(*shellDesk) {
	small := grownFix()
	small.Commits[0].Subject = "Restore the working token pattern"
	small.Files = small.Files[:1]
	small.Files[0].Hunks[0].Lines = append(small.Files[0].Hunks[0].Lines[:2:2], small.Files[0].Hunks[0].Lines[3])
	small.Files = append(small.Files, workflow.FileDelta{Path: "src/auth/token.test.ts", Status: workflow.FileModified, OldMode: "100644", NewMode: "100644", Added: 3})
	open := func(d *shellDesk) { d.shell.Run("incident.scope") }
	return map[string]func(*shellDesk){
		"no-repository": func(d *shellDesk) {
			d.shell.Do(workflow.RecordFix{Commit: "a1b2c3d", Summary: "The pattern, once more"}, nil)
			d.pump()
			open(d)
		},
		"no-base": func(d *shellDesk) {
			d.shows(func(st *session.State) { st.Survey = workflow.Survey{Root: "/srv/shop", FixTip: scopeTip} })
			open(d)
		},
		"busy": func(d *shellDesk) { d.shows(func(st *session.State) { st.Chosen = "/srv/shop" }); open(d) },
		"fault": func(d *shellDesk) {
			d.shows(func(st *session.State) {
				st.SurveySays = "Git did not answer within 20 seconds in /srv/shop. Nothing was changed. Look whether its disk is slow, or record what was done by hand."
			})
			open(d)
		},
		"clean":    func(d *shellDesk) { d.shows(looksAt(small)); open(d) },
		"findings": func(d *shellDesk) { d.shows(looksAt(grownFix())); open(d) },
		"accept": func(d *shellDesk) {
			d.shows(looksAt(grownFix()))
			open(d)
			d.push("Accept with a reason…")
		},
		"ticket": func(d *shellDesk) {
			d.shows(looksAt(grownFix()))
			open(d)
			d.push("Make it a ticket…")
		},
		"declare": func(d *shellDesk) {
			d.shows(looksAt(grownFix()))
			open(d)
			d.push("Declare the scope…")
		},
		"file": func(d *shellDesk) {
			d.shows(looksAt(grownFix()))
			open(d)
			d.push("The whole file")
		},
		"settled": func(d *shellDesk) {
			d.shows(looksAt(grownFix()))
			st := d.shell.state
			for i, f := range st.Scope.Findings {
				want := workflow.SettleFinding{ID: f.ID, Accept: i%2 == 0, Reason: "The old library cannot read the tokens of the mobile app", Of: &st.Scope}
				if i%2 == 1 {
					want.Ticket = "Refactor the auth module, with its own review"
				}
				d.shell.Do(want, nil)
			}
			d.pump()
			d.shows(looksAt(grownFix()))
			open(d)
		},
		"long": func(d *shellDesk) {
			long := grownFix()
			long.Cut = "Only the first 20 MB of the change were read."
			for i := range 30 {
				long.Files = append(long.Files, workflow.FileDelta{
					Path: fmt.Sprintf("deploy/k8s/overlays/%s/%02d/deployment.yaml", strings.Repeat("production-europe-west-", 4), i), Status: workflow.FileModified,
					OldMode: "100644", NewMode: "100644", Added: 1, Hunks: []workflow.Hunk{{NewFrom: 1, NewLines: 1, Lines: []workflow.DiffLine{{Change: workflow.LineAdded, Text: "replicas: " + strings.Repeat("4", 300)}}}},
				})
			}
			d.shows(looksAt(long))
			open(d)
		},
	}
}

// TestScopePictures draws the states of the scope's sheet; nothing is compared.
func TestScopePictures(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the sheets")
	}
	for name, open := range scopeStates() {
		for _, p := range pictures() {
			d := newShellDesk(t, 24*time.Minute, p.size.Width, p.size.Height)
			prefs := d.shell.State().Prefs
			prefs.Theme, prefs.Scale = p.theme, p.scale
			d.shell.SetPrefs(prefs, "")
			d.pump()
			open(d)
			d.window.Content().Refresh()
			capture(t, filepath.Join(dir, fmt.Sprintf("scope-%s-%s.png", name, p.name)), d.window)
		}
	}
}

func TestEachFindingIsAnsweredWithOneKey(t *testing.T) {
	d := newShellDesk(t, 24*time.Minute, 1280, 800)
	d.shows(looksAt(grownFix()))
	d.run("incident.scope")
	assert.True(t, d.sees("15 lines in 3 files on f3a91c2e, compared with origin/main. 4 findings wait for an answer."))
	assert.True(t, d.sees("jsonwebtoken from ^8.5.1 to ^9.0.2"))
	assert.True(t, d.sees("the guard reads text, not the program"), "it says what it cannot know")

	d.write("a")
	require.True(t, d.shell.layers.IsOpen("scope-accept"))
	d.run("incident.main")
	assert.True(t, d.sees("Say why it belongs in this hotfix."), "no reason, no answer")
	d.write("the old one cannot read the tokens")
	d.run("incident.main")
	looked, ok := d.incident().ScopeLooked()
	require.True(t, ok, "what was before the person goes on record with the answer")
	assert.Equal(t, scopeTip, looked.Tip)
	first := looked.Findings[0]
	answer, settled := d.incident().ScopeSettlement(first.ID)
	require.True(t, settled)
	assert.Equal(t, "the old one cannot read the tokens", answer.Reason)
	assert.True(t, d.sees("Accepted by Jane"), "the list follows")
	assert.True(t, d.sees("3 findings wait for an answer."))

	d.write("t")
	d.write("Refactor the auth module")
	d.run("incident.main")
	items := d.incident().Review.ActionItems()
	require.NotEmpty(t, items)
	assert.Equal(t, "Refactor the auth module", items[len(items)-1].Text.Get())
	assert.True(t, d.sees("2 findings wait for an answer."))

	d.press(fyne.KeyEscape)
	d.run("edit.undo")
	assert.Len(t, d.incident().Review.ActionItems(), len(items)-1, "an answer is taken back with its ticket")
}

func TestWithoutARepositoryAPersonsWordIsAskedFor(t *testing.T) {
	d := newShellDesk(t, 20*time.Minute, 800, 600)
	d.run("incident.scope")
	assert.True(t, d.sees("No repository is chosen for this incident"))
	d.fill("What was looked at, and what is in it", "Read the diff, one line")
	d.push("Record the look")
	looked, _ := d.incident().ScopeLooked()
	assert.Equal(t, "Read the diff, one line", looked.ByHand)
	assert.True(t, d.incident().Holds(workflow.ScopeSettled))
	assert.True(t, d.sees("Looked at by hand, by Jane"))
}

func TestTheScopeIsDeclaredFromItsSheet(t *testing.T) {
	d := newShellDesk(t, 24*time.Minute, 1280, 800)
	d.shows(looksAt(grownFix()))
	d.run("incident.scope")
	d.write("d")
	d.write("src/auth/**, test/**")
	d.run("incident.main")
	assert.Equal(t, []string{"src/auth/**", "test/**"}, d.incident().Fix.Declared().Paths)
}

func TestTheWholeFileOfAFindingIsShown(t *testing.T) {
	d := newShellDesk(t, 24*time.Minute, 1280, 800)
	d.shows(looksAt(grownFix()))
	d.run("incident.scope")
	d.write("o")
	require.True(t, d.shell.layers.IsOpen("scope-file"))
	assert.True(t, d.sees(`"jsonwebtoken": "^9.0.2"`))
	d.press(fyne.KeyEscape)
	assert.False(t, d.shell.layers.IsOpen("scope-file"))
	assert.True(t, d.shell.layers.IsOpen(scopeLayer))
}
