package main

import (
	"fmt"
	"path/filepath"
	"time"
)

// startTarget is the first frame over that of the one label.
const startTarget = 1.5

func measureStarts(b bench) ([]number, error) {
	w, err := openWindows(b)
	if err != nil {
		return nil, err
	}
	defer w.display.close()
	var numbers []number
	for _, c := range []struct {
		what   string
		folder string
		filled history
	}{
		{"the very first start", "", history{}},
		{"start with an empty store", "empty", history{}},
		{"start with 1,000 incidents", "thousand", history{incidents: 1000, newest: time.Now().UTC().Add(-burning)}},
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
	return numbers, nil
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
