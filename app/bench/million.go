package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"firebreak/data"
	"firebreak/workflow"
)

// A store of ten thousand incidents with a hundred entries each: more than a
// company writes in ten years.
const (
	manyIncidents = 10_000
	entriesOfEach = 100
	inOneCommit   = entriesOfEach
)

// startOverEmpty is the first frame on a million events over that on an empty
// store.
const startOverEmpty = 1.3

// millionTargets are the benchmarks of the data package on that store.
func millionTargets() []number {
	return []number{
		{what: "BenchmarkMillionSearchAsTyped", target: 1, how: "p99 of search as it is typed over 1,000,000 entries / 50 ms"},
		{what: "BenchmarkMillionSearchOfAFrequentWord", target: 1, how: "p99 of a word with 58,000 hits / 50 ms"},
		{what: "BenchmarkMillionSearchOverTheShell", target: 2, how: "search / the same query in the sqlite3 shell"},
		{what: "BenchmarkMillionBackupOverCopyAndCompare", target: 3, how: "verified backup of that store / cp and cmp of the same file"},
		{what: "BenchmarkMillionThoroughBackupOverCopyAndCompare", target: 3, how: "the day's first backup, every seal read / cp and cmp of the same file"},
	}
}

func measureMillion(b bench) ([]number, error) {
	folder := filepath.Join(b.folder, "million")
	if err := fillMillion(b.ctx, folder); err != nil {
		return nil, err
	}
	run := exec.CommandContext(b.ctx, "go", "test", "-run", "^$", "-bench", "Million", "-benchtime", "3x", "-timeout", "30m", "./data")
	run.Env = append(os.Environ(), "TMPDIR="+b.folder, "FIREBREAK_MILLION="+folder)
	run.Stderr = os.Stderr
	printed, err := run.Output()
	if err != nil {
		return nil, fmt.Errorf("go test -bench: %w\n%s", err, printed)
	}
	found := readBenchmarks(printed)
	var numbers []number
	for _, n := range millionTargets() {
		seen := found[n.what]
		if len(seen["ratio"]) == 0 {
			return numbers, errors.New(n.what + " reported no ratio")
		}
		n.ratios = seen["ratio"]
		n.what, n.how = n.how, fmt.Sprintf("%s beside %s", micros(median(seen["µs"])), micros(median(seen["floor-µs"])))
		numbers = append(numbers, n)
	}
	started, err := measureStartOfMillion(b, folder)
	return append(numbers, started...), err
}

// measureStartOfMillion holds the first frame on the large store against that
// on an empty one; both show the newest incident's board or the empty one.
func measureStartOfMillion(b bench, folder string) ([]number, error) {
	w, err := openWindows(b)
	if err != nil {
		return nil, err
	}
	defer w.display.close()
	empty := filepath.Join(b.folder, "million-empty")
	if err := (history{}).fill(b.ctx, empty); err != nil {
		return nil, err
	}
	var ratios, large, none []float64
	for pair := range b.pairs + 1 {
		first, second := empty, folder
		if pair%2 == 0 {
			first, second = folder, empty
		}
		took := map[string]time.Duration{}
		for _, on := range []string{first, second} {
			r, err := w.startOn(on)
			if err != nil {
				return nil, err
			}
			took[on] = r.first
			if err := w.stop(r); err != nil {
				return nil, err
			}
		}
		if pair == 0 {
			continue // it only warms the disk
		}
		large, none = append(large, milliseconds(took[folder])), append(none, milliseconds(took[empty]))
		ratios = append(ratios, float64(took[folder])/float64(took[empty]))
	}
	return []number{{
		what: "start with 1,000,000 events / with an empty store", ratios: ratios, target: startOverEmpty,
		how: fmt.Sprintf("%.0f ms beside %.0f ms to the first painted frame; %d pairs", median(large), median(none), len(ratios)),
	}}, nil
}

// fillMillion makes the large store, with its search index. It takes a minute
// or two.
func fillMillion(ctx context.Context, folder string) error {
	places, err := data.FindPlaces(folder)
	if err != nil {
		return err
	}
	store, err := data.Open(ctx, places.Database(), data.Options{Clock: time.Now})
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.SetSetting(ctx, "window.started", true); err != nil {
		return err
	}
	zero := time.Now().UTC().Add(-manyIncidents * time.Hour).Truncate(time.Minute)
	for i := range manyIncidents {
		if err := appendIncident(ctx, store, i, zero.Add(time.Duration(i)*time.Hour)); err != nil {
			return err
		}
	}
	if _, err := store.Index(ctx, 0); err != nil {
		return err
	}
	return store.Close()
}

func appendIncident(ctx context.Context, store *data.Store, number int, zero time.Time) error {
	id := workflow.IncidentID(newID())
	batch := data.Batch{Incident: id, Summary: workflow.Summary{
		ID: id, Title: fmt.Sprintf("Outage %d of checkout", number), Stage: workflow.Closed, Detected: zero, Updated: zero, Entries: entriesOfEach,
	}}
	for i := range inOneCommit {
		at := zero.Add(time.Duration(i) * 20 * time.Second)
		event := newID()
		batch.Events = append(batch.Events, workflow.Event{
			ID: event, Batch: event, Incident: id, Device: store.Device(), Actor: "Sam", Clock: workflow.Clock(0).Next(at),
			At: workflow.Stamp{Time: at, Zone: "UTC", Sure: workflow.Exact}, Recorded: at,
			Body: workflow.Noted{Type: workflow.NoteEntry, Text: millionText(number*entriesOfEach + i)},
		})
	}
	_, _, err := store.Append(ctx, batch)
	return err
}

// millionText is an entry's text. Its words are spread as in real logs: some in
// nearly half of all entries, some in one of seventeen, most of them rare.
func millionText(n int) string {
	words := []string{"latency"}
	if n%5 > 1 {
		words[0] = "error"
	}
	if n%17 == 0 {
		words = append(words, "checkout") // 58,823 of a million
	}
	if n%1800 == 0 {
		words = append(words, "rollback") // 555 of a million
	}
	for i := range 12 {
		words = append(words, rareWord(n, i))
	}
	return strings.Join(words, " ")
}

// rareWord is one of 40,000, always the same for a place in the text.
func rareWord(n, i int) string {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(strconv.Itoa(n) + "/" + strconv.Itoa(i)))
	value := sum.Sum32() % 40_000
	word := []byte{byte('a' + value%26), byte('a' + value/26%26), byte('a' + value/676%26)}
	return string(word) + strconv.Itoa(int(value/17_576)) + "ing"
}
