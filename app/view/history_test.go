package view

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/workflow"
)

// searchable is a desk whose search finds something.
type searchable struct {
	*fakeAsker
	find func(query string) ([]session.Hit, error)
}

func (s searchable) Search(query string, limit int, done func([]session.Hit, error)) {
	s.calls = append(s.calls, "search "+query)
	done(s.find(query))
}

func (s searchable) ShowEntry(id workflow.EventID) { s.calls = append(s.calls, "entry "+string(id)) }

// pastHits is what a search for "token" finds.
func pastHits(query string) ([]session.Hit, error) {
	if query != "token" {
		return nil, nil
	}
	return []session.Hit{
		{Incident: "auth", Event: "one", Snippet: "Regex pattern in token validation was changed in PR #423."},
		{Incident: "queue", Event: "two", Snippet: "…the consumer's token had run out, so the queue grew"},
		{Incident: "auth", Event: "three", Snippet: "Token validation reverted to the previous pattern, one line."},
	}, nil
}

// pastDesk is a desk with a year of incidents, one of which still burns.
func pastDesk(t *testing.T) *fakeAsker {
	t.Helper()
	f := newDesk(t, 14*time.Minute)
	at := func(daysAgo int, clock time.Duration) time.Time {
		return sample.Alert().Truncate(24*time.Hour).AddDate(0, 0, -daysAgo).Add(clock)
	}
	past := func(id, title, service, severity string, daysAgo int, clock, took time.Duration, stage workflow.Stage, actions int, cause string) workflow.Summary {
		s := workflow.Summary{
			ID: workflow.IncidentID(id), Title: title, Service: service, Severity: severity, Stage: stage,
			Detected: at(daysAgo, clock), Entries: 20 + actions, Actions: actions, Cause: cause,
		}
		if stage == workflow.Resolved || stage == workflow.Closed {
			s.Took, s.AllClear = took, s.Detected.Add(took)
		}
		return s
	}
	now := f.state.Incident.Summary()
	now.Title, now.Sample = "Checkout answers 5xx after release 1.8.3", false
	f.state.History = []workflow.Summary{
		now,
		past("dash", "Slow dashboard for large customers", "reports", "SEV2", 7, 9*time.Hour+20*time.Minute, 130*time.Minute, workflow.Resolved, 2, "An N+1 query in the list of invoices."),
		past("typo", "Typo in the invoice", "billing", "SEV4", 10, 16*time.Hour, 25*time.Minute, workflow.Closed, 1, "A template was merged without review."),
		past("queue", "Queue backlog, mails go out hours late", "mail", "SEV2", 14, 3*time.Hour+44*time.Minute, 185*time.Minute, workflow.Closed, 3, "The consumer's token had run out."),
		past("false", "Alert without a cause", "", "", 20, 11*time.Hour, 0, workflow.Cancelled, 0, ""),
		past("auth", "Auth outage", "auth", "SEV1", 45, 14*time.Hour+32*time.Minute, 47*time.Minute, workflow.Closed, 0, "Regex pattern in token validation was changed."),
		past("pool", "Payment pool exhausted", "payment", "SEV1", 80, 2*time.Hour+10*time.Minute, 16*time.Minute, workflow.Closed, 0, "Connections were leaked in the error path."),
		past("pay2", "Payment timeouts", "payment", "SEV3", 130, 18*time.Hour, 41*time.Minute, workflow.Closed, 0, "No rate limit towards the provider."),
	}
	return f
}

func openHistory(t *testing.T, f *fakeAsker) (*history, fyne.Window) {
	t.Helper()
	pane, w := stage(t, f, func(Asker) Pane { return newHistory(searchable{f, pastHits}) }, paneSizes["wide"].Width, paneSizes["wide"].Height)
	pane.Enter()
	return pane.(*history), w
}

func words(o fyne.CanvasObject) string { return strings.Join(kit.TextsIn(o), "\n") }

func TestEveryIncidentIsListedWithWhatItWasAndHowLongItTook(t *testing.T) {
	h, w := openHistory(t, pastDesk(t))

	assert.Equal(t, fyne.Focusable(h.list), w.Canvas().Focused())
	for _, expected := range []string{
		"SEV1", "Checkout answers 5xx after release 1.8.3", "T+14 min",
		"SEV2", "2024-11-18 09:20Z", "2 h 10", "reports, resolved, post-mortem to finish, 2 open action items", "Cancelled",
	} {
		assert.Contains(t, words(h.list), expected)
	}
}

