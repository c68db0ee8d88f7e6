package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// The targets of the window.
const (
	startTarget  = 1.5 // first frame over that of the one label
	memoryTarget = 80  // MB over the one label
	memoryPairs  = 3
)

func measureWindow(b bench) ([]number, error) {
	w, err := openWindows(b)
	if err != nil {
		return nil, err
	}
	defer w.display.close()
	now := time.Now().UTC()
	var numbers []number
	for _, c := range []struct {
		what   string
		folder string
		filled history
	}{
		{"the very first start", "", history{}},
		{"start with an empty store", "empty", history{}},
		{"start with 1,000 incidents", "thousand", history{incidents: 1000, newest: now.Add(-burning)}},
	} {
		folder := c.folder
		if folder != "" {
			folder = filepath.Join(b.folder, folder)
			if err := c.filled.fill(b.ctx, folder); err != nil {
				return numbers, err
			}
		}
		n, err := w.firstFrames(c.what, folder)
		if err != nil {
			return numbers, fmt.Errorf("%s: %w", c.what, err)
		}
		numbers = append(numbers, n)
	}
	const entries = 10_000
	long := filepath.Join(b.folder, "long")
	if err := (history{incidents: 1, entries: entries, newest: now.Add(-burning - entries*time.Second)}).fill(b.ctx, long); err != nil {
		return numbers, err
	}
	n, err := w.memory(long)
	if err != nil {
		return numbers, fmt.Errorf("memory: %w", err)
	}
	return append(numbers, n), nil
}

// firstFrames measures starts by turns; the first pair only warms the disk.
func (w *windows) firstFrames(what, folder string) (number, error) {
	var ratios, ours, floor []float64
	for pair := range w.pairs + 1 {
		label, program, err := w.firstPair(folder, pair%2 == 0)
		if err != nil {
			return number{}, err
		}
		if pair == 0 {
			continue
		}
		ours, floor = append(ours, milliseconds(program)), append(floor, milliseconds(label))
		ratios = append(ratios, float64(program)/float64(label))
	}
	return number{
		what: what + " / one label", ratios: ratios, target: startTarget,
		how: fmt.Sprintf("%.0f ms beside %.0f ms from exec to the first painted frame, seen from outside under Xvfb; %d pairs", median(ours), median(floor), len(ratios)),
	}, nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func (w *windows) firstPair(folder string, labelFirst bool) (label, program time.Duration, err error) {
	measure := func(into *time.Duration, start func() (*running, error)) error {
		r, err := start()
		if err != nil {
			return err
		}
		*into = r.first
		return w.stop(r)
	}
	ofLabel := func() error { return measure(&label, w.startOneLabel) }
	ofProgram := func() error { return measure(&program, func() (*running, error) { return w.startOn(folder) }) }
	turns := []func() error{ofLabel, ofProgram}
	if !labelFirst {
		turns = []func() error{ofProgram, ofLabel}
	}
	for _, turn := range turns {
		if err := turn(); err != nil {
			return 0, 0, err
		}
	}
	return label, program, nil
}

// memory compares what is resident once the long incident's timeline is on the
// screen.
func (w *windows) memory(folder string) (number, error) {
	var ratios, ours, floor []float64
	for range memoryPairs {
		label, err := w.resident(w.startOneLabel)
		if err != nil {
			return number{}, err
		}
		program, err := w.resident(func() (*running, error) { return w.startOn(folder) })
		if err != nil {
			return number{}, err
		}
		ours, floor = append(ours, program), append(floor, label)
		ratios = append(ratios, (program-label)/memoryTarget)
	}
	return number{
		what: "memory of 10,000 entries over a label / 80 MB", ratios: ratios, target: 1,
		how: fmt.Sprintf("%.0f MB resident less %.0f MB, each once it has settled on the timeline; %d pairs", median(ours), median(floor), memoryPairs),
	}, nil
}

// The timeline's key, Ctrl+3.
const controlKey, threeKey = 37, 12

// resident starts a program, goes to the timeline, and answers how much is
// resident once it has settled. The one label ignores the key.
func (w *windows) resident(start func() (*running, error)) (megabytes float64, err error) {
	r, err := start()
	if err != nil {
		return 0, err
	}
	defer func() {
		if stopped := w.stop(r); err == nil {
			err = stopped
		}
	}()
	if _, err := w.settled(r); err != nil {
		return 0, err
	}
	if err := w.display.eye.focus(); err != nil {
		return 0, err
	}
	if err := w.display.eye.press(controlKey, threeKey); err != nil {
		return 0, err
	}
	return w.settled(r)
}

// settled answers the resident memory once it has stayed within a megabyte for
// two seconds, or after twenty.
func (w *windows) settled(r *running) (float64, error) {
	const look, still, longest = 250 * time.Millisecond, 8, 80
	var last float64
	same := 0
	for range longest {
		time.Sleep(look)
		now, err := residentMemory(r.Process.Pid)
		if err != nil {
			return 0, err
		}
		same++
		if now-last > 1 || last-now > 1 {
			last, same = now, 0
		}
		if same >= still {
			return now, nil
		}
	}
	return last, nil
}

// residentMemory reads the system's own figure, in MB of 1,000,000 bytes.
func residentMemory(process int) (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, is := strings.CutPrefix(line, "VmRSS:"); is {
			kilobytes, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
			return kilobytes * 1024 / 1e6, err
		}
	}
	return 0, fmt.Errorf("the system does not say how much memory process %d has", process)
}
