package redact_test

import (
	"fmt"
	"strings"
	"testing"

	"firebreak/export/redact"
	"firebreak/workflow"
)

// BenchmarkFirstLook is what the first look at anything costs: the rules are
// read and compiled.
func BenchmarkFirstLook(b *testing.B) {
	in := begin(b).in
	for b.Loop() {
		if _, err := redact.New().Leaks(b.Context(), in, redact.Choice{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLook reads logs of several sizes that nobody has looked at, and one
// that is known but for its newest entry.
func BenchmarkLook(b *testing.B) {
	scanner := shared()
	look := func(b *testing.B, in workflow.Incident) {
		if _, err := scanner.Leaks(b.Context(), in, redact.Choice{}); err != nil {
			b.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		"an entry": ordinary[3], "an ordinary paste of 64 KiB": strings.Repeat(strings.Join(ordinary, "\n")+"\n", 64<<10/len(strings.Join(ordinary, "\n"))),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s := begin(b).note(text)
				b.StartTimer()
				look(b, s.in)
			}
		})
	}
	s := begin(b)
	for i := range 2000 {
		s.note(fmt.Sprintf("%s (%d)", ordinary[i%len(ordinary)], i))
	}
	b.Run("2,000 entries again", func(b *testing.B) {
		look(b, s.in)
		for b.Loop() {
			look(b, s.in)
		}
	})
}
