package view

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// changesPanel is the log itself, newest first: who wrote what down when. What
// was undone stays in it and says so.
type changesPanel struct {
	content *kit.Rows
	events  []workflow.Event
	st      session.State
	drawn   changesDrawn
}

type changesDrawn struct {
	at   workflow.Revision
	zone *time.Location
}

func newChangesPanel() *changesPanel {
	p := &changesPanel{}
	p.content = kit.NewRows(
		func() fyne.CanvasObject { return newChangeRow() },
		func(id string, row fyne.CanvasObject) { p.draw(id, row.(*changeRow)) })
	return p
}

// Show brings the log in line with an incident.
func (p *changesPanel) Show(st session.State) {
	p.st = st
	want := changesDrawn{st.Incident.Revision(), st.Shown()}
	if want == p.drawn {
		return
	}
	p.drawn = want
	p.events = st.Incident.Events()
	items := make([]kit.Item, 0, len(p.events))
	for i := len(p.events) - 1; i >= 0; i-- {
		items = append(items, kit.Item{ID: strconv.Itoa(i)})
	}
	p.content.SetItems(items)
}

func (p *changesPanel) draw(id string, row *changeRow) {
	i, err := strconv.Atoi(id)
	if err != nil || i >= len(p.events) {
		return
	}
	e := p.events[i]
	at := workflow.StampAt(e.Recorded, time.UTC)
	head := clockSeconds(at, p.st.Shown()) + " " + e.Actor
	if day := at.Date(p.st.Shown()); day != p.st.Now.In(p.st.Shown()).Format(time.DateOnly) {
		head = dayWord(day) + ", " + head
	}
	role := look.Text
	if p.st.Incident.LeftOut(e) {
		head, role = head+", undone since", look.Muted
	}
	row.head.SetText(head)
	row.what.SetText(capital(beginning(workflow.Describe(e, p.st.Incident.Playbook), rowLine)))
	row.what.SetRole(role)
}

// changeRow is one drawn row of the log.
type changeRow struct {
	widget.BaseWidget

	head, what *kit.Text
	content    fyne.CanvasObject
}

func newChangeRow() *changeRow {
	r := &changeRow{head: kit.NewCaption("").Cut(), what: kit.NewText("").Wrapped()}
	r.content = kit.Inset(look.Space2, look.Space2-2, kit.Column(0, r.head, r.what))
	r.ExtendBaseWidget(r)
	return r
}

// HeightForWidth is that of the wrapped words.
func (r *changeRow) HeightForWidth(width float32) float32 { return kit.HeightFor(r.content, width) }

// Children lets the focus and the tests find their way in.
func (r *changeRow) Children() []fyne.CanvasObject { return []fyne.CanvasObject{r.content} }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (r *changeRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }
