package main

import (
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/stage"
	"firebreak/app/view"
)

// backUp makes a backup and writes a little more, so that there is something to
// go back to.
func backUp(s *stage.Stage, _ string) error {
	s.Shell.Run("backup.now")
	s.Pass(2 * time.Second)
	return s.Type("one more note")
}

// attach drops a picture and a text on the note, and sends it.
func attach(s *stage.Stage, folder string) error {
	graph, log := filepath.Join(folder, "error-rate.png"), filepath.Join(folder, "auth-service.log")
	if err := errors.Join(drawGraph(graph), os.WriteFile(log, []byte("14:29:03 connection pool exhausted\n"), 0o600)); err != nil {
		return err
	}
	s.Shell.Go(view.TimelineScreen)
	s.Pump()
	s.Shell.Drop(fyne.NewPos(640, 780), []string{graph, log})
	s.Pass(2 * time.Second)
	if err := s.Press("Ctrl+L"); err != nil {
		return err
	}
	if err := s.Type("Error rate and the log around it"); err != nil {
		return err
	}
	s.Key(fyne.KeyReturn)
	s.Pass(2 * time.Second)
	return nil
}

// drawGraph draws what a screenshot of an error rate looks like from afar.
func drawGraph(path string) error {
	img := image.NewRGBA(image.Rect(0, 0, 320, 180))
	for x := range 320 {
		height := 20 + x%7*3
		if x > 140 && x < 260 {
			height = 130 + x%5*4
		}
		for y := range 180 {
			c := color.RGBA{R: 24, G: 28, B: 36, A: 255}
			if 180-y < height {
				c = color.RGBA{R: 220, G: 80, B: 60, A: 255}
			}
			img.Set(x, y, c)
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(png.Encode(f, img), f.Close())
}

// takeAway renames the data folder under the running program, and somebody goes
// on writing.
func takeAway(s *stage.Stage, folder string) error {
	if err := os.Rename(filepath.Join(folder, "data"), filepath.Join(folder, "elsewhere")); err != nil {
		return err
	}
	if err := s.Press("Ctrl+L"); err != nil {
		return err
	}
	if err := s.Type("pool size raised to 200"); err != nil {
		return err
	}
	s.Key(fyne.KeyReturn)
	s.Pass(3 * time.Second)
	return nil
}

// writeSection writes into a section with what it can name: a metric, an entry,
// a picture that is dropped on it.
func writeSection(s *stage.Stage, folder string) error {
	graph := filepath.Join(folder, "error-rate.png")
	if err := drawGraph(graph); err != nil {
		return err
	}
	s.Shell.Go(view.PostmortemScreen)
	s.Pass(2 * time.Second)
	if err := s.Type("Login was broken for {{metric time-to-resolve}}, and Bob forgot to say so. "); err != nil {
		return err
	}
	s.Shell.Drop(fyne.NewPos(640, 300), []string{graph})
	s.Pass(2 * time.Second)
	return nil
}
