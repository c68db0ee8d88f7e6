package publish_test

import (
	"testing"

	"firebreak/workflow"
)

// BenchmarkTick ticks a task and opens it again, and brings the files in step.
func BenchmarkTick(b *testing.B) {
	s := newStage(b)
	s.play(untilIncrement)
	s.look()
	for n := 0; b.Loop(); n++ {
		s.do(workflow.MarkTask{ID: "T-003", Done: n%2 == 0})
		if _, err := s.hands.Weave(b.Context(), s.root, s.in); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLookInStep looks at both sides when nothing has changed.
func BenchmarkLookInStep(b *testing.B) {
	s := newStage(b)
	s.play(untilIncrement)
	s.look()
	for b.Loop() {
		if _, err := s.hands.Weave(b.Context(), s.root, s.in); err != nil {
			b.Fatal(err)
		}
	}
}
