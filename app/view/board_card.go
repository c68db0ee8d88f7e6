package view

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// cardHead says where in the checklist the step is, what it is, why, and
// whether it is late.
type cardHead struct {
	box    *fyne.Container
	place  *kit.Text
	late   *kit.Chip
	title  *kit.Text
	reason *kit.Text
	other  *fyne.Container // the next action is another one meanwhile
	says   *kit.Text
}

func newCardHead(goOn func()) *cardHead {
	h := &cardHead{
		place:  kit.NewCaption("").Bold().Cut(),
		late:   kit.NewChip("", kit.ChipLook{Icon: kit.Bad.Icon(), Fill: kit.Bad.Fill(), Label: kit.Bad.Role()}),
		title:  kit.NewHeading("").Wrapped(),
		reason: kit.NewText("").In(look.Muted).Wrapped(),
		says:   kit.NewText("").In(look.WarningText).Wrapped(),
	}
	h.late.Hide()
	h.other = kit.Row(look.Space3, kit.NewIcon("warning").Edge(18).In(look.WarningText), kit.Grow(h.says), kit.NewButton("Go there", goOn).Small())
	h.other.Hide()
	h.box = kit.Column(look.Space1, h.other, kit.Row(look.Space3, kit.Grow(h.place), h.late), h.title, h.reason)
	return h
}

// compact shows the title smaller, where every line counts.
func (h *cardHead) compact(on bool) {
	h.title.Sized(theme.SizeNameHeadingText)
	if on {
		h.title.Sized(theme.SizeNameSubHeadingText)
	}
	h.title.Refresh()
}

func (h *cardHead) show(next workflow.Next, now time.Time) bool {
	place := "Next"
	switch {
	case next.Place != "":
		place = "Next: " + next.Place
	case next.Late:
		place = "First of all"
	}
	late := next.Late && !next.Due.IsZero()
	changed := h.other.Visible() || late != h.late.Visible() || h.title.Text() != next.Title || h.reason.Text() != reasonOf(next)
	show(h.other, false)
	h.place.SetText(place)
	h.title.SetText(next.Title)
	h.reason.SetText(reasonOf(next))
	aloud := next.Step == workflow.StepConfirm
	h.reason.SetBold(aloud)
	h.reason.SetRole(look.Muted)
	if aloud {
		h.reason.SetRole(look.Text)
	}
	show(h.reason, next.Reason != "")
	show(h.late, late)
	if late {
		h.late.Set("Late by "+short(now.Sub(next.Due)), kit.ChipLook{Icon: kit.Bad.Icon(), Fill: kit.Bad.Fill(), Label: kit.Bad.Role()})
	}
	return changed
}

// reasonOf is why the step is next; at a pause it is the sentence to say.
func reasonOf(next workflow.Next) string {
	if next.Step == workflow.StepConfirm {
		return "“" + capital(next.Reason) + "”"
	}
	return capital(next.Reason)
}

// meanwhile says what is next now, while the card waits for the hand to rest.
func (h *cardHead) meanwhile(next workflow.Next) bool {
	says := "Next is now: " + next.Title + ". What you type here is kept."
	changed := !h.other.Visible() || h.says.Text() != says
	h.says.SetText(says)
	show(h.other, true)
	return changed
}

// cardNotes is what stands around the form: a gate's needs or what was told
// above it, a word of warning beneath.
type cardNotes struct {
	above *fyne.Container
	below *fyne.Container
	facts *lineList
	told  *kit.Text
	guard *lineList
}

func newCardNotes() *cardNotes {
	n := &cardNotes{facts: newLineList(2), told: kit.NewText("").Bold().Wrapped(), guard: newLineList(1).Small()}
	n.told.Hide()
	n.above = kit.Column(look.Space2, n.told, n.facts.box)
	n.below = kit.Column(look.Space2, n.guard.box)
	return n
}

func (n *cardNotes) show(st session.State, p plan, on way, next workflow.Next) bool {
	facts, heading := noteLines(st.Incident, p, on, next)
	changed := n.facts.Set(facts)
	if heading != n.told.Text() {
		n.told.SetText(heading)
		changed = true
	}
	show(n.told, heading != "")
	changed = n.guard.Set(append(append(sinceLines(st), guardLines(st.Incident, p, on)...), scopeCalm(st, on)...)) || changed
	show(n.above, len(facts) > 0 || heading != "")
	show(n.below, n.guard.box.Visible())
	return changed
}

