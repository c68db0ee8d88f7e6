package session_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/workflow"
)

var start = time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC)

// hand is a clock that is moved by hand.
type hand struct {
	now    time.Time
	set    time.Duration // how far it was set by hand
	timers []*alarm
}

type alarm struct {
	due  time.Time
	call func()
	off  bool
}

func (h *hand) Now() time.Time { return h.now }

func (h *hand) Steady() time.Duration { return h.now.Sub(start) - h.set }

func (h *hand) After(d time.Duration, call func()) func() {
	a := &alarm{due: h.now.Add(d), call: call}
	h.timers = append(h.timers, a)
	return func() { a.off = true }
}

// stand is a desk on a log in memory: one queue for both threads, pumped by
// hand, so that every order of things can be played.
type stand struct {
	t        *testing.T
	desk     *session.Desk
	shelf    *memory
	hand     *hand
	hands    *outside
	runner   session.Outside // runs commands; nil: none can be run
	grounds  session.Hands   // hands that know a repository, and more than hands
	weaver   session.Weaver  // hands that can keep an increment in step, and more than hands
	places   []session.PlaceLine
	zone     func() *time.Location
	warnings []string
	archive  session.Archive
	prober   session.Prober
	queue    []func()
	shown    []session.State
	ids      int
}

func newStand(t *testing.T) *stand {
	t.Helper()
	return standOn(t, newMemory("laptop"), &hand{now: start})
}

func standOn(t *testing.T, shelf *memory, clock *hand) *stand {
	t.Helper()
	s := &stand{t: t, shelf: shelf, hand: clock, hands: &outside{}}
	s.open()
	return s
}

func (s *stand) open() {
	s.t.Helper()
	p, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(s.t, err)
	add := func(f func()) { s.queue = append(s.queue, f) }
	hands := session.Hands(s.hands)
	if both, can := s.weaver.(session.Hands); can {
		hands = both
	}
	if s.grounds != nil {
		hands = s.grounds
	}
	s.desk, err = session.Open(s.t.Context(), session.Setup{
		Threads: session.Threads{UI: add, Work: add}, Clock: s.hand, Shelf: s.shelf, Hands: hands, Outside: s.runner, Live: s.weaver != nil,
		NewID: func() workflow.EventID {
			s.ids++
			return workflow.EventID(fmt.Sprintf("%s-%04d-%p", s.shelf.device, s.ids, s))
		},
		Name: "Jane", Zone: time.UTC, ZoneNow: s.zone, Warnings: s.warnings,
		Policies: func(string) (workflow.Playbook, string) { return p, "" },
		Places:   func() []session.PlaceLine { return s.places },
		Copies:   s.t.TempDir(), Archive: s.archive, Prober: s.prober,
		Show: func(st session.State) { s.shown = append(s.shown, st) },
	})
	require.NoError(s.t, err)
}

// restart is a new program on the same disk; what was not on it is gone.
func (s *stand) restart() *stand {
	s.t.Helper()
	next := standOn(s.t, s.shelf, &hand{now: s.hand.now})
	next.ids = s.ids + 1000
	return next
}

// step runs one thing of the queue.
func (s *stand) step() {
	s.t.Helper()
	require.NotEmpty(s.t, s.queue, "nothing waits")
	first := s.queue[0]
	s.queue = s.queue[1:]
	first()
}

// pump runs everything that waits.
func (s *stand) pump() {
	for n := 0; len(s.queue) > 0; n++ {
		require.Less(s.t, n, 10_000, "it never comes to rest")
		s.step()
	}
}

// pass moves the clock on; what comes due runs at its time.
func (s *stand) pass(d time.Duration) {
	end := s.hand.now.Add(d)
	for {
		s.pump()
		var next *alarm
		for _, a := range s.hand.timers {
			if !a.off && !a.due.After(end) && (next == nil || a.due.Before(next.due)) {
				next = a
			}
		}
		if next == nil {
			break
		}
		next.off = true
		if next.due.After(s.hand.now) { // else it was due while the laptop slept
			s.hand.now = next.due
		}
		next.call()
	}
	s.hand.now = end
	s.pump()
}

func (s *stand) state() session.State { return s.desk.State() }

// do asks and waits; it must not be refused.
func (s *stand) do(want workflow.Intent, fields ...string) {
	s.t.Helper()
	answered := false
	s.desk.Do(want, func(err error) { answered = true; assert.NoError(s.t, err) }, fields...)
	s.pump()
	assert.True(s.t, answered)
}

