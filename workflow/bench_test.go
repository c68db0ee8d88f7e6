package workflow_test

import (
	"fmt"
	"testing"
	"time"

	"firebreak/workflow"
)

// long is the log of an incident with many notes, as a scribe writes them.
func long(b testing.TB, notes int) []workflow.Event {
	b.Helper()
	s := fire(b).assessed().fixed("abc1234").proven()
	events := s.in.Events()
	last := events[len(events)-1]
	for i := range notes {
		e := last
		e.ID = workflow.EventID(fmt.Sprintf("01a0b1c2-0000-7000-8000-%012d", i))
		e.Batch, e.Base, e.Clock = e.ID, nil, last.Clock+workflow.Clock(i+1)
		e.At = workflow.StampAt(alert.Add(time.Duration(i)*time.Second), time.UTC)
		e.Recorded = e.At.Time
		e.Body = workflow.Noted{Type: workflow.NoteEntry, Text: fmt.Sprint(i, ". Error rate is down to 3.1% after the canary was rolled back; p95 latency back at 180 ms.")}
		events = append(events, e)
	}
	return events
}

func BenchmarkFold10k(b *testing.B) {
	events := long(b, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		workflow.Fold("incident-1", events)
	}
}

func BenchmarkDecode10k(b *testing.B) {
	var lines [][]byte
	for _, e := range long(b, 10_000) {
		line, err := workflow.Encode(e)
		if err != nil {
			b.Fatal(err)
		}
		lines = append(lines, line)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, line := range lines {
			if _, err := workflow.Decode(line); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkDecideNote(b *testing.B) {
	s := &scene{t: b, in: workflow.Fold("incident-1", long(b, 5000)), now: alert.Add(2 * time.Hour), actor: "Sam", device: "laptop"}
	b.ReportAllocs()
	for b.Loop() {
		events, err := workflow.Decide(s.in, workflow.Note{Text: "Error rate is down"}, s.env())
		if err != nil {
			b.Fatal(err)
		}
		s.in.With(events...)
	}
}

func BenchmarkUndo(b *testing.B) {
	s := &scene{t: b, in: workflow.Fold("incident-1", long(b, 5000)), now: alert.Add(2 * time.Hour), actor: "Sam", device: "laptop"}
	b.ReportAllocs()
	for b.Loop() {
		events, err := workflow.Decide(s.in, workflow.Undo{}, s.env())
		if err != nil {
			b.Fatal(err)
		}
		s.in.With(events...)
	}
}

// BenchmarkGlance is what a screen asks for with each tick of the clock.
func BenchmarkGlance(b *testing.B) {
	in := workflow.Fold("incident-1", long(b, 5000))
	now := alert.Add(2 * time.Hour)
	for name, look := range map[string]func(){
		"header":   func() { in.Stage(); in.Cadence(now); in.Response(now); in.Nudges(now); in.Next(now) },
		"board":    func() { in.Checklist(); in.AllGates(); in.Tasks() },
		"timeline": func() { in.Timeline.All() },
		"metrics":  func() { in.Metrics(); in.PhaseTimes() },
		"summary":  func() { in.Summary() },
		"undo":     func() { in.CanUndo("laptop"); in.CanRedo(workflow.Env{Device: "laptop"}) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				look()
			}
		})
	}
}
