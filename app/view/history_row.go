package view

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// incidentColumnsFrom is the width from which an incident's row has columns.
const incidentColumnsFrom float32 = 480

// historyRow is one drawn row: an incident, or a place where a search found
// something.
type historyRow struct {
	widget.BaseWidget

	severity *kit.Chip
	title    *kit.Text
	facts    *kit.Text
	started  *kit.Text
	took     *kit.Text
	snippet  *kit.Text
	incident fyne.CanvasObject
	hit      fyne.CanvasObject
	content  fyne.CanvasObject
}

func newHistoryRow() *historyRow {
	r := &historyRow{
		severity: kit.NewChip("", kit.ChipLook{}), title: kit.NewText("").Cut(), facts: kit.NewCaption("").Cut(),
		started: kit.NewText("").In(look.Muted), took: kit.NewText("").Aligned(fyne.TextAlignTrailing).Cut(),
		snippet: kit.NewText("").Wrapped(),
	}
	wide := kit.TopRow(look.Space3, kit.Fixed(96, kit.Row(0, r.severity)), kit.Grow(kit.Column(2,
		kit.TopRow(look.Space3, kit.Grow(r.title), r.started, kit.Fixed(84, r.took)), r.facts)))
	narrow := kit.Column(2,
		kit.TopRow(look.Space2, r.severity, kit.Grow(r.started), kit.Fixed(84, r.took)), r.title, r.facts)
	r.incident = kit.Inset(look.Space3, look.Space2, kit.NewResponsive(incidentColumnsFrom, wide, narrow))
	r.hit = kit.Inset(look.Space3, look.Space2, kit.TopRow(look.Space2, kit.NewIcon("note").Edge(16).In(look.Muted), kit.Grow(r.snippet)))
	r.content = kit.Column(0, r.incident, r.hit)
	r.ExtendBaseWidget(r)
	return r
}

// HeightForWidth is that of the row's content.
func (r *historyRow) HeightForWidth(width float32) float32 { return kit.HeightFor(r.content, width) }

// Children lets the focus and the tests find their way in.
func (r *historyRow) Children() []fyne.CanvasObject { return []fyne.CanvasObject{r.content} }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (r *historyRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

func (r *historyRow) showHit(snippet string) {
	r.snippet.SetText(strings.Join(strings.Fields(beginning(snippet, rowLine)), " "))
	show(r.incident, false)
	show(r.hit, true)
	r.content.Refresh()
}

func (r *historyRow) showIncident(s workflow.Summary, st session.State) {
	show(r.hit, false)
	show(r.incident, true)
	word, how := chipOf(s, st.Policy)
	r.severity.Set(word, how)
	r.title.SetText(s.Title)
	r.title.SetBold(burns(s))
	r.facts.SetText(factsUnder(s))
	r.started.SetText(dateAndClock(s.Detected, st))
	r.took.SetText(tookWords(s, st.Now))
	r.content.Refresh()
}

// chipOf is the severity by word, shape and colour; one that was called off is
// no severity any more.
func chipOf(s workflow.Summary, p workflow.Playbook) (string, kit.ChipLook) {
	if s.Stage == workflow.Cancelled {
		return "Cancelled", kit.ChipLook{Icon: "step-skipped"}
	}
	return severityWord(s.Severity), severityLook(p, s.Severity)
}

// factsUnder is the muted line under a title.
func factsUnder(s workflow.Summary) string {
	var facts []string
	if s.Service != "" {
		facts = append(facts, s.Service)
	}
	facts = append(facts, stageWords(s.Stage))
	if s.Actions > 0 {
		facts = append(facts, plural(s.Actions, "open action item", "open action items"))
	}
	return strings.Join(facts, ", ")
}

// stageWords says where an incident stands.
func stageWords(stage workflow.Stage) string {
	switch stage {
	case workflow.Resolved:
		return "resolved, post-mortem to finish"
	case workflow.Closed:
		return "closed, post-mortem final"
	default:
		return strings.ToLower(string(stage))
	}
}

// tookWords is how long it took, or how long it has burned.
func tookWords(s workflow.Summary, now time.Time) string {
	switch {
	case s.Took > 0:
		return short(s.Took)
	case burns(s) && !s.Detected.IsZero():
		return "T+" + short(now.Sub(s.Detected))
	default:
		return ""
	}
}

// dateAndClock is when an incident was detected: "2024-11-25 14:32Z".
func dateAndClock(at time.Time, st session.State) string {
	if at.IsZero() {
		return "time not known"
	}
	stamp := workflow.StampAt(at, st.Shown())
	return stamp.Date(st.Shown()) + " " + clockOf(stamp, st)
}