func (s *stand) declare(title string) workflow.IncidentID {
	s.t.Helper()
	s.do(workflow.Declare{Title: title, Severity: "SEV1", Playbook: s.state().Policy})
	assert.Equal(s.t, title, s.state().Incident.Triage.Title.Get())
	return s.state().Incident.ID
}

func (s *stand) openIncident(id workflow.IncidentID) {
	s.t.Helper()
	s.desk.OpenIncident(id, func(err error) { assert.NoError(s.t, err) })
	s.pump()
	assert.Equal(s.t, id, s.state().Incident.ID)
}

// other writes as another process does.
func (s *stand) other(id workflow.IncidentID, want workflow.Intent) {
	s.t.Helper()
	in := workflow.Fold(id, s.shelf.logs[id])
	events, err := workflow.Decide(in, want, workflow.Env{Now: s.hand.now, Actor: "Sam", Device: "terminal", NewID: func() workflow.EventID {
		s.ids++
		return workflow.EventID(fmt.Sprintf("terminal-%04d", s.ids))
	}})
	require.NoError(s.t, err)
	s.shelf.logs[id] = append(s.shelf.logs[id], events...)
	s.shelf.row(in.With(events...).Summary())
}

// outside are hands that write nowhere.
type outside struct {
	read    []workflow.ReadAs
	plan    session.Plan
	fail    error
	written int

	accepted []string        // by the last export
	also     session.LookFor // what the last look for leaks was asked for

	way  workflow.WayBack   // that the repository answers
	back []session.LookBack // what was asked about it
}

func (o *outside) Find(_ context.Context, folder string) (session.Repo, error) {
	return session.Repo{Folder: folder, Root: folder, Name: "shop"}, o.fail
}

func (o *outside) CreateIncrement(context.Context, string, workflow.Incident) (workflow.RecordIncrement, error) {
	o.written++
	return workflow.RecordIncrement{ID: fmt.Sprintf("%04d-hotfix", 14+o.written)}, o.fail
}

func (o *outside) Preview(context.Context, string, workflow.Incident, ...session.Document) (session.Plan, error) {
	return o.plan, o.fail
}

func (o *outside) Write(_ context.Context, _ string, _ workflow.Incident, accept []string, _ ...session.Document) (session.Plan, error) {
	o.accepted = accept
	o.written++
	return o.plan, o.fail
}

// Understand reads lines such as "14:32 text"; with "?" after the time they are
// likely, and what begins with "# " is a section.
func (o *outside) Understand(_ context.Context, paper session.Paper, as workflow.ReadAs, now time.Time) (workflow.Reading, error) {
	o.read = append(o.read, as)
	r := workflow.Reading{Source: paper.Name, Form: workflow.MarkdownForm, Title: "Post-Mortem: SEV2 Old outage", Severity: "sev2"}
	zone := time.UTC
	if as.Zone != "" {
		zone = time.FixedZone(as.Zone, 3600)
	}
	for n, text := range strings.Split(strings.TrimSpace(string(paper.Text)), "\n") {
		clock, rest, _ := strings.Cut(text, " ")
		at, err := time.ParseInLocation("2006-01-02 15:04", now.Format(time.DateOnly)+" "+strings.TrimSuffix(clock, "?"), zone)
		line := workflow.ReadLine{Line: n + 1, At: workflow.StampAt(at, zone), Text: rest, Kind: workflow.NoteEntry, Sure: workflow.SureLine}
		switch {
		case clock == "#":
			r.Sections = append(r.Sections, workflow.ReadSection{Line: n + 1, Heading: rest, Section: workflow.LessonsSection, Text: "about " + rest})
		case err != nil:
			r.Rest = append(r.Rest, workflow.Unread{Line: n + 1, Text: text, Why: "no time"})
		default:
			if strings.HasSuffix(clock, "?") {
				line.Sure = workflow.LikelyLine
			}
			r.Lines = append(r.Lines, line)
		}
	}
	return r, o.fail
}

func (s *stand) prefs() session.Prefs {
	s.t.Helper()
	var p session.Prefs
	require.NoError(s.t, json.Unmarshal(s.shelf.settings["prefs"], &p))
	return p
}

var errDisk = errors.New("the disk is full, nothing was lost: free some space")
