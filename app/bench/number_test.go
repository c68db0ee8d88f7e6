package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBenchmarksAreReadAsGoTestPrintsThem(t *testing.T) {
	printed := "goos: linux\n" +
		"BenchmarkNoteOverWriteAndSync-2 \t 512\t 213.9 floor-µs\t 1.831 ratio\t 391.0 µs\n" +
		"BenchmarkNoteOverWriteAndSync-2 \t 498\t 220.1 floor-µs\t 1.902 ratio\t 418.7 µs\n" +
		"PASS\n"
	assert.Equal(t, map[string]map[string][]float64{
		"BenchmarkNoteOverWriteAndSync": {"floor-µs": {213.9, 220.1}, "ratio": {1.831, 1.902}, "µs": {391.0, 418.7}},
	}, readBenchmarks([]byte(printed)))
}

func TestANumberIsPrintedWithItsTargetAndWhetherItHeld(t *testing.T) {
	for name, one := range map[string]struct {
		ratios []float64
		says   []string
	}{
		"held at the median, whatever the worst": {[]float64{9, 1.2, 1.1}, []string{" 1.20 ", "1.10 to 9.00", "1.5", "held"}},
		"exactly the target":                     {[]float64{1.5}, []string{"held"}},
		"missed":                                 {[]float64{1.6, 1.7, 0.9}, []string{" 1.60 ", "MISSED"}},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			number{what: "start", ratios: one.ratios, target: 1.5, how: "a beside b"}.print(&out)
			for _, part := range append(one.says, "start", "a beside b") {
				assert.Contains(t, out.String(), part)
			}
		})
	}
}
