package view

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// triage is the screen of the first minute: it declares an incident, and once
// one is open it is the assessment of step 1.
type triage struct {
	ask     Asker
	stage   *fyne.Container
	declare *declareView
	assess  *assessView
	policy  workflow.Playbook // that the declaration was built for
	rules   workflow.Playbook // that the assessment was built for
	state   session.State
}

func newTriage(ask Asker) Pane { return &triage{ask: ask, stage: container.NewStack()} }

func (t *triage) Content() fyne.CanvasObject { return t.stage }

// Show shows the declaration or the assessment. Each is built once, and again
// only when another playbook comes into force.
func (t *triage) Show(st session.State) {
	t.state = st
	if !st.Incident.Declared() {
		if t.declare == nil || !reflect.DeepEqual(t.policy, st.Policy) {
			t.declare, t.policy = newDeclareView(t.ask, st), st.Policy
		}
		t.declare.Show(st)
		t.put(t.declare.content)
		return
	}
	if t.assess == nil || !reflect.DeepEqual(t.rules, st.Incident.Playbook) {
		t.assess, t.rules = newAssessView(t.ask, st.Incident.Playbook), st.Incident.Playbook
	}
	t.assess.Show(st)
	t.put(t.assess.content)
}

func (t *triage) put(o fyne.CanvasObject) {
	if len(t.stage.Objects) == 1 && t.stage.Objects[0] == o {
		return
	}
	t.stage.Objects = []fyne.CanvasObject{o}
	t.stage.Refresh()
}

// Enter puts the caret into the title, or into the first line of the
// assessment that says nothing yet.
func (t *triage) Enter() {
	if t.state.Incident.Declared() && t.assess != nil {
		t.assess.Enter()
		return
	}
	if t.declare != nil {
		t.declare.form.fields["title"].Focus()
	}
}

// Main declares, or saves what was typed into the assessment.
func (t *triage) Main() bool {
	if t.state.Incident.Declared() {
		return t.assess != nil && t.assess.Save()
	}
	if t.declare == nil {
		return false
	}
	t.declare.form.Submit()
	return true
}

// triageColumns sets a main part beside the side that is always in sight, or
// above it where there is no room for both. What is fixed stays under the main
// part and does not scroll.
func triageColumns(main, side, fixed fyne.CanvasObject) fyne.CanvasObject {
	under := func(scrolled fyne.CanvasObject) fyne.CanvasObject {
		parts := []fyne.CanvasObject{kit.Grow(kit.NewScroller(scrolled))}
		if fixed != nil {
			parts = append(parts, kit.NewRule(), kit.Inset(look.Space1, look.Space3, fixed))
		}
		return kit.Column(0, parts...)
	}
	wide := kit.FullRow(look.Space3, kit.Grow(under(main)), kit.Fixed(kit.SideWidth, kit.NewScroller(side)))
	narrow := under(kit.Column(look.Space6, main, side))
	return kit.Inset(look.Space3, look.Space2, kit.NewResponsive(look.WideFrom-2*look.Space4, wide, narrow))
}

// slim lets an object become narrower than its words, which are then cut.
func slim(least float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&slimLayout{least}, o)
}

type slimLayout struct{ least float32 }

func (l *slimLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

func (l *slimLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := l.least * textScale()
	return fyne.NewSize(width, l.HeightForWidth(objects, width))
}

// HeightForWidth is that of the tallest object.
func (l *slimLayout) HeightForWidth(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for _, o := range objects {
		height = max(height, kit.HeightFor(o, width))
	}
	return height
}
