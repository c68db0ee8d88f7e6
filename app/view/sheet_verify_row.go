package view

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// probeRow is one probe: what it looks at, what it saw, and how far its soak is.
type probeRow struct {
	s     *Shell
	panel *kit.Panel
	state session.ProbeState

	icon   *kit.Icon
	name   *kit.Text
	value  *kit.Text
	asks   *kit.Text
	says   *kit.Text
	soak   *kit.Meter
	chart  *kit.Chart
	charts *fyne.Container

	accept, well, ill, edit, drop *kit.Button
}

func newProbeRow(s *Shell) *probeRow {
	r := &probeRow{
		s: s, icon: kit.NewIcon("undecided").Edge(20), name: kit.NewText("").Bold().Wrapped(), value: kit.NewText("").Wrapped(),
		asks: kit.NewCaption("").In(look.Muted).Cut(), says: kit.NewText("").Wrapped(), soak: kit.NewMeter().Sign("verify"), chart: kit.NewChart(),
	}
	r.accept = kit.NewButton("Read and accept…", func() { s.Run("incident.trust") }).Small()
	r.well = kit.NewButton("It is well", func() { r.tell(workflow.CheckPassed) }).Icon("step-done").Small()
	r.ill = kit.NewButton("It is not", func() { r.tell(workflow.CheckFailed) }).Icon("error").Small()
	r.edit = kit.NewQuiet("Change…", func() { s.openProbe(r.state.Probe) }).Icon("edit").Small()
	r.drop = kit.NewQuiet("Drop…", func() { s.openDropProbe(r.state.Probe) }).Icon("close").Small()
	r.charts = kit.Fixed(200, r.chart)
	words := kit.Column(look.Space1,
		kit.TopRow(look.Space2, r.icon, kit.Grow(kit.Column(2, r.name, r.asks))),
		r.value, r.says, r.soak)
	r.panel = kit.NewPanel("", kit.Column(look.Space2,
		kit.NewResponsive(560, kit.TopRow(look.Space4, kit.Grow(words), r.charts), kit.Column(look.Space2, words, r.chart)),
		kit.Wrap(look.Space2, r.accept, r.well, r.ill, r.edit, r.drop)))
	return r
}

// tell records a person's word about what they look at.
func (r *probeRow) tell(outcome workflow.Outcome) {
	p := r.state.Probe
	r.s.DoAndOffer(workflow.RecordCheck{Check: workflow.Check{What: p.Name, Probe: workflow.ProbeID(p.ID), Outcome: outcome}}, "Recorded: "+p.Name+", "+string(outcome)+".", nil)
}

// Show brings the row in line, and reports whether its height may have changed.
func (r *probeRow) Show(st session.State, p session.ProbeState) bool {
	r.state = p
	fate := fateOf(p)
	r.icon.Set(fate.icon, fate.role)
	moved := setText(r.name, p.Probe.Name)
	moved = setText(r.asks, asksWords(p.Probe)) || moved
	moved = showing(r.asks, asksWords(p.Probe) != "") || moved
	moved = setText(r.value, probeValue(p)) || moved
	moved = showing(r.value, probeValue(p) != "") || moved
	moved = setText(r.says, fate.says) || moved
	moved = showing(r.says, fate.says != "") || moved
	r.says.SetRole(fate.role)
	soaking := !p.Person() && !p.Series.Deployed().IsZero() && p.Series.Target() > 0
	moved = showing(r.soak, soaking) || moved
	if soaking {
		words, used, tone := soakMeter(p, st)
		r.soak.Set(words, used, tone)
	}
	data := chartOf(p)
	moved = showing(r.chart, len(data.Points) > 1) || moved
	moved = showing(r.charts, len(data.Points) > 1) || moved
	r.chart.Set(data)
	over := needsFire(st)
	for b, on := range map[*kit.Button]bool{r.accept: p.Ask, r.well: p.Person(), r.ill: p.Person(), r.edit: true, r.drop: true} {
		moved = showing(b, on) || moved
		b.SetOff(over)
	}
	return moved
}

// fate is how a probe stands: by shape, word and colour.
type fate struct {
	icon string
	role fyne.ThemeColorName
	says string
}

func fateOf(p session.ProbeState) fate {
	switch {
	case p.Held != "":
		return fate{"lock", look.WarningText, p.Held}
	case p.Outcome == workflow.CheckFailed:
		return fate{"error", look.ErrorText, "Failed. " + p.Says}
	case p.Proven:
		return fate{"resolved", look.SuccessText, "Verified."}
	case p.Outcome == workflow.CheckUnknown:
		return fate{"offline", look.WarningText, "Nobody can tell. " + p.Says}
	case p.Outcome == workflow.CheckPassed:
		return fate{"step-done", look.SuccessText, "Well."}
	case p.Person():
		return fate{"person", look.Text, "Somebody looks at this and says how it is."}
	default:
		return fate{"undecided", look.Muted, "Not looked at yet."}
	}
}

