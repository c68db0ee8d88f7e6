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

// restAfter is how long the hand must have rested before the board says where
// it was.
const restAfter = 60 * time.Second

// recovery says where the person was before an interruption, until the next
// key. It never takes the focus.
type recovery struct {
	box     *fyne.Container
	says    *kit.Text
	last    time.Time // of the last key, as far as the board sees keys
	place   string    // where the person was then
	entries int       // what the timeline held then
	typed   int       // how much half-typed text there was
}

func newRecovery() *recovery {
	r := &recovery{says: kit.NewText("").Wrapped()}
	r.box = kit.Row(look.Space2, kit.NewIcon("history").Edge(18).In(look.Primary), kit.Grow(r.says))
	r.box.Hide()
	return r
}

// touch notes that the hand is at work; it reports whether the line went.
func (r *recovery) touch(st session.State, phases []workflow.PhaseView) bool {
	went := r.box.Visible()
	r.last, r.place, r.entries = st.Now, placeOf(phases), entries(st.Incident)
	show(r.box, false)
	return went
}

// Show brings the line in line with a state; it reports whether it came or went.
func (r *recovery) Show(st session.State, phases []workflow.PhaseView) bool {
	typed := 0
	for _, d := range st.Drafts {
		typed += len(d.Text)
	}
	if r.last.IsZero() || typed != r.typed || st.Now.Before(r.last) {
		r.typed = typed
		return r.touch(st, phases)
	}
	rest := st.Now.Sub(r.last)
	if rest < restAfter || r.place == "" {
		return false
	}
	r.says.SetText(fmt.Sprintf("You were at %s, %s; since then: %s.", r.place, ago(r.last, st.Now), entryWords(entries(st.Incident)-r.entries)))
	came := !r.box.Visible()
	show(r.box, true)
	return came
}

func entryWords(n int) string {
	switch {
	case n <= 0:
		return "nothing new"
	case n == 1:
		return "1 entry"
	default:
		return fmt.Sprintf("%d entries", n)
	}
}

// placeOf is where on the board the response is: "step 3 of During Fix".
func placeOf(phases []workflow.PhaseView) string {
	for _, p := range phases {
		for i, item := range p.Items {
			if item.Current {
				return fmt.Sprintf("step %d of %s", i+1, p.Name)
			}
		}
		if p.Current && p.Settled() {
			return "the pause of " + p.Name
		}
	}
	return ""
}