// noteLines are the lines above the form, and their heading.
func noteLines(in workflow.Incident, p plan, on way, next workflow.Next) ([]lineOf, string) {
	switch {
	case p.gate != "":
		gate := in.Gate(p.gate)
		heading := gate.Name + ": the gate is open"
		if !gate.Open() {
			heading = gate.Name + ": the gate is closed"
		} else if len(gate.Missing()) > 0 {
			heading = gate.Name + ": overridden by " + gate.Overridden.By
		}
		return findingLines(gate), heading
	case on == wayConfirm:
		return openLines(in, next.Target), ""
	}
	return nil, ""
}

// openLines are what a phase is left with.
func openLines(in workflow.Incident, phase string) []lineOf {
	var out []lineOf
	for _, p := range in.Checklist() {
		if p.ID != phase {
			continue
		}
		for _, item := range p.OpenItems() {
			out = append(out, lineOf{icon: "step-open", role: look.WarningText, text: "Open: " + item.Text})
		}
	}
	return out
}

// guardLines are what stands beneath the form: which channels have been told,
// and the common mistake that is near this step.
func guardLines(in workflow.Incident, p plan, on way) []lineOf {
	var out []lineOf
	if on == wayChannel || on == wayStatus {
		out = toldLines(in)
	}
	if m, ok := mistake(in.Playbook, p.guard); ok {
		out = append(out, guardLine(m))
	}
	return out
}

func guardLine(m workflow.Mistake) lineOf {
	return lineOf{icon: "info", role: look.Muted, text: m.Name + ". Not: " + unquoted(m.Wrong) + ". But: " + unquoted(m.Better) + "."}
}

// unquoted takes the marks off words that people say, and a full stop.
func unquoted(s string) string {
	return strings.TrimRight(strings.Trim(strings.TrimSpace(s), `"“”`), ".")
}

// cardFoot is the main button, skip and assign, and the other ways.
type cardFoot struct {
	row    *fyne.Container
	main   *kit.Button
	skip   *kit.Button
	assign *kit.Button
	back   *kit.Button
	others map[way]*kit.Button
	shown  []fyne.CanvasObject
}

func newCardFoot(c *nextCard) *cardFoot {
	f := &cardFoot{others: map[way]*kit.Button{}}
	f.main = kit.NewPrimary("", func() { c.Submit() }).Key("Ctrl+Enter")
	f.main.OnOff = func(string) { c.Focus() }
	f.skip = kit.NewButton("Skip, why?", c.Skip)
	f.assign = kit.NewButton("Assign…", func() { c.assign(c.step.Title) })
	f.back = kit.NewButton("Back", func() { c.take("") })
	f.row = kit.Wrap(look.Space2)
	return f
}

// show sets the buttons of the step; it reports whether there are others now.
func (f *cardFoot) show(c *nextCard, a *answer) bool {
	f.main.SetWord(a.word)
	off := ""
	if a.off != nil {
		off = a.off()
	}
	f.main.SetOff(off)
	buttons := []fyne.CanvasObject{f.main}
	if c.on == waySkip {
		buttons = append(buttons, f.back)
	} else {
		if c.plan.item != "" {
			buttons = append(buttons, f.skip)
		}
		if c.step.Step == workflow.StepItem && len(c.plan.ways) < 3 { // no wall of buttons
			buttons = append(buttons, f.assign)
		}
		for _, w := range c.plan.ways {
			if w != c.on {
				buttons = append(buttons, f.other(c, w))
			}
		}
	}
	if slices.Equal(buttons, f.shown) {
		return false
	}
	f.shown = buttons
	f.row.Objects = buttons
	f.row.Refresh()
	return true
}

func (f *cardFoot) other(c *nextCard, w way) *kit.Button {
	b := f.others[w]
	if b == nil {
		b = kit.NewQuiet(wayWord(w), func() { c.take(w) }).Small()
		f.others[w] = b
	}
	return b
}
