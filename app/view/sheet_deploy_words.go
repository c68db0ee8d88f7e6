package view

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// deployGate is the gate of a deploy: what holds, and what is missing, each
// beside the way that settles it.
type deployGate struct {
	s     *Shell
	box   *fyne.Container
	head  *lineList
	holds *lineList
	todo  *fyne.Container
	shown []string
}

func newDeployGate(s *Shell) *deployGate {
	g := &deployGate{s: s, head: newLineList(1), holds: newLineList(2).Small(), todo: kit.Column(look.Space1)}
	g.box = kit.Column(look.Space2, g.head.box, g.todo, g.holds.box)
	return g
}

// Show brings the gate in line with a plan; it says whether the height may have
// changed.
func (g *deployGate) Show(st session.State, p workflow.DeployPlan) bool {
	head, holds := gateHead(p), []lineOf(nil)
	for _, f := range p.Gate.Findings {
		if f.Holds {
			holds = append(holds, lineOf{icon: "step-done", role: look.SuccessText, text: spelled(f.Says)})
		}
	}
	if asksForWayBack(p) {
		holds = append(holds, wayBackLine(st))
	}
	heads := []lineOf{head}
	if failed, some := st.Incident.FailedDeploy(); some && failed.Environment == p.Run.Environment && failed.Rollback == p.Run.Rollback {
		heads = append(heads, lineOf{icon: "error", role: look.ErrorText, text: "The last " + failed.Word() + " " + failed.Ended.Words()})
	}
	changed := g.head.Set(heads)
	changed = g.holds.Set(holds) || changed
	return g.showTodo(p.Gate) || changed
}

func (g *deployGate) showTodo(gate workflow.Gate) bool {
	var words []string
	for _, f := range gate.Missing() {
		words = append(words, string(f.Fact), f.Missing)
	}
	if slices.Equal(words, g.shown) {
		return false
	}
	g.shown, g.todo.Objects = words, nil
	for _, f := range gate.Missing() {
		w := waysOf(f.Fact)[0]
		row := kit.Row(look.Space2, kit.NewIcon("step-open").Edge(16).In(look.WarningText), kit.Grow(kit.NewText(f.Missing).Wrapped()))
		if w != wayPlain {
			row.Add(kit.NewButton(wayWord(w)+"…", func() { g.s.openWay(w, gate.ID) }).Small())
		}
		g.todo.Add(row)
	}
	if len(words) > 0 && !gate.Open() {
		g.todo.Add(kit.Row(look.Space2, kit.NewQuiet("Override the gate…", func() { g.s.openWay(wayOverride, gate.ID) }).Small()))
	}
	show(g.todo, len(words) > 0)
	g.todo.Refresh()
	return true
}

func gateHead(p workflow.DeployPlan) lineOf {
	switch g := p.Gate; {
	case g.ID == "":
		return lineOf{icon: "unlock", role: look.SuccessText, text: "Nothing bars a deploy to staging.", bold: true}
	case len(g.Missing()) == 0:
		return lineOf{icon: "unlock", role: look.SuccessText, text: g.Name + ": the gate is open", bold: true}
	case g.Open():
		return lineOf{icon: "unlock", role: look.WarningText, text: g.Name + ": overridden by " + g.Overridden.By + ", because " + g.Overridden.Reason, bold: true}
	default:
		return lineOf{icon: "lock", role: look.Text, text: g.Name + ": the gate is closed. " + plural(len(g.Missing()), "thing is missing", "things are missing") + ".", bold: true}
	}
}

// asksForWayBack says whether a way back that is not ready is worth a line: not
// where the gate asks for it already.
func asksForWayBack(p workflow.DeployPlan) bool {
	if !p.Run.Rollback && p.Gate.ID != workflow.DeployGate {
		return false
	}
	return !slices.ContainsFunc(p.Gate.Missing(), func(f workflow.Finding) bool { return f.Fact == workflow.RollbackReady })
}

// wayBackLine is how ready the way back is, and since when.
func wayBackLine(st session.State) lineOf {
	h, ok := st.Incident.Proof.Rollback.Head()
	switch {
	case !ok:
		return lineOf{icon: "step-open", role: look.WarningText, text: "The way back is not ready"}
	case h.Value.Version == "":
		return lineOf{icon: "warning", role: look.WarningText, text: "The way back names no version to go back to"}
	default:
		return lineOf{icon: "step-done", role: look.SuccessText, text: "Way back to " + h.Value.Version + ", readied " + ago(h.At.Time, st.Now)}
	}
}

