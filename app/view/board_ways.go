package view

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// build makes the form of a way when it is first needed.
func (c *nextCard) build(w way) *answer {
	makers := map[way]func() *answer{
		waySeverity: c.severityWay, wayImpact: c.impactWay,
		wayChannel:   func() *answer { return c.tellWay(workflow.StakeholderChannel) },
		wayStatus:    func() *answer { return c.tellWay(workflow.StatusPageChannel) },
		wayIncrement: c.incrementWay, wayElsewhere: c.elsewhereWay, wayCause: c.causeWay, wayFix: c.fixWay, wayTests: c.testsWay,
		wayRollback: c.rollbackWay, wayApprove: c.approveWay,
		wayStaging: func() *answer { return c.deployWay(w, workflow.Deploy{Environment: workflow.Staging}) },
		wayDeploy:  func() *answer { return c.deployWay(w, workflow.Deploy{Environment: workflow.Production}) },
		wayGoBack: func() *answer {
			return c.deployWay(w, workflow.Deploy{Environment: workflow.Production, Rollback: true})
		},
		wayOverride: c.overrideWay, wayCheck: c.checkWay, wayWatch: c.watchWay, wayAllClear: c.allClearWay, waySchedule: c.scheduleWay,
		wayDecide: c.decideWay, wayPlain: c.plainWay, wayReopen: c.reopenWay, wayConfirm: c.confirmWay,
		wayScope:  c.scopeWay,
		wayFinish: c.finishWay, wayExtend: c.extendWay, waySkip: c.skipWay,
		wayEnded: c.endedWay,
	}
	if maker, ok := makers[w]; ok {
		return maker()
	}
	return c.leaveWay()
}

// wayWord is how another way is offered beside the main button.
func wayWord(w way) string {
	words := map[way]string{
		waySeverity: "Severity", wayImpact: "Impact", wayChannel: "In the channel", wayStatus: "On the status page",
		wayIncrement: "Create increment", wayElsewhere: "It is written already", wayCause: "Root cause", wayFix: "The fix",
		wayTests: "Tests", wayRollback: "Rollback", wayApprove: "Approval", wayStaging: "Staging", wayDeploy: "Deploy",
		wayOverride: "Override…", wayDecide: "Decide", wayCheck: "By hand", wayWatch: "By probes", wayPlain: "It is done", wayReopen: "It is open",
		wayFinish: "It is done", wayExtend: "Give more time", wayGoBack: "Roll back", wayEnded: "How it ended",
		wayScope: "Scope",
	}
	if word, ok := words[w]; ok {
		return word
	}
	return capital(string(w))
}

// formAnswer makes a way of a form. Set brings what the form starts with in
// line with a state; it may be nil.
func (c *nextCard) formAnswer(f *form, set func(session.State, workflow.Next), more ...fyne.CanvasObject) *answer {
	var body fyne.CanvasObject = f.inputs
	if len(more) > 0 {
		body = kit.Column(look.Space2, append([]fyne.CanvasObject{f.inputs}, more...)...)
	}
	a := &answer{word: f.button.Word(), body: body, submit: f.Submit, first: f.first, caret: f.hasCaret, typed: f.Typed}
	a.show = func(st session.State, next workflow.Next) {
		if set != nil {
			set(st, next)
		}
		f.Show(st)
	}
	for _, field := range f.fields {
		field.OnFocus = func(on bool) {
			if on { // first within the card, then the board around it
				c.form.Reveal(field)
			}
		}
	}
	f.after = c.settled
	f.resized = func() { c.fit() }
	heard := f.changed
	f.changed = func(name string) {
		c.touched()
		if heard != nil {
			heard(name)
		}
		if a.off != nil {
			c.foot.main.SetOff(a.off())
		}
	}
	return a
}

// buttonAnswer is a way without anything to type.
func (c *nextCard) buttonAnswer(word string, body fyne.CanvasObject, run func()) *answer {
	return &answer{
		word: word, body: body, submit: run,
		show:  func(session.State, workflow.Next) {},
		first: func() fyne.Focusable { return nil },
		caret: func() bool { return false },
		typed: func() bool { return false },
	}
}

// first is the first input that can take the caret.
func (f *form) first() fyne.Focusable {
	for _, in := range f.order {
		if field, ok := f.fields[in.name]; ok && field.Visible() {
			return field.Target()
		}
		if choice, ok := f.choices[in.name]; ok {
			return choice
		}
		if big, ok := f.picks[in.name].(*kit.Segmented); ok {
			return big.Target()
		}
	}
	return nil
}

// hasCaret says whether the focus is in one of the inputs.
func (f *form) hasCaret() bool {
	for _, field := range f.fields {
		if field.Focused() {
			return true
		}
	}
	canvas := fyne.CurrentApp().Driver().CanvasForObject(f.inputs)
	if canvas == nil || canvas.Focused() == nil {
		return false
	}
	for _, choice := range f.choices {
		if canvas.Focused() == fyne.Focusable(choice) {
			return true
		}
	}
	for _, p := range f.picks {
		if big, ok := p.(*kit.Segmented); ok && canvas.Focused() == big.Target() {
			return true
		}
	}
	return false
}

// inOrder asks for one thing after the other and stops at the first refusal.
func inOrder(ask Asker, done func(error), wants ...func(done func(error))) {
	if len(wants) == 0 {
		done(nil)
		return
	}
	wants[0](func(err error) {
		if err != nil {
			done(err)
			return
		}
		inOrder(ask, done, wants[1:]...)
	})
}

// refusal is a sentence under an input that the workflow itself cannot give.
func refusal(field, says string) error {
	return &workflow.RuleError{Code: "board." + field, Field: field, Says: says}
}

// timeBox reads "15", "15m" or "1h30m"; empty is 0, the playbook's own.
func timeBox(typed string) (time.Duration, error) {
	if typed == "" {
		return 0, nil
	}
	if box, err := time.ParseDuration(typed + "m"); err == nil && box > 0 {
		return box, nil
	}
	box, err := time.ParseDuration(typed)
	if err != nil || box <= 0 {
		return 0, refusal("box", "A time box is a length of time, such as 15m or 1h.")
	}
	return box, nil
}

// under puts an object beneath the input in a line of a form.
func under(f *form, line int, o fyne.CanvasObject) {
	column := f.inputs.(*fyne.Container)
	column.Objects = slices.Insert(column.Objects, line+1, o)
}

// examples are quiet buttons that put an example of the playbook into a field.
func examples(f *form, field string, texts []string) fyne.CanvasObject {
	row := kit.Wrap(look.Space1)
	for _, text := range texts {
		row.Add(kit.NewQuiet(text, func() {
			f.fields[field].SetText(text)
			f.fields[field].Focus()
			f.fields[field].CursorToEnd()
		}).Icon("copy").Small())
	}
	return row
}