func TestEnterOpensAnIncidentAndGoesOnWithTheOneOnTheDesk(t *testing.T) {
	f := pastDesk(t)
	h, w := openHistory(t, f)

	press(w, fyne.KeyReturn)
	assert.Equal(t, []string{"go.board"}, f.ran)

	press(w, fyne.KeyDown)
	assert.Contains(t, words(h.side.content), "An N+1 query in the list of invoices.")
	require.True(t, h.Main())
	assert.Contains(t, f.calls, "open incident dash")
}

func TestTheMedianNeedsThreeIncidents(t *testing.T) {
	took := func(minutes ...int) historyNumbers {
		var all []workflow.Summary
		for _, m := range minutes {
			all = append(all, workflow.Summary{Stage: workflow.Closed, Took: time.Duration(m) * time.Minute, Detected: sample.Alert()})
		}
		return countHistory(all, sample.Alert(), time.UTC)
	}
	for _, c := range []struct {
		n     historyNumbers
		value string
		why   string
	}{
		{took(), "none yet", "A median needs 3 resolved incidents, and there is none so far. One number is no average."},
		{took(47), "none yet", "A median needs 3 resolved incidents, and there is 1 so far. One number is no average."},
		{took(47, 10), "none yet", "A median needs 3 resolved incidents, and there are 2 so far. One number is no average."},
		{took(47, 10, 60), "47 minutes", "All-clear minus detected, of 3 resolved incidents: from 10 minutes to 1 hour."},
		{took(20, 10, 60, 40), "30 minutes", "All-clear minus detected, of 4 resolved incidents: from 10 minutes to 1 hour."},
	} {
		value, why := c.n.median()
		assert.Equal(t, c.value, value)
		assert.Equal(t, c.why, why)
	}
}

func TestMonthsAreCountedAlsoOverTheTurnOfTheYear(t *testing.T) {
	march := time.Date(2025, 3, 31, 9, 0, 0, 0, time.UTC)
	n := countHistory([]workflow.Summary{
		{Detected: march},
		{Detected: march.AddDate(0, -1, -10)},
		{Detected: time.Date(2024, 12, 31, 23, 30, 0, 0, time.UTC)},
		{Detected: march.AddDate(-1, 0, 0)},
	}, march, time.UTC)

	var got []string
	for _, m := range n.months {
		got = append(got, strings.Repeat("#", m.count)+m.name)
	}
	assert.Equal(t, []string{"Oct 2024", "Nov 2024", "#Dec 2024", "Jan 2025", "#Feb 2025", "#Mar 2025"}, got)
}

func TestNumbersSpeakOfIncidentsAndNeverOfPeople(t *testing.T) {
	f := pastDesk(t)
	h, _ := openHistory(t, f)
	said := words(h.side.content)

	assert.Contains(t, said, "Numbers come only from this computer.")
	assert.Contains(t, said, "payment: 2 incidents")
	for _, person := range []string{"Jane", "Sam", "Bob", "Ann"} {
		assert.NotContains(t, said, person)
	}
}

func TestChoicesNarrowTheListAndItsNumbers(t *testing.T) {
	h, _ := openHistory(t, pastDesk(t))

	h.bar.severity.Choose("SEV1")
	h.Show(h.st)
	assert.Len(t, h.listed, 3)
	h.bar.severity.Choose("")
	h.bar.which.Choose(withActions)
	h.Show(h.st)
	assert.Len(t, h.listed, 3)
	assert.Equal(t, 6, h.numbers.actions)
	h.bar.period.Choose("90")
	h.bar.which.Choose(stillOpen)
	h.Show(h.st)
	assert.Len(t, h.listed, 1)
}

