package workflow_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

// grown has three of everything that an incident lists: a slice of three often
// has room for a fourth, and there two futures could write over each other.
func grown(t *testing.T, ask func(i int) workflow.Intent) *scene {
	t.Helper()
	s := fire(t).fixed("abc1234").proven().deployed()
	for i := range 3 {
		s.do(ask(i))
	}
	return s
}

func TestTwoFuturesGrowApart(t *testing.T) {
	for name, ask := range map[string]func(i int) workflow.Intent{
		"notes": func(i int) workflow.Intent { return workflow.Note{Text: fmt.Sprint("note ", i)} },
		"items": func(i int) workflow.Intent { return workflow.AddItem{Phase: "before", Text: fmt.Sprint("item ", i)} },
		"updates": func(i int) workflow.Intent {
			return workflow.Tell{Channel: workflow.OnCallChannel, Text: fmt.Sprint(i)}
		},
		"hand-offs":   func(i int) workflow.Intent { return workflow.HandOff{To: fmt.Sprint("p", i), ReadBack: true} },
		"assignments": func(i int) workflow.Intent { return workflow.Assign{Text: fmt.Sprint("do ", i), Owner: "Bob"} },
		"tasks":       func(i int) workflow.Intent { return workflow.AddTask{Title: fmt.Sprint("task ", i)} },
		"actions":     func(i int) workflow.Intent { return workflow.AddAction{Text: fmt.Sprint("act ", i)} },
		"runs":        func(i int) workflow.Intent { return ran(fmt.Sprint("npm test ", i), "", true) },
		"approvals":   func(i int) workflow.Intent { return workflow.Approve{Person: fmt.Sprint("p", i)} },
		"deploys": func(i int) workflow.Intent {
			return workflow.RecordDeploy{Deploy: workflow.Deploy{Version: fmt.Sprint("v", i)}}
		},
		"checks": func(i int) workflow.Intent { return checked(fmt.Sprint("c", i), workflow.CheckPassed) },
		"exports": func(i int) workflow.Intent {
			return workflow.RecordExport{Export: workflow.Export{Document: "post-mortem", Path: fmt.Sprint(i)}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			base := grown(t, ask)
			for i := 3; i < 8; i++ { // over every size at which a slice has room
				one, two := *base, *base
				one.do(ask(100 + i))
				shown, log := picture(one.in), one.in.Events()
				two.do(ask(200 + i))
				assert.Equal(t, shown, picture(one.in))
				assert.Equal(t, log, one.in.Events())
				base.do(ask(i))
			}
		})
	}
}

func TestTheCallersSliceStaysTheCallers(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "x"})
	events := s.in.Events()
	in := workflow.Fold(s.in.ID, events)
	for i := range events {
		events[i] = workflow.Event{}
	}
	same(t, s.in, in)
	in.Events()[0].Body = nil
	same(t, s.in, in)
}

func TestADamagedLogThatNamesItsEventsInACircleIsRead(t *testing.T) {
	s := fire(t)
	write := func(id, base workflow.EventID, n int) workflow.Event {
		return workflow.Event{
			ID: id, Batch: id, Base: []workflow.EventID{base, id}, Incident: s.in.ID, Device: workflow.DeviceID(id), Clock: workflow.Clock(n).Next(alert.AddDate(0, 0, n)),
			Body: workflow.Assessed{Field: workflow.Impact, Text: string(id)},
		}
	}
	undo := func(id, batch workflow.EventID, n int) workflow.Event {
		e := write(id, batch, n)
		e.Body = workflow.Undone{Batch: batch}
		return e
	}
	in := s.in.With(write("a", "b", 1), write("b", "a", 2), undo("u", "a", 3), undo("v", "b", 4), undo("w", "w", 5), write("c", "a", 6), write("d", "b", 7))
	assert.Equal(t, "d", in.Assessment(workflow.Impact))
}
