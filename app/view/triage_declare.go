package view

import (
	"fmt"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// declareSeverity is the draft of the level that was chosen.
const declareSeverity = "app.declare.severity"

// declareView opens an incident: a title is enough.
type declareView struct {
	ask     Asker
	policy  workflow.Playbook
	content fyne.CanvasObject
	form    *form
	at      *timeInput
	levels  *kit.Segmented
	effect  *kit.Text
	asks    *questionBox
	table   *levelTable
	similar *similarBox
	first   fyne.CanvasObject
	place   *kit.Text
	will    *lineList
	fault   *faultBox
	side    *fyne.Container
	state   session.State
}

func newDeclareView(ask Asker, st session.State) *declareView {
	v := &declareView{ask: ask, policy: st.Policy, state: st}
	v.form = newForm(ask, "app.declare", "Declare", "", v.intent,
		input{name: "title", label: "Title", hint: "Checkout 5xx after release 1.8.3", help: "Only the title is required. Everything can be edited later."},
		input{name: "at", label: "Detected", hint: "now"},
		input{name: "service", label: "Service", hint: "checkout"},
		input{name: "commander", label: "Incident commander", hint: "you"},
		input{name: "scribe", label: "Scribe", hint: "nobody yet"},
		input{name: "impact", label: "Impact", lines: 2, hint: "Who is hit, and what they cannot do"},
	)
	v.form.button.Icon("declare")
	v.form.changed = func(name string) { v.typed(name) }
	v.at = newTimeInput(v.form.fields["at"], "Empty is the moment you declare. 14:32, -5m, yesterday 23:50 and ~13:30 work.", v.readDetected).Quick()
	v.levels = kit.NewSegmented(levelOptions(st.Policy), v.choose)
	v.levels.Choose(undecidedRow)
	v.effect = kit.NewCaption("").Wrapped()
	v.asks = newQuestionBox(ask, st.Policy, v.choose)
	v.form.also = append(v.asks.drafts(), declareSeverity)
	v.fault = newFaultBox()
	main := v.layOut()
	v.form.inputs = main
	v.table = newLevelTable(st.Policy)
	v.similar = newSimilarBox(ask)
	v.place = kit.NewCaption("").Wrapped()
	v.first = firstRun(ask, v.place)
	v.will = newLineList(1)
	v.side = kit.Column(look.Space3, v.first, v.table.content, v.similar.content, kit.NewPanel("Declaring will", v.will.box).Tight())
	v.content = triageColumns(main, v.side, kit.Column(look.Space2, v.form.says, kit.Row(look.Space4, v.form.button)))
	return v
}

// layOut sets the inputs in the order in which they matter.
func (v *declareView) layOut() *fyne.Container {
	f := v.form.fields
	return kit.Column(look.Space4,
		v.fault.content,
		kit.NewHeading("What is broken?"),
		f["title"],
		v.at.content,
		kit.Column(look.Space2, kit.NewText("How bad is it?").Bold(), v.levels, v.effect),
		v.asks.content,
		kit.Grid(look.Space3, 3, slim(170, f["service"]), slim(170, f["commander"]), slim(170, f["scribe"])),
		f["impact"],
	)
}

// levelOptions are the levels as big choices, and "unsure".
func levelOptions(p workflow.Playbook) []kit.Option {
	var out []kit.Option
	for _, l := range p.Levels {
		how := severityLook(p, l.ID)
		out = append(out, kit.Option{ID: l.ID, Word: l.ID, Sub: l.Description, Icon: how.Icon, IconRole: how.Fill})
	}
	return append(out, kit.Option{ID: undecidedRow, Word: "Unsure", Sub: "Decide later", Icon: "undecided"})
}

// choose keeps the level that the person chose.
func (v *declareView) choose(id string) {
	v.levels.Choose(rowOfLevel(levelOfRow(id)))
	v.ask.Draft(declareSeverity, levelOfRow(id))
	v.showLevel()
}

func (v *declareView) level() string { return levelOfRow(v.levels.Chosen()) }

func (v *declareView) showLevel() {
	level := v.level()
	holds, word := level, "chosen"
	if l, ok := v.policy.Level(level); ok {
		flow := "Normal flow: full spec, several reviewers, staging."
		if l.Flow == workflow.HotfixFlow {
			flow = "Hotfix flow."
		}
		v.effect.SetText(levelRules(l) + " " + flow)
	} else if len(v.policy.Levels) > 0 {
		holds, word = v.policy.Levels[0].ID, "for now"
		v.effect.SetText(fmt.Sprintf("Undecided counts as %s until decided.", holds))
	}
	v.table.Show(holds, word)
	v.asks.Weigh(level)
}

// typed follows what is typed, key by key.
func (v *declareView) typed(name string) {
	switch name {
	case "at":
		v.at.Reread()
		v.showWill()
	case "title", "service":
		if v.similar.Show(v.state, v.form.Value("title"), v.form.Value("service")) {
			v.side.Refresh()
		}
	}
}

func (v *declareView) readDetected(typed string) (workflow.Stamp, error) {
	return readStamp(v.state, v.form.draft("at"), typed)
}

func (v *declareView) showWill() {
	at := v.state.Now
	if stamp, err := v.readDetected(v.form.Value("at")); err == nil && stamp.Known() {
		at = stamp.Time
	}
	v.will.Set(willDo(v.policy, clockOf(workflow.StampAt(at, v.state.Shown()), v.state)))
}

// Show brings drafts back and follows the clock.
func (v *declareView) Show(st session.State) {
	v.state = st
	v.form.Show(st)
	if level := st.Drafts[declareSeverity].Text; level != v.level() {
		v.levels.Choose(rowOfLevel(level))
	}
	v.form.fields["commander"].Placeholder(orElse(st.Actor(), "you") + ", you")
	v.asks.Show(st, v.level())
	v.at.Show(st)
	v.showLevel()
	v.showWill()
	if asker, ok := v.ask.(interface{ about() About }); ok {
		v.place.SetText(asker.about().place())
	} else {
		v.place.SetText(About{}.place())
	}
	fresh := len(st.History) == 0 && !st.Sample
	moved := v.first.Visible() != fresh
	show(v.first, fresh)
	moved = v.similar.Show(st, v.form.Value("title"), v.form.Value("service")) || moved
	if moved {
		v.side.Refresh()
	}
	if v.fault.Show(st.Fault) {
		v.content.Refresh()
	}
}

func (v *declareView) intent(value func(string) string) (workflow.Intent, error) {
	at, err := v.readDetected(value("at"))
	if err != nil {
		return nil, err
	}
	return workflow.Declare{
		Title: value("title"), Detected: at, Severity: v.level(), Service: value("service"),
		Commander: value("commander"), Scribe: value("scribe"), Impact: value("impact"),
		Answers: v.asks.Answers(), Playbook: v.policy, Sample: v.state.Sample,
	}, nil
}

// faultBox says why the team's playbook is not in force.
type faultBox struct {
	content *fyne.Container
	says    *kit.Text
}

func newFaultBox() *faultBox {
	b := &faultBox{says: kit.NewText("").Wrapped()}
	b.content = kit.Column(0, kit.NewPanel("The team's playbook is not in force", b.says).Filled(look.WarningFill, look.WarningText))
	b.content.Hide()
	return b
}

// Show reports whether the height changed.
func (b *faultBox) Show(fault string) bool {
	if fault == b.says.Text() {
		return false
	}
	b.says.SetText(fault)
	show(b.content, fault != "")
	return true
}