// deployWords are the command as it would be run, and all that belongs to it.
type deployWords struct {
	s     *Shell
	box   *fyne.Container
	line  *kit.Text
	about *kit.Text
	wrong *kit.Text
	trust *fyne.Container
	shown string
}

func newDeployWords(s *Shell) *deployWords {
	w := &deployWords{s: s, line: kit.NewMono("").Wrapped(), about: kit.NewCaption("").In(look.Muted).Wrapped(), wrong: kit.NewText("").In(look.WarningText).Wrapped()}
	w.trust = kit.Row(look.Space2, kit.NewIcon("warning").Edge(16).In(look.WarningText),
		kit.Grow(kit.NewText("Nobody has accepted this command of the playbook on this machine.").Wrapped()),
		kit.NewButton("Look at it…", s.openTrust).Small())
	w.box = kit.Column(look.Space2, kit.NewPanel("", kit.Column(look.Space2, w.line, w.about)), w.wrong, w.trust)
	return w
}

// Show brings the words in line with a plan.
func (w *deployWords) Show(st session.State, p workflow.DeployPlan, trusted func(workflow.PlaybookCommand) bool) bool {
	line, about, wrong := "Nothing to run yet", deployAbout(st, p), ""
	if p.Err == nil {
		line = workflow.ShownCommand(p.Order.Line)
	} else if p.Command != "" {
		line, wrong = workflow.ShownCommand(p.Command), p.Err.Error()
	}
	asks := p.Err == nil && p.Asks != nil && !trusted(*p.Asks)
	now := strings.Join([]string{line, about, wrong, fmt.Sprint(asks)}, "\x00")
	if now == w.shown {
		return false
	}
	w.shown = now
	w.line.SetText(line)
	w.about.SetText(about)
	w.wrong.SetText(wrong)
	show(w.wrong, wrong != "")
	show(w.trust, asks)
	return true
}

// deployAbout says where a command would run, of what, for how long, and what is
// added to its environment.
func deployAbout(st session.State, p workflow.DeployPlan) string {
	folder := st.Repo.Root
	if folder == "" {
		folder = "a repository that is not chosen yet"
	}
	parts := []string{"Runs in " + folder + ", for at most " + workflow.Words(p.Order.Limit) + "."}
	if p.Order.Shell {
		parts = append(parts, "A shell reads it, because the playbook says so.")
	}
	if c := st.Incident.Fix.Change.Get(); p.Run.Commit != "" {
		says := "Commit " + workflow.ShortCommit(p.Run.Commit)
		if c.Summary != "" {
			says += ": " + onlyLine(c.Summary)
		}
		parts = append(parts, strings.TrimRight(says, ".")+".")
	}
	if len(p.Order.Env) > 0 {
		parts = append(parts, "With "+strings.Join(p.Order.Env, ", ")+".")
	}
	return strings.Join(parts, " ")
}

func onlyLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// lostDeploy is a deploy without an end on record: a question, with its answers.
type lostDeploy struct {
	s    *Shell
	box  *fyne.Container
	says *kit.Text
	of   workflow.EventID
}

func newLostDeploy(s *Shell) *lostDeploy {
	l := &lostDeploy{s: s, says: kit.NewText("").Wrapped()}
	tell := func(told, says string) func() {
		return func() { s.DoAndOffer(workflow.EndDeploy{Started: l.of, Told: told}, says, nil) }
	}
	l.box = kit.Column(look.Space2,
		kit.TopRow(look.Space2, kit.NewIcon("warning").Edge(18).In(look.WarningText), kit.Grow(l.says)),
		kit.Row(look.Space2, kit.NewButton("It went out", tell(workflow.TellWent, "Recorded: it went out.")).Small(), kit.NewButton("It failed", tell(workflow.TellFailed, "Recorded: it failed.")).Small()))
	l.box.Hide()
	return l
}

// Show brings the question in line with a state.
func (l *lostDeploy) Show(st session.State) bool {
	open, lost := st.LostDeploy()
	changed := lost != l.box.Visible() || open.Entry != l.of
	l.of = open.Entry
	if lost {
		l.says.SetText(session.LostWords(open, st.Shown()))
	}
	show(l.box, lost)
	return changed
}
