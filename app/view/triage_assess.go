package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// assessView is the assessment of step 1 of an open incident: saved as typed,
// copied as markdown with one key.
type assessView struct {
	ask     Asker
	content fyne.CanvasObject
	fields  []*savedField // in reading order
	at      *timeInput
	level   *severityLine
	comms   *commsBox
	roles   *rolesBox
	clocks  *clocksBox
	why     *whyBox
	table   *levelTable
	flow    *flowTable
	similar *similarBox
	side    *fyne.Container
	state   session.State
}

func newAssessView(ask Asker, p workflow.Playbook) *assessView {
	v := &assessView{ask: ask}
	at := v.detectedField()
	title := v.lineField("assess.title", "Title", "Title changed.", func(in workflow.Incident) string { return in.Triage.Title.Get() },
		func(typed string) (workflow.Intent, error) { return workflow.Retitle{Title: typed}, nil })
	service := v.lineField("assess.service", "Service", "Service changed.", func(in workflow.Incident) string { return in.Triage.Service.Get() },
		func(typed string) (workflow.Intent, error) { return workflow.SetService{Service: typed}, nil })
	impact := v.longField(workflow.Impact, "Impact", "Who is hit, what they cannot do, since when")
	symptoms := v.longField(workflow.Symptoms, "Symptoms", "What is seen: errors, graphs, reports")
	hypothesis := v.longField(workflow.Hypothesis, "Hypothesis", "What may have caused it; a guess is fine")
	v.fields = []*savedField{title, service, at, impact, symptoms, hypothesis}
	v.level, v.comms, v.roles = newSeverityLine(ask), newCommsBox(ask), newRolesBox(ask, p)
	v.clocks, v.why, v.table, v.flow, v.similar = newClocksBox(), newWhyBox(), newLevelTable(p), newFlowTable(p), newSimilarBox(ask)
	main := kit.Column(look.Space4,
		kit.Row(look.Space3, kit.Grow(kit.NewHeading("Assessment").Cut()),
			kit.NewButton("Copy as markdown", func() { ask.Run("incident.assessment") }).Icon("copy").Key("Ctrl+Shift+C")),
		v.level.content,
		title.content,
		kit.Grid(look.Space4, 2, slim(260, service.content), slim(260, at.content)),
		impact.content, symptoms.content, hypothesis.content,
		v.comms.content, v.roles.content, v.flow.content,
	)
	v.side = kit.Column(look.Space3, v.clocks.content, v.table.content, v.why.content, v.similar.content)
	v.content = triageColumns(main, v.side, nil)
	return v
}

func (v *assessView) lineField(draft, label, says string, value func(workflow.Incident) string, want func(string) (workflow.Intent, error)) *savedField {
	return newSavedField(v.ask, draft, kit.NewField(label), says, value, want)
}

func (v *assessView) longField(f workflow.AssessmentField, label, hint string) *savedField {
	field := kit.NewLongField(label, 2, 8).Placeholder(hint)
	return newSavedField(v.ask, "assess."+string(f), field, label+" saved.",
		func(in workflow.Incident) string { return in.Assessment(f) },
		func(typed string) (workflow.Intent, error) { return workflow.Assess{Field: f, Text: typed}, nil })
}

// detectedField corrects when the incident was detected: the first version
// stays in the log.
func (v *assessView) detectedField() *savedField {
	field := kit.NewField("Detected")
	saved := newSavedField(v.ask, "assess.detected", field, "Time of detection corrected.",
		func(in workflow.Incident) string {
			at, ok := in.MilestoneAt(workflow.Detected)
			if !ok {
				return ""
			}
			return at.Full(v.state.Shown())
		},
		func(typed string) (workflow.Intent, error) {
			at, err := v.readDetected(typed)
			if err != nil {
				return nil, err
			}
			if entry, ok := v.state.Incident.MilestoneEntry(workflow.Detected); ok {
				return workflow.Correct{Entry: entry.ID, At: &at}, nil
			}
			return workflow.Mark{Milestone: workflow.Detected, At: at}, nil
		})
	v.at = newTimeInput(field, "When was it first noticed? 14:32, -5m and yesterday 23:50 work.", v.readDetected)
	typed := field.OnChanged
	field.OnChanged = func(text string) {
		typed(text)
		v.at.Reread()
	}
	return saved
}

// readDetected reads a time without a date on the day that it was detected.
func (v *assessView) readDetected(typed string) (workflow.Stamp, error) {
	ref := workflow.StampRef{Now: v.state.Now, Zone: v.state.Shown()}
	if at, ok := v.state.Incident.MilestoneAt(workflow.Detected); ok && at.Known() {
		ref.Day = at.Time
	}
	if d, ok := v.state.Drafts["assess.detected"]; ok && d.Text == typed && !d.Started.IsZero() {
		ref.Now = d.Started
	}
	return workflow.ParseStamp(typed, ref)
}

// Show brings the assessment in line with a state.
func (v *assessView) Show(st session.State) {
	v.state = st
	for _, f := range v.fields {
		f.Show(st)
	}
	v.at.Show(st)
	in := st.Incident
	v.level.Show(in)
	moved := v.comms.Show(st)
	moved = v.roles.Show(st) || moved
	moved = v.why.Show(in) || moved
	moved = v.similar.Show(st, in.Triage.Title.Get(), in.Triage.Service.Get()) || moved
	v.clocks.Show(st)
	word := "this incident"
	if in.Undecided() {
		word = "for now"
	}
	v.table.Show(in.Effective().ID, word)
	v.flow.Show(in.Effective().Flow)
	if moved {
		v.content.Refresh()
	}
}

// Enter puts the caret into the first line that says nothing yet.
func (v *assessView) Enter() {
	for _, f := range v.texts() {
		if f.field.Text() == "" {
			f.field.Focus()
			return
		}
	}
	v.texts()[0].field.Focus()
}

// texts are the long lines: impact, symptoms, hypothesis.
func (v *assessView) texts() []*savedField { return v.fields[len(v.fields)-3:] }

// Save saves everything that was typed; false when nothing was.
func (v *assessView) Save() bool {
	any := false
	for _, f := range v.fields {
		if f.edited {
			any = true
			f.Save()
		}
	}
	return any
}
