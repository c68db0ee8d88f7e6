package session_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

// patient is a log in memory that knows of its health.
type patient struct {
	*memory
	looks   []string // what was asked of it
	found   session.Health
	mended  session.Health
	unclean bool
}

func (p *patient) Examine(ctx context.Context, full bool) (session.Health, error) {
	what := "end"
	if full {
		what = "all"
	}
	p.looks = append(p.looks, what)
	found := p.found
	found.Full = full
	return found, ctx.Err()
}

func (p *patient) Mend(context.Context) (session.Health, error) {
	p.looks = append(p.looks, "mend")
	return p.mended, nil
}

func (p *patient) Unclean() bool { return p.unclean }

// ward is a desk on a patient.
type ward struct {
	*patient
	desk  *session.Desk
	hand  *hand
	queue []func()
}

func admit(t *testing.T, p *patient, repaired ...string) *ward {
	t.Helper()
	w := &ward{patient: p, hand: &hand{now: start}}
	add := func(f func()) { w.queue = append(w.queue, f) }
	var err error
	w.desk, err = session.Open(t.Context(), session.Setup{
		Threads: session.Threads{UI: add, Work: add}, Clock: w.hand, Shelf: p, Name: "Jane", Repaired: repaired,
		NewID:    func() workflow.EventID { return "id" },
		Policies: func(string) (workflow.Playbook, string) { return workflow.Playbook{}, "" },
	})
	require.NoError(t, err)
	w.desk.WatchHealth()
	w.pump()
	return w
}

func (w *ward) pump() {
	for len(w.queue) > 0 {
		first := w.queue[0]
		w.queue = w.queue[1:]
		first()
	}
}

// later moves the clock on, and lets what is due happen.
func (w *ward) later(by time.Duration) {
	w.hand.now = w.hand.now.Add(by)
	for _, alarm := range w.hand.timers {
		if !alarm.off && !alarm.due.After(w.hand.now) {
			alarm.off = true
			alarm.call()
		}
	}
	w.pump()
}

func newPatient() *patient { return &patient{memory: newMemory("laptop")} }

func TestTheLogIsLookedAtAfterTheFirstFrameAndReadWholeOnceADay(t *testing.T) {
	p := newPatient()
	w := admit(t, p)
	assert.Empty(t, p.looks, "the first frame waits for nothing")
	w.later(5 * time.Second)
	assert.Equal(t, []string{"end", "all"}, p.looks, "it was never read before")
	assert.True(t, w.desk.State().Health.Whole())
	assert.Nil(t, w.desk.State().Strip, "good news disturbs nobody")

	p.looks = nil
	admit(t, p).later(5 * time.Second)
	assert.Equal(t, []string{"end"}, p.looks)

	p.looks = nil
	w = admit(t, p)
	w.hand.now = start.Add(25 * time.Hour)
	w.later(0)
	assert.Equal(t, []string{"end", "all"}, p.looks, "a day later")
}

func TestTheWholeLogIsReadAfterACrash(t *testing.T) {
	p := newPatient()
	admit(t, p).later(5 * time.Second)
	p.looks, p.unclean = nil, true
	admit(t, p).later(5 * time.Second)
	assert.Equal(t, []string{"end", "all"}, p.looks)
}

func TestDamageIsSaidOnceAndLookedForAgain(t *testing.T) {
	p := newPatient()
	p.found.Found = []string{"The change at place 5 of the log is damaged."}
	w := admit(t, p)
	w.later(5 * time.Second)

	st := w.desk.State()
	require.NotNil(t, st.Strip)
	assert.Contains(t, st.Strip.Says, "place 5")
	assert.True(t, st.Strip.Health && st.Strip.Warning && st.Strip.Kept)
	assert.False(t, st.Health.Whole())

	p.looks = nil
	admit(t, p).later(5 * time.Second)
	assert.Equal(t, []string{"end", "all"}, p.looks, "as long as something is wrong")
}

func TestARepairIsToldAndTheIncidentReadAgain(t *testing.T) {
	p := newPatient()
	p.found.Found = []string{"damaged"}
	p.mended = session.Health{Full: true, Changes: 6, Done: []string{"1 change was fetched from the backup."}}
	w := admit(t, p)
	w.later(5 * time.Second)
	require.NotNil(t, w.desk.State().Strip, "damage is said")

	var answered bool
	w.desk.MendLog(func(err error) { answered = true; assert.NoError(t, err) })
	assert.True(t, w.desk.Running("health"))
	w.pump()

	assert.True(t, answered)
	st := w.desk.State()
	assert.True(t, st.Health.Whole())
	assert.Equal(t, p.mended.Done, st.Health.Done)
	assert.Equal(t, w.hand.now, st.Health.Looked)
	assert.Nil(t, st.Strip, "nothing is damaged any more")
}

func TestLeavingCutsAnExaminationOff(t *testing.T) {
	p := newPatient()
	w := admit(t, p)
	w.hand.now = start.Add(5 * time.Second)
	for _, alarm := range w.hand.timers {
		alarm.call()
	}
	w.queue[0]() // it begins, and what it does waits in the queue
	w.queue = w.queue[1:]
	closed := false
	w.desk.Close(func() { closed = true })
	w.pump()
	assert.True(t, closed)
	assert.True(t, w.desk.State().Health.Looked.IsZero())
}

func TestWhatWasRepairedBeforeTheStartIsSaid(t *testing.T) {
	w := admit(t, newPatient(), "The end of the log is missing.", "Nothing is missing.")
	st := w.desk.State()
	require.NotNil(t, st.Strip)
	assert.Contains(t, st.Strip.Says, "Firebreak repaired it. The end of the log is missing.")
	w.later(5 * time.Second)
	assert.Len(t, w.desk.State().Health.Done, 2, "the sheet still shows it")
}
