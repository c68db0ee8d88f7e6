package view

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// header is the two lines above every screen: what burns, how long, who has
// command, when the next update is due; and on every screen but the board the
// one next action.
type header struct {
	content  fyne.CanvasObject
	severity *kit.Chip
	title    *kit.Text
	sample   *kit.Chip
	clock    *kit.Text
	facts    *kit.Bar
	ahead    *kit.Bar
	stage    *kit.BarItem
	command  *kit.BarItem
	update   *kit.BarItem
	nudge    *kit.BarItem
	next     *kit.BarItem
	declare  *kit.Button
	none     *fyne.Container
	some     *fyne.Container
}

func newHeader(s *Shell) *header {
	h := &header{
		severity: kit.NewChip("", kit.ChipLook{}).Large(),
		title:    kit.NewSubheading("").Cut(),
		sample:   kit.NewChip("Sample data", kit.ChipLook{Icon: "info"}),
		clock:    kit.NewText("").Sized(theme.SizeNameSubHeadingText).Bold(),
		stage:    kit.NewBarItem("clock", "", func() { s.Go(BoardScreen) }),
		command:  kit.NewBarItem("person", "", func() { s.Run("incident.handoff") }).Spared(),
		update:   kit.NewBarItem("update", "", func() { s.Run("incident.update") }),
		nudge:    kit.NewBarItem("info", "", func() { s.Go(BoardScreen) }).Spared(),
		next:     kit.NewBarItem("step-current", "", func() { s.Go(BoardScreen) }),
	}
	h.facts = kit.NewBar(h.stage, h.update, h.command, h.nudge)
	h.ahead = kit.NewBar(h.next)
	h.some = kit.Column(0,
		kit.Inset(look.Space4, look.Space2, kit.Row(look.Space3, h.severity, kit.Grow(h.title), h.sample, h.clock)),
		kit.Inset(look.Space2, 0, kit.NewResponsive(look.WideFrom,
			kit.Row(look.Space2, kit.Grow(h.facts), h.ahead),
			kit.Column(0, h.facts, h.ahead))),
	)
	h.declare = kit.NewPrimary("Declare incident", func() { s.Run("incident.declare") }).Icon("declare").Key("Ctrl+N")
	h.none = kit.Inset(look.Space4, look.Space2, kit.Row(look.Space3,
		kit.Grow(kit.NewSubheading("No open incident").In(look.Muted).Cut()),
		h.declare,
		kit.NewButton("Open sample", func() { s.Run("sample.open") }),
	))
	h.content = kit.NewGround(look.Panel, kit.Column(0, h.none, h.some))
	return h
}

// Show brings the header in line with a state.
func (h *header) Show(st session.State, screen Screen) {
	in := st.Incident
	show(h.none, !in.Declared())
	show(h.some, in.Declared())
	if !in.Declared() {
		show(h.declare, screen != TriageScreen) // there the screen's own button does it
		h.content.Refresh()
		return
	}
	if in.Open() {
		h.severity.Set(severityWord(in.Triage.Severity.Get()), severityLook(in.Playbook, in.Triage.Severity.Get()))
	} else {
		h.severity.Set(string(in.Stage()), resolvedLook())
	}
	h.title.SetText(in.Triage.Title.Get())
	show(h.sample, st.Sample)
	h.clock.SetText(headerClock(in, st.Now))
	h.showFacts(st, screen)
	h.content.Refresh()
}

func headerClock(in workflow.Incident, now time.Time) string {
	if m := in.Metric(workflow.TimeToResolve); m.State == workflow.Recorded {
		return drawn(m.String())
	}
	return "T+" + elapsed(in.Response(now).Since)
}

func (h *header) showFacts(st session.State, screen Screen) {
	in := st.Incident
	r := in.Response(st.Now)
	stage, how := string(in.Stage()), tone(r.Urgency)
	if in.Open() && !r.Met && r.Within > 0 {
		left := r.Within - r.Since
		stage += ", acknowledge within " + short(left)
		if left <= 0 {
			stage = string(in.Stage()) + ", nobody acknowledged for " + short(r.Since)
		}
	}
	h.stage.Set(stage, how)
	h.command.Set(commandWords(in, st.Now), kit.Neutral)
	h.update.Set(updateWords(in, st.Now))
	h.showNudge(in, st.Now)
	h.showNext(in, st.Now, screen)
}

func commandWords(in workflow.Incident, now time.Time) string {
	who := in.Holder(workflow.Commander).Person
	switch {
	case who == "" && in.Past:
		return "Commander not known"
	case who == "":
		return "No commander"
	}
	if !in.Open() {
		return "IC " + who
	}
	return fmt.Sprintf("IC %s, on duty %s", who, short(in.OnDuty(now)))
}

func updateWords(in workflow.Incident, now time.Time) (string, kit.Tone) {
	c := in.Cadence(now)
	switch {
	case !in.Open():
		if at, ok := in.Review.Scheduled(); ok && in.Review.State() != workflow.Final {
			return "Post-mortem " + at.When.Full(time.UTC), kit.Neutral
		}
		return "Post-mortem " + string(in.Review.State()), kit.Neutral
	case c.Due.IsZero() && c.Told:
		return "Last update " + ago(c.Last, now), kit.Neutral
	case c.Due.IsZero():
		return "No update due", kit.Neutral
	case c.Urgency == workflow.Late:
		return "Update late by " + short(now.Sub(c.Due)), kit.Bad
	case c.Urgency == workflow.Soon:
		return "Update due soon, in " + short(c.Due.Sub(now)), kit.Warn
	case c.Told:
		return fmt.Sprintf("Last update %s, next in %s", ago(c.Last, now), short(c.Due.Sub(now))), kit.Neutral
	default:
		return "First update due in " + short(c.Due.Sub(now)), kit.Neutral
	}
}

func (h *header) showNudge(in workflow.Incident, now time.Time) {
	nudges := in.Nudges(now)
	if len(nudges) == 0 {
		h.nudge.Set("", kit.Neutral)
		return
	}
	h.nudge.Set(nudges[0].Says, tone(nudges[0].Urgency))
}

// showNext shows the one next action where the board does not show it in full.
func (h *header) showNext(in workflow.Incident, now time.Time, screen Screen) {
	next := in.Next(now)
	here := screen != BoardScreen && next.Title != ""
	show(h.ahead, here)
	how := kit.Neutral
	if next.Late {
		how = kit.Bad
	}
	h.next.Set("Next: "+next.Title, how)
}

// show shows or hides an object; its parent is laid out again by the caller.
func show(o fyne.CanvasObject, visible bool) {
	if visible && !o.Visible() {
		o.Show()
	} else if !visible && o.Visible() {
		o.Hide()
	}
}
