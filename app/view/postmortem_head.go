package view

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// reviewHead says how far the post-mortem is, when it takes place, and moves it
// from draft to review to final and back.
type reviewHead struct {
	content  fyne.CanvasObject
	ask      Asker
	state    session.State
	facts    *reviewFacts
	chip     *kit.Chip
	says     *kit.Text
	wrong    *kit.Text
	fire     *kit.Icon // the fire still burns
	onward   *kit.Button
	backward *kit.Button
	meet     *kit.Button
	meeting  *form
	reopen   *form
	asking   *kit.Panel
	open     *form // the form that is unfolded
	fit      func()
}

func newReviewHead(ask Asker) *reviewHead {
	h := &reviewHead{
		ask: ask, fit: func() {},
		chip:  kit.NewChip("", kit.ChipLook{}),
		says:  kit.NewText("").Wrapped(),
		wrong: kit.NewCaption("").In(look.ErrorText).Wrapped(),
	}
	h.fire = kit.NewIcon("warning").Edge(18).In(look.WarningText)
	h.onward = kit.NewButton("", h.move)
	h.backward = kit.NewQuiet("Back to draft", func() { h.set(workflow.Drafted, "The post-mortem is a draft again.") })
	h.meet = kit.NewQuiet("", func() { h.unfold(h.meeting) }).Icon("clock")
	h.meeting = newForm(ask, "postmortem.schedule", "Schedule", "Post-mortem scheduled.", h.schedule,
		input{name: "at", label: "When", help: "Empty takes the time shown."},
		input{name: "owner", label: "With whom", beside: true})
	h.reopen = newForm(ask, "postmortem.reopen", "Open it again", "The post-mortem is open again.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.SetReview{State: workflow.InReview, Reason: value("reason")}, nil
	}, input{name: "reason", label: "Why is the final post-mortem opened again?", hint: "The number of users was wrong", help: "This is put on record."})
	for _, f := range []*form{h.meeting, h.reopen} {
		f.button.As(kit.Secondary)
		f.after = func() { h.unfold(nil) }
		f.resized = func() { h.fit() }
	}
	h.asking = kit.NewPanel("", kit.Column(0))
	h.asking.Hide()
	h.wrong.Hide()
	wide := kit.Row(look.Space3, h.chip, h.fire, kit.Grow(h.says), h.meet, h.backward, h.onward)
	narrow := kit.Column(look.Space2, kit.TopRow(look.Space3, h.chip, h.fire, kit.Grow(h.says)), kit.Wrap(look.Space2, h.onward, h.backward, h.meet))
	h.content = kit.Column(look.Space2, kit.NewResponsive(800, wide, narrow), h.wrong, h.asking)
	return h
}

func (h *reviewHead) schedule(value func(string) string) (workflow.Intent, error) {
	at, err := readStamp(h.state, "postmortem.schedule.at", strings.TrimSpace(value("at")))
	if err != nil {
		return nil, &workflow.RuleError{Code: "schedule.when", Field: "at", Says: err.Error()}
	}
	return workflow.Schedule{When: at, Owner: value("owner")}, nil
}

// unfold shows a form beneath the head, or folds it away; what is typed in it
// is a draft.
func (h *reviewHead) unfold(f *form) {
	if f == h.open {
		f = nil
	}
	h.open = f
	if f != nil {
		h.asking.SetContent(f.content)
		f.Show(h.state)
	}
	show(h.asking, f != nil)
	h.fit()
	if f != nil {
		f.Focus()
	}
}

// move takes the post-mortem one step on.
func (h *reviewHead) move() {
	switch h.state.Incident.Review.State() {
	case workflow.Drafted:
		h.set(workflow.InReview, "The post-mortem is in review.")
	case workflow.InReview:
		h.set(workflow.Final, "The post-mortem is final.")
	default:
		h.unfold(h.reopen)
	}
}

func (h *reviewHead) set(to workflow.ReviewState, says string) {
	h.ask.DoAndOffer(workflow.SetReview{State: to}, says, func(err error) {
		if err != nil {
			h.wrong.SetText(err.Error())
		}
		show(h.wrong, err != nil)
		h.fit()
	})
}

// Show brings the head in line with a state.
func (h *reviewHead) Show(st session.State, facts *reviewFacts) {
	h.facts = facts
	in := st.Incident
	if in.Revision() != h.state.Incident.Revision() {
		show(h.wrong, false)
	}
	h.state = st
	review := in.Review.State()
	h.chip.Set(capital(string(review)), reviewLook(review))
	h.says.SetText(h.words())
	h.meet.SetWord("Schedule")
	if _, ok := in.Review.Scheduled(); ok {
		h.meet.SetWord("Change the date")
	}
	show(h.meet, review != workflow.Final && !in.Open())
	show(h.backward, review == workflow.InReview)
	h.onward.SetWord(map[workflow.ReviewState]string{
		workflow.Drafted: "Send to review", workflow.InReview: "Make it final", workflow.Final: "Open it again",
	}[review])
	off := ""
	if review == workflow.InReview && in.Open() {
		off = "The fire still burns. Declare the all-clear first"
	}
	h.onward.SetOff(off)
	show(h.onward, review != workflow.Drafted || !in.Open())
	show(h.fire, in.Open())
	if h.open == h.reopen && review != workflow.Final {
		h.open = nil
	}
	show(h.asking, h.open != nil)
	if h.open != nil {
		h.open.Show(st)
	}
	owner := in.Holder(workflow.Commander).Person
	if owner == "" {
		owner = st.Actor()
	}
	h.meeting.Start("owner", owner)
	h.Tick(st)
}

// Tick moves on what follows from the time alone: the date that is offered.
func (h *reviewHead) Tick(st session.State) {
	h.state = st
	after := st.Incident.Playbook.Review.DueAfter
	if after == 0 {
		after = 24 * time.Hour
	}
	h.meeting.fields["at"].Placeholder(workflow.StampAt(st.Now.Add(after).Truncate(time.Minute), st.Shown()).Full(st.Shown()))
}

// words says what is left, and when it is talked about.
func (h *reviewHead) words() string {
	in := h.state.Incident
	if in.Open() {
		return "The fire still burns. What you write is kept; what is for after the fire waits, folded, for the all-clear."
	}
	says := ""
	if empty := h.facts.empty; len(empty) > 0 {
		names := make([]string, len(empty))
		for i, s := range empty {
			names[i] = s.Name
		}
		says = "Still empty: " + strings.Join(names, ", ") + ". "
	}
	if at, ok := in.Review.Scheduled(); ok && in.Review.State() != workflow.Final {
		says += fmt.Sprintf("Scheduled for %s with %s.", at.When.Full(h.state.Shown()), at.Owner)
	} else if in.Review.State() != workflow.Final {
		says += "No date yet."
	}
	if says == "" {
		says = "Everything is written."
	}
	return strings.TrimSpace(says)
}

func reviewLook(s workflow.ReviewState) kit.ChipLook {
	switch s {
	case workflow.Final:
		return kit.ChipLook{Icon: "lock", Fill: look.SuccessFill, Label: look.Text}
	case workflow.InReview:
		return kit.ChipLook{Icon: "people", Fill: look.InfoFill, Label: look.Text}
	default:
		return kit.ChipLook{Icon: "edit"}
	}
}