func TestASearchShowsWhatItFoundUnderItsIncidents(t *testing.T) {
	f := pastDesk(t)
	h, w := openHistory(t, f)

	h.Find()
	write(w, "token")

	said := words(h.list)
	assert.Contains(t, said, "Auth outage, SEV1, 2024-10-11 14:32Z")
	assert.Contains(t, said, "the consumer's token had run out")
	press(w, fyne.KeyDown)
	assert.Equal(t, fyne.Focusable(h.list), w.Canvas().Focused())
	press(w, fyne.KeyDown, fyne.KeyReturn)
	assert.Equal(t, "entry three", f.calls[len(f.calls)-1], "the other place in the same incident")
	assert.Contains(t, f.calls, "open incident auth")

	h.Find()
	press(w, fyne.KeyEscape)
	assert.Len(t, h.items, len(f.state.History))
}

func TestOnlyTheNewestSearchAnswers(t *testing.T) {
	f := pastDesk(t)
	late := map[string]func([]session.Hit, error){}
	asker := slowSearch{f, late}
	pane, w := stage(t, f, func(Asker) Pane { return newHistory(asker) }, 1088, 606)
	h := pane.(*history)
	h.Find()
	write(w, "to")

	late["to"]([]session.Hit{{Incident: "auth", Event: "new", Snippet: "to"}}, nil)
	late["t"]([]session.Hit{{Incident: "auth", Event: "old", Snippet: "t"}, {Incident: "pool", Event: "old", Snippet: "t"}}, nil)

	assert.Len(t, h.found.hits, 1)
	assert.Equal(t, workflow.EventID("new"), h.found.hits[0].Event)
}

// slowSearch answers when the test says so.
type slowSearch struct {
	*fakeAsker
	late map[string]func([]session.Hit, error)
}

func (s slowSearch) Search(query string, _ int, done func([]session.Hit, error)) {
	s.late[query] = done
}

func TestWhatWasNotFoundBecomesANote(t *testing.T) {
	f := pastDesk(t)
	h, w := openHistory(t, f)

	h.Find()
	write(w, "xyz")
	assert.Equal(t, "Nothing for “xyz”. Enter adds it as a note.", h.empty.words.Text())
	press(w, fyne.KeyReturn)

	assert.Equal(t, "xyz", f.last().(workflow.Note).Text)
	assert.Empty(t, h.bar.find.Text())
}

func TestASearchThatFailsSaysSoUnderTheField(t *testing.T) {
	f := pastDesk(t)
	broken := searchable{f, func(string) ([]session.Hit, error) {
		return nil, errors.New("The index cannot be read. The log is whole; run firebreak doctor.")
	}}
	pane, w := stage(t, f, func(Asker) Pane { return newHistory(broken) }, 1088, 606)
	h := pane.(*history)
	h.Find()
	write(w, "t")

	assert.Equal(t, "The index cannot be read. The log is whole; run firebreak doctor.", h.bar.find.Error())
}

func TestTheFirstStartOffersToDeclareAndTheSample(t *testing.T) {
	f := newFakeAsker(t, quietState(t))
	h, w := openHistory(t, f)

	assert.Equal(t, "No incidents yet. Declare one (Ctrl+N), import one (Ctrl+I) or open the sample.", h.empty.words.Text())
	press(w, fyne.KeyReturn)
	test.Tap(buttonIn(h.empty.content, "Open the sample"))
	assert.Equal(t, []string{"incident.declare", "sample.open"}, f.ran)
}

func TestTheSampleIsMarkedAsSuch(t *testing.T) {
	f := pastDesk(t)
	h, _ := openHistory(t, f)
	assert.NotContains(t, words(h.side.content), "Sample data")

	f.state.Sample = true
	f.Show()
	assert.Contains(t, words(h.side.content), "Sample data")
}

func TestATickLeavesTheHistoryAlone(t *testing.T) {
	f := pastDesk(t)
	h, w := openHistory(t, f)
	press(w, fyne.KeyDown, fyne.KeyDown)
	selected := h.list.Selected()
	h.Find()
	write(w, "to")

	for range 120 {
		f.state.Now = f.state.Now.Add(time.Second)
		f.Show()
	}

	assert.Equal(t, h.bar.find.Target(), w.Canvas().Focused())
	assert.Equal(t, "to", h.bar.find.Text())
	press(w, fyne.KeyEscape)
	h.list.Select(selected)
	assert.Equal(t, selected, h.list.Selected())
}
