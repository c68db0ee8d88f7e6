package weave_test

import (
	"testing"

	"firebreak/export/weave"
)

// BenchmarkOurs writes and reads the incident's side.
func BenchmarkOurs(b *testing.B) {
	l := newLoom(b)
	for b.Loop() {
		weave.OursOf(l.in, l.place)
	}
}

// BenchmarkBeside holds it against the files.
func BenchmarkBeside(b *testing.B) {
	l := newLoom(b)
	for b.Loop() {
		l.weaving()
	}
}
