package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// memoryTarget is what the long incident may hold over the one label, in MB.
const (
	memoryTarget  = 80
	memoryEntries = 10_000
	memoryPairs   = 3
)

func measureMemory(b bench) ([]number, error) {
	w, err := openWindows(b)
	if err != nil {
		return nil, err
	}
	defer w.display.close()
	folder := filepath.Join(b.folder, "long")
	long := history{incidents: 1, entries: memoryEntries, newest: time.Now().UTC().Add(-burning - memoryEntries*time.Second)}
	if err := long.fill(b.ctx, folder); err != nil {
		return nil, err
	}
	n, err := w.memory(folder)
	if err != nil {
		return nil, err
	}
	return []number{n}, nil
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
// five seconds, or after thirty.
func (w *windows) settled(r *running) (float64, error) {
	const look, still, longest = 250 * time.Millisecond, 20, 120
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