// asksWords is what a probe does and must show, on one line.
func asksWords(p workflow.Probe) string {
	if asks := p.Asks(); asks != "" {
		return workflow.ShownCommand(asks) + " · " + p.Must()
	}
	return ""
}

// probeValue is the value before the fix and now.
func probeValue(p session.ProbeState) string {
	more := ""
	if last, some := p.Series.Last(); some {
		if more = last.InAll(); last.HasValue && p.Probe.Kind == workflow.HTTPProbe {
			more = fmt.Sprintf("in %.0f ms", last.Value)
		}
	}
	if more != "" {
		more = " (" + more + ")"
	}
	switch {
	case p.Before != "" && p.Now != "" && !p.Series.Deployed().IsZero():
		return p.Before + " before, " + p.Now + " now" + more
	case p.Now != "":
		return p.Now + " now" + more
	case p.Before != "":
		return p.Before + " before"
	default:
		return ""
	}
}

// soakMeter is how much of the soak is done.
func soakMeter(p session.ProbeState, st session.State) (words string, used float32, tone kit.Tone) {
	target := p.Series.Target()
	green := min(p.Soaked, target)
	if p.Proven && p.Outcome != workflow.CheckFailed {
		return "Stayed green for " + soakClock(target), 1, kit.Good
	}
	words = soakClock(green) + " of " + soakClock(target)
	switch {
	case p.Outcome == workflow.CheckFailed:
		words += ", starts again when it is well"
	case p.Series.Again() > 0:
		words += ", started again after it failed at " + workflow.StampAt(p.Series.FailedAt(), st.Shown()).Clock(st.Shown())
	case !st.Watching.On:
		words += ", counts while it is watched"
	default:
		words += ", starts again on a failure"
	}
	return words, float32(green) / float32(target), kit.Neutral
}

// soakClock is a length as "2:10".
func soakClock(d time.Duration) string {
	seconds := int(d / time.Second)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// chartOf is a probe's looks as a chart.
func chartOf(p session.ProbeState) kit.ChartData {
	looks := p.Series.Looks()
	data := kit.ChartData{Words: chartWords(p, looks)}
	for _, l := range looks {
		point := kit.ChartPoint{At: float64(l.At.UnixMilli()), Tone: toneOf(l.Verdict)}
		switch {
		case l.HasMeasured:
			point.Value, point.Some = l.Measured, true
		case l.HasValue && p.Probe.Kind == workflow.HTTPProbe:
			point.Value, point.Some = l.Value, true
		}
		data.Points = append(data.Points, point)
	}
	if at := p.Series.Deployed(); !at.IsZero() {
		data.Split, data.Parted = float64(at.UnixMilli()), true
	}
	if below, ok := p.Probe.BelowValue(); ok {
		data.Line, data.Lined = below, true
	}
	return data
}

func toneOf(o workflow.Outcome) kit.Tone {
	switch o {
	case workflow.CheckPassed:
		return kit.Good
	case workflow.CheckFailed:
		return kit.Bad
	default:
		return kit.Neutral
	}
}

// chartWords is the chart for who cannot see it.
func chartWords(p session.ProbeState, looks []workflow.Look) string {
	count := map[workflow.Outcome]int{}
	for _, l := range looks {
		count[l.Verdict]++
	}
	return fmt.Sprintf("%s: %s, %d well, %d failed, %d unknown. %s", p.Probe.Name, plural(len(looks), "look", "looks"),
		count[workflow.CheckPassed], count[workflow.CheckFailed], count[workflow.CheckUnknown], probeValue(p))
}

// soakLine is how far the proof is, in one calm line.
func soakLine(st session.State) string {
	proven, left, people, all := 0, time.Duration(0), 0, len(st.Watching.Probes)
	for _, p := range st.Watching.Probes {
		switch {
		case p.Outcome == workflow.CheckFailed:
			return p.Probe.Name + " fails"
		case p.Proven:
			proven++
		case p.Person():
			people++
		default:
			left = max(left, p.Left)
		}
	}
	if proven == all {
		return plural(all, "probe is", "probes are") + " proven"
	}
	says := fmt.Sprintf("%d of %s proven", proven, plural(all, "probe", "probes"))
	switch {
	case left > 0 && !st.Watching.On:
		return says + "; nothing is watched now"
	case left > 0:
		return says + ", " + soakClock(left) + " to go"
	case people > 0:
		return says + "; a person's word is missing"
	default:
		return says
	}
}

// showing shows or hides, and reports whether that changed anything.
func showing(o fyne.CanvasObject, visible bool) bool {
	was := o.Visible()
	show(o, visible)
	return was != visible
}

// setText changes a text, and reports whether it did.
func setText(t *kit.Text, text string) bool {
	if t.Text() == text {
		return false
	}
	t.SetText(text)
	return true
}
