package redact_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/export/redact"
	"firebreak/workflow"
)

func standard(t testing.TB) workflow.Playbook {
	t.Helper()
	p, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(t, err)
	return p
}

// shared is one scanner for all tests, whose rules are read once. Events have
// names of their own, so that what it remembers of one story is not another's.
var shared = sync.OnceValue(redact.New)

var stories atomic.Int64

// story is an incident that is played intent by intent.
type story struct {
	t      testing.TB
	number int64
	in     workflow.Incident
	now    time.Time
	ids    int
}

func begin(t testing.TB) *story { return beginUnder(t, standard(t)) }

func beginUnder(t testing.TB, p workflow.Playbook) *story {
	s := &story{t: t, number: stories.Add(1), in: workflow.Fold("incident-1", nil), now: sample.Alert()}
	return s.do(workflow.Declare{Title: "Login is down", Playbook: p})
}

func (s *story) do(wants ...workflow.Intent) *story {
	s.t.Helper()
	for _, want := range wants {
		s.now = s.now.Add(time.Minute)
		events, err := workflow.Decide(s.in, want, workflow.Env{Now: s.now, Actor: "Jane", Device: "laptop", NewID: func() workflow.EventID {
			s.ids++
			return workflow.EventID(fmt.Sprintf("story-%d-%05d", s.number, s.ids))
		}})
		require.NoError(s.t, err)
		s.in = s.in.With(events...)
	}
	return s
}

func (s *story) note(texts ...string) *story {
	s.t.Helper()
	for _, text := range texts {
		s.do(workflow.Note{Text: text})
	}
	return s
}

func (s *story) leaks(also ...redact.Choice) []workflow.Leak {
	s.t.Helper()
	return s.leaksBy(shared(), also...)
}

func (s *story) leaksBy(scanner *redact.Scanner, also ...redact.Choice) []workflow.Leak {
	s.t.Helper()
	var choice redact.Choice
	for _, a := range also {
		choice = a
	}
	leaks, err := scanner.Leaks(s.t.Context(), s.in, choice)
	require.NoError(s.t, err)
	return leaks
}

func theSample(t testing.TB) workflow.Incident {
	t.Helper()
	n := 0
	p := sample.Player{
		Zero: sample.Alert(), Device: "laptop",
		NewID: func() workflow.EventID { n++; return workflow.EventID(fmt.Sprintf("%06d", n)) },
		Write: func(workflow.Incident, []workflow.Event) error { return nil },
		Increment: func(workflow.Incident) (workflow.RecordIncrement, error) {
			return workflow.RecordIncrement{ID: "0015-hotfix-auth-outage", Root: "/srv/shop", Path: ".specweave/increments/0015-hotfix-auth-outage", Type: "hotfix"}, nil
		},
	}
	in, err := p.Play(workflow.Fold("sample", nil), sample.Script(standard(t), sample.Alert()))
	require.NoError(t, err)
	return in
}
