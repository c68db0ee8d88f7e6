package view

import (
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// runSheet runs the critical tests: those that are proposed for the fix, or a
// command of one's own. While one runs, and until somebody goes back, it shows
// that instead. Closing the sheet does not touch it.
type runSheet struct {
	s     *Shell
	layer *kit.Layer
	where *lineList
	list  *runList
	form  *form
	asks  *fyne.Container
	lives *fyne.Container
	live  *runLive

	begin, byHand *kit.Button
}

const runLayer = "tests"

func (s *Shell) openTests() {
	r := newRunSheet(s)
	s.CloseLayer(runLayer)
	s.openSheet(r.layer, r.Show)
}

func newRunSheet(s *Shell) *runSheet {
	r := &runSheet{s: s, where: newLineList(1)}
	r.list = newRunList(r.runProposed)
	r.live = newRunLive(s, r)
	r.form = newForm(s, "tests.run", "", "", nil,
		input{name: "command", label: "Or a command of your own", hint: "npm test -- --grep \"auth\"", mono: true},
		input{name: "override", label: "Why this suite is needed now", hint: "The fix changes the build"},
		input{name: "by", label: "Who says so", hint: s.state.Actor()})
	r.form.send = r.runTyped
	r.form.changed = func(string) { r.needs(s.state) }
	r.begin = kit.NewPrimary("Run", r.main).Key("Ctrl+Enter")
	r.byHand = kit.NewQuiet("It was run elsewhere…", func() {
		s.CloseLayer(runLayer)
		s.openWayForm(wayTests, "")
	})
	r.asks = kit.Grow(kit.NewScroller(kit.Column(look.Space4, r.where.box, r.list.box, r.form.inputs)).Fitted())
	r.lives = kit.Grow(r.live.box)
	r.layer = &kit.Layer{
		ID: runLayer, Title: "Run the critical tests", Body: kit.Column(look.Space2, r.asks, r.lives), Width: 760, Place: kit.Top,
		Actions: append([]*kit.Button{r.begin, r.byHand}, r.live.buttons()...),
	}
	r.layer.Default = kit.NewButton("", r.main)
	r.form.moved, r.form.resized = s.layers.Refresh, s.layers.Refresh
	if len(s.state.Incident.ProposeRuns(s.state.Delta)) == 0 {
		r.layer.First = r.form.first()
	}
	return r
}

// main is what Ctrl+Enter does: the command that was typed, else the proposal
// that is chosen; and once something ran, the same again.
func (r *runSheet) main() {
	if r.live.main() {
		return
	}
	if strings.TrimSpace(r.form.Value("command")) != "" {
		r.form.Submit()
		return
	}
	r.list.activate()
}

func (r *runSheet) runProposed(p workflow.ProposedRun) {
	want := session.TestsWanted{Line: p.Line, Name: p.Name, Override: r.form.Value("override"), By: r.form.Value("by")}
	if !p.Derived && !r.s.Trusted(p.Command(r.s.state.Incident.Playbook)) {
		r.s.Run("incident.trust")
		return
	}
	r.s.RunTests(want, func(err error) {
		if err == nil {
			return
		}
		r.form.Set("command", p.Line) // to be seen beside the reason that is asked for
		r.needs(r.s.state)
		r.form.refuse(err)
	})
}

func (r *runSheet) runTyped(done func(error)) {
	r.s.RunTests(session.TestsWanted{Line: r.form.Value("command"), Typed: true, Override: r.form.Value("override"), By: r.form.Value("by")}, done)
}

// Show brings the sheet in line with a state.
func (r *runSheet) Show(st session.State) {
	r.form.Show(st)
	runs := r.live.Show(st)
	changed := runs != r.lives.Visible() || runs == r.asks.Visible()
	show(r.asks, !runs)
	show(r.lives, runs)
	show(r.begin, !runs)
	show(r.byHand, !runs)
	if !runs {
		changed = r.where.Set(runWhere(st)) || changed
		changed = r.list.Show(st, r.s.Trusted) || changed
		changed = r.needs(st) || changed
	}
	if changed {
		r.s.layers.Refresh()
	}
}

// needs asks for a reason where the typed command is a suite that a hotfix does
// not run.
func (r *runSheet) needs(st session.State) bool {
	why := ""
	if line := strings.TrimSpace(r.form.Value("command")); line != "" {
		if _, err := st.Incident.MayRun(line, st.Delta.Touched(), ""); err != nil {
			why = err.Error()
		}
	}
	override := r.form.fields["override"]
	override.SetHelp(why)
	if override.Visible() == (why != "") {
		return false
	}
	show(override, why != "")
	show(r.form.fields["by"], why != "")
	r.s.layers.Refresh()
	return true
}

// runWhere says what the tests will see, and what they would be good for.
func runWhere(st session.State) []lineOf {
	fix := st.Incident.Fix.Change.Get().Commit
	s := st.Survey
	if s.Root == "" {
		if st.Repo.Root == "" {
			return []lineOf{{icon: "warning", role: look.WarningText, text: "No repository is chosen, so nothing can be run from here. Choose one in Settings; what was run elsewhere can be recorded all the same."}}
		}
		return []lineOf{{icon: "folder", role: look.Muted, text: "They run in " + st.Repo.Root + "."}}
	}
	at := ""
	switch head := workflow.ShortCommit(s.Head); {
	case s.Branch != "" && head != "":
		at = ", on " + s.Branch + " at " + head
	case s.Branch+head != "":
		at = ", on " + s.Branch + head
	}
	lines := []lineOf{{icon: "folder", role: look.Muted, text: "They run in " + s.Root + at + "."}}
	warn := func(text string) { lines = append(lines, lineOf{icon: "warning", role: look.WarningText, text: text}) }
	switch {
	case fix == "":
		warn("The fix has no commit yet. Record it, and the tests count for it.")
	case s.Head == "":
	case !workflow.SameCommit(fix, s.Head):
		warn("The fix is " + workflow.ShortCommit(fix) + ": tests of another commit prove nothing about it. Check it out first.")
	case s.Changed > 0:
		warn(countOf(s.Changed, "file is", "files are") + " changed and not committed: a run would prove nothing about the commit.")
	}
	return lines
}
