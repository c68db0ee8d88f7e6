package view

import (
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// deploySheet is a deploy from here: what stands in the way, the command in full
// as it would be run, and a confirmation that no key gives by itself. Once it
// runs, the sheet shows that instead.
type deploySheet struct {
	s     *Shell
	layer *kit.Layer
	run   workflow.DeployRun // which one: production, staging or back
	form  *form
	plan  workflow.DeployPlan

	asks  *fyne.Container // room for the plan
	lives *fyne.Container // room for the run
	gate  *deployGate
	lost  *lostDeploy
	says  *deployWords
	live  *deployLive

	confirm           *kit.Field
	wrong             *kit.Text
	start, dry, other *kit.Button
	calm              *kit.Button // what Enter does where there is no dry run: nothing
}

const deployLayer = "deploy"

// endOfPlan is further down than any plan is long.
const endOfPlan = 1 << 20

// The three deploys of the sheet.
const (
	toProduction = "production"
	toStaging    = "staging"
	goingBack    = "rollback"
)

// openDeploy opens the sheet for what is next: the way back where that was
// decided, else production.
func (s *Shell) openDeploy() {
	which := toProduction
	if s.state.Incident.Fix.Choice().Option == workflow.RollbackOption {
		which = goingBack
	}
	if open, ok := s.state.Incident.OpenDeploy(); ok {
		which = whichDeploy(open)
	}
	s.openDeployTo(which)
}

func whichDeploy(d workflow.DeployRun) string {
	switch {
	case d.Rollback:
		return goingBack
	case d.Environment == workflow.Staging:
		return toStaging
	default:
		return toProduction
	}
}

func (s *Shell) openDeployTo(which string) {
	d := newDeploySheet(s, which)
	s.CloseLayer(deployLayer)
	s.openSheet(d.layer, d.Show)
}

func newDeploySheet(s *Shell, which string) *deploySheet {
	d := &deploySheet{s: s, run: workflow.DeployRun{Environment: workflow.Production, Rollback: which == goingBack}}
	if which == toStaging {
		d.run.Environment = workflow.Staging
	}
	d.gate, d.lost, d.says, d.live = newDeployGate(s), newLostDeploy(s), newDeployWords(s), newDeployLive(s, d)
	choice := kit.NewSegmented([]kit.Option{{ID: toProduction, Word: "Production"}, {ID: toStaging, Word: "Staging"}, {ID: goingBack, Word: "Roll back"}}, s.openDeployTo)
	choice.Choose(which)
	d.form = d.newForm(which)
	d.confirm = kit.NewField("Type " + d.word() + " to run it").Mono()
	d.confirm.OnChanged = func(string) { d.offer() }
	d.wrong = kit.NewText("").In(look.ErrorText).Wrapped()
	d.wrong.Hide()
	d.start = kit.NewButton(d.startWord(), func() { d.begin(d.plan) }).As(kit.Danger).OnlySpace()
	d.dry = kit.NewPrimary("Dry run", d.tryDry).Key("Ctrl+Enter")
	d.other = kit.NewQuiet("It was done elsewhere…", d.elsewhere)
	d.calm = kit.NewButton("", func() {
		d.refuse("Enter starts nothing here. Type the word, go to the button with Tab, and press Space.")
	})
	plan := kit.NewScroller(kit.Column(look.Space4, choice, d.lost.box, d.gate.box, d.form.inputs, d.says.box)).Fitted()
	d.confirm.OnFocus = func(on bool) {
		if on { // who types the word has the whole command in sight
			plan.ScrollTo(endOfPlan)
		}
	}
	d.asks = kit.Grow(plan)
	d.lives = kit.Grow(d.live.box)
	d.layer = &kit.Layer{
		ID: deployLayer, Title: "Deploy", Body: kit.Column(look.Space2, d.asks, d.lives, d.confirm, d.wrong), Width: 760, Place: kit.Top,
		Actions: append([]*kit.Button{d.dry, d.start, d.other}, d.live.buttons()...), Default: d.calm,
	}
	_, open := s.state.Incident.OpenDeploy()
	if gate := d.run.Gate(); !open && (gate == "" || s.state.Incident.Gate(gate).Open()) {
		d.layer.First = d.form.first() // else what stands in the way comes first
	}
	if d.dryCommand() != "" {
		d.layer.Default = d.dry
	}
	return d
}

// newForm holds what a person can change: the version and the command. Enter in
// it starts nothing.
func (d *deploySheet) newForm(which string) *form {
	label := "Version that goes out"
	if d.run.Rollback {
		label = "Back to version"
	}
	f := newForm(d.s, "deploy."+which, "", "", nil,
		input{name: "version", label: label, hint: "v1.2.4", mono: true},
		input{name: "command", label: "Command", hint: "./deploy.sh {commit}", mono: true, lines: 2})
	f.changed = func(string) { d.replan(d.s.state) }
	in := d.s.state.Incident
	lines := in.DeployCommands(d.run)
	if len(lines) > 0 {
		f.Start("command", lines[0])
	}
	if d.run.Rollback {
		f.Start("version", in.Proof.Rollback.Get().Version)
	}
	if len(lines) > 1 {
		under(f, 1, examples(f, "command", lines[1:]))
	}
	for _, field := range f.fields {
		field.OnSubmit = func(string) { d.layer.Default.Press() }
	}
	return f
}

// word is what has to be typed: the environment's own name.
func (d *deploySheet) word() string {
	if d.run.Rollback {
		return "rollback"
	}
	return d.run.Environment
}

func (d *deploySheet) startWord() string {
	if d.run.Rollback {
		return "Roll production back"
	}
	return "Deploy to " + d.run.Environment
}

func (d *deploySheet) dryCommand() string {
	lines := d.s.state.Incident.DeployCommands(workflow.DeployRun{DryRun: true})
	if len(lines) == 0 || d.run.Rollback {
		return ""
	}
	return lines[0]
}

// Show brings the sheet in line with a state.
func (d *deploySheet) Show(st session.State) {
	d.form.Show(st)
	runs := d.live.Show(st)
	for _, b := range []*kit.Button{d.dry, d.start, d.other} {
		show(b, !runs && (b != d.dry || d.dryCommand() != "") && (b != d.other || !d.run.DryRun))
	}
	moved := runs != d.lives.Visible() || runs == d.asks.Visible()
	show(d.asks, !runs)
	show(d.lives, runs)
	if runs {
		show(d.confirm, false)
	}
	if moved { // with the buttons as they are now
		d.s.layers.Refresh()
	}
	if !runs {
		d.replan(st)
	}
}

// replan makes the plan of what the form says, and shows it where it changed.
func (d *deploySheet) replan(st session.State) {
	run := d.run
	run.Version = d.form.Value("version")
	d.plan = st.Incident.PlanDeploy(run, d.form.Value("command"))
	changed := d.lost.Show(st)
	changed = d.gate.Show(st, d.plan) || changed
	changed = d.says.Show(st, d.plan, d.s.Trusted) || changed
	asks := d.plan.Open() && !d.lives.Visible() // behind a closed gate the word would open nothing
	changed = changed || asks != d.confirm.Visible()
	show(d.confirm, asks)
	if d.offer(); changed {
		d.s.layers.Refresh()
	}
}

// offer says why it cannot be started yet.
func (d *deploySheet) offer() {
	off := d.held()
	if off == "" && strings.TrimSpace(d.confirm.Text()) != d.word() {
		off = "Type " + d.word() + " above to run it"
	}
	d.start.SetOff(off)
	d.dry.SetOff("")
	if dry := d.dryPlan(); dry.Err != nil {
		d.dry.SetOff(dry.Err.Error())
	} else if dry.Asks != nil && !d.s.Trusted(*dry.Asks) {
		d.dry.SetOff("Its command waits to be accepted: see the commands of this playbook")
	}
}

// held is what stands in the way of the real run, the typed word apart.
func (d *deploySheet) held() string {
	switch p := d.plan; {
	case !p.Open():
		return "The gate is closed: " + p.Gate.Missing()[0].Missing
	case p.Err != nil:
		return p.Err.Error()
	case p.Asks != nil && !d.s.Trusted(*p.Asks):
		return "This command waits to be accepted"
	case d.s.state.Repo.Root == "":
		return "Choose the repository first: the command runs in its folder"
	default:
		return ""
	}
}

func (d *deploySheet) dryPlan() workflow.DeployPlan {
	run := d.run
	run.DryRun, run.Version = true, d.form.Value("version")
	return d.s.state.Incident.PlanDeploy(run, d.dryCommand())
}

// tryDry is the default key's where there is a dry run; while something runs the
// key does nothing.
func (d *deploySheet) tryDry() {
	if !d.lives.Visible() {
		d.begin(d.dryPlan())
	}
}

// begin runs a plan, as it was shown.
func (d *deploySheet) begin(plan workflow.DeployPlan) {
	d.refuse("")
	d.s.RunDeploy(plan, func(err error) {
		if err != nil {
			d.refuse(err.Error())
			return
		}
		d.confirm.SetText("") // it is typed anew for each run
		d.live.watch(session.DeployKeyOf(plan.Run))
		d.Show(d.s.state)
		d.s.layers.Refresh()
	})
}

func (d *deploySheet) refuse(says string) {
	if d.lives.Visible() {
		return
	}
	d.wrong.SetText(says)
	show(d.wrong, says != "")
	d.s.layers.Refresh()
}

// elsewhere records a deploy that was made by other means.
func (d *deploySheet) elsewhere() {
	d.s.CloseLayer(deployLayer)
	gate := workflow.DeployGate
	w := map[string]way{toProduction: wayDeploy, toStaging: wayStaging, goingBack: wayGoBack}[whichDeploy(d.run)]
	if d.run.Rollback {
		gate = workflow.RollbackGate
	}
	d.s.openWay(w, gate)
}
