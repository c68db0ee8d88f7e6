package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/stage"
	"firebreak/app/view"
	"firebreak/workflow"
)

// frame is what one repaint may cost on a screen of 60 Hz.
const frame = 16 * time.Millisecond

// deskEntries is how long the timeline is; deskActions is how often each action
// is measured.
const (
	deskEntries = 5_000
	deskActions = 150
)

// deskHow says what the processor time holds, and what it does not.
const deskHow = "%.1f ms of processor time each over one frame of 16 ms; %d times at 5,000 entries, desk, store, screen and layout, without drawing"

// action is something that a person does, or the clock.
type action struct {
	what  string
	ready func(*stage.Stage) error
	do    func(s *stage.Stage, turn int) error
}

func actions() []action {
	return []action{
		{"key in the composer, under the timeline", composer(view.TimelineScreen), press},
		{"key in the composer, under the board", composer(view.BoardScreen), press},
		{"step ticked on the board", screen(view.BoardScreen), tick},
		{"note added, on the timeline", screen(view.TimelineScreen), note},
		{"second that passes, on the timeline", screen(view.TimelineScreen), second},
		{"second that passes, on the board", screen(view.BoardScreen), second},
	}
}

func measureDesk(b bench) ([]number, error) {
	if _, err := spent(); err != nil {
		return nil, err
	}
	start := time.Now().UTC().Truncate(time.Second)
	folder := filepath.Join(b.folder, "desk")
	h := history{incidents: 1, entries: deskEntries, newest: start.Add(-burning - deskEntries*time.Second)}
	if err := h.fill(b.ctx, folder); err != nil {
		return nil, err
	}
	s, err := stage.Open(stage.Set{Folder: folder, Start: start.Add(time.Minute), Name: "Sam", Size: fyne.NewSize(1280, 800)})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if b.profile != "" {
		f, err := os.Create(b.profile)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return nil, err
		}
		defer pprof.StopCPUProfile()
	}
	var numbers []number
	for _, a := range actions() {
		costs, err := a.costs(b, s)
		if err != nil {
			return numbers, fmt.Errorf("%s: %w", a.what, err)
		}
		numbers = append(numbers, number{
			what: a.what + " / a frame", ratios: costs, target: 1,
			how: fmt.Sprintf(deskHow, median(costs)*float64(frame)/float64(time.Millisecond), len(costs)),
		})
	}
	return numbers, nil
}

// costs are the shares of a frame that an action takes, time by time.
func (a action) costs(b bench, s *stage.Stage) ([]float64, error) {
	if err := a.ready(s); err != nil {
		return nil, err
	}
	var costs []float64
	for turn := range deskActions {
		if b.ctx.Err() != nil {
			return nil, b.ctx.Err()
		}
		before, err := spent()
		if err != nil {
			return nil, err
		}
		if err := a.do(s, turn); err != nil {
			return nil, err
		}
		after, err := spent()
		if err != nil {
			return nil, err
		}
		costs = append(costs, float64(after-before)/float64(frame))
	}
	return costs, nil
}

func screen(shown view.Screen) func(*stage.Stage) error {
	return func(s *stage.Stage) error {
		s.Shell.Go(shown)
		s.Pass(2 * time.Second)
		return nil
	}
}

func composer(under view.Screen) func(*stage.Stage) error {
	return func(s *stage.Stage) error {
		if err := screen(under)(s); err != nil {
			return err
		}
		return s.Press("Ctrl+L")
	}
}

// press presses one key of a note.
func press(s *stage.Stage, turn int) error {
	return s.Type(string(noteText[turn%len(noteText)]))
}

// tick ticks the first step of the last phase, which no fact has settled yet, or
// takes the tick back.
func tick(s *stage.Stage, _ int) error {
	phases := s.Desk.State().Incident.Checklist()
	step := phases[len(phases)-1].Items[0]
	if step.State == workflow.ItemOpen {
		return ask(s, workflow.Tick{Item: step.ID})
	}
	return ask(s, workflow.Untick{Item: step.ID})
}

func note(s *stage.Stage, turn int) error {
	return ask(s, workflow.Note{Text: fmt.Sprintf("%d. %s", turn, noteText)})
}

func second(s *stage.Stage, _ int) error {
	s.Pass(time.Second)
	return nil
}

// ask asks the desk for a change and waits until it is on disk and shown.
func ask(s *stage.Stage, want workflow.Intent) error {
	err := errors.New("the desk did not answer")
	s.Desk.Do(want, func(refused error) { err = refused })
	s.Pump()
	return err
}
