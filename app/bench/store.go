package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// storeRuns is how often each of the store's benchmarks is run.
const storeRuns = 5

// storeTarget is a figure of a benchmark of the data package, and what it is
// held to. The measuring itself is written there, beside the store.
type storeTarget struct {
	benchmark, unit, what string
	most                  float64
}

func storeTargets() []storeTarget {
	return []storeTarget{
		{"BenchmarkNoteOverWriteAndSync", "ratio", "acknowledged note / the same bytes, written and fdatasync'd", 2.5},
		{"BenchmarkNoteOverWriteAndSync", "ratio-p99", "the same at the 99th percentile, each of its own", 5},
		{"BenchmarkDraftOverWriteAndSync", "ratio", "draft overwritten / the same bytes, written and fdatasync'd", 1.3},
		{"BenchmarkOpeningTenThousandOverBareRows", "ratio", "opening 10,000 entries / their rows by a bare query", 3},
	}
}

func measureStore(b bench) ([]number, error) {
	run := exec.CommandContext(b.ctx, "go", "test", "-run", "^$", "-bench", "Over", "-count", strconv.Itoa(storeRuns), "./data")
	run.Env = append(os.Environ(), "TMPDIR="+b.folder) // a memory disk has no fdatasync to be compared with
	run.Stderr = os.Stderr
	printed, err := run.Output()
	if err != nil {
		return nil, fmt.Errorf("go test -bench: %w\n%s", err, printed)
	}
	found := readBenchmarks(printed)
	var numbers []number
	for _, t := range storeTargets() {
		seen := found[t.benchmark]
		if len(seen[t.unit]) == 0 {
			return nil, errors.New(t.benchmark + " reported no " + t.unit)
		}
		numbers = append(numbers, number{what: t.what, ratios: seen[t.unit], target: t.most, how: fmt.Sprintf(
			"%s beside %s; medians of %d runs, in which both take turns for a second", micros(median(seen["µs"])), micros(median(seen["floor-µs"])), storeRuns)})
	}
	return numbers, nil
}

func micros(n float64) string {
	if n >= 1000 {
		return fmt.Sprintf("%.1f ms", n/1000)
	}
	return fmt.Sprintf("%.0f µs", n)
}

// readBenchmarks reads what go test prints: values by name and unit, one for
// each run.
func readBenchmarks(printed []byte) map[string]map[string][]float64 {
	found := map[string]map[string][]float64{}
	lines := bufio.NewScanner(bytes.NewReader(printed))
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if len(words) < 4 || !strings.HasPrefix(words[0], "Benchmark") {
			continue
		}
		name, _, _ := strings.Cut(words[0], "-") // the number of processors
		if found[name] == nil {
			found[name] = map[string][]float64{}
		}
		for i := 2; i+1 < len(words); i += 2 {
			if value, err := strconv.ParseFloat(words[i], 64); err == nil {
				found[name][words[i+1]] = append(found[name][words[i+1]], value)
			}
		}
	}
	return found
}
