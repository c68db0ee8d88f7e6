package main

import (
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/session"
	"firebreak/app/stage"
	"firebreak/app/view"
	"firebreak/workflow"
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

// oldPostMortem is what lies in many a folder.
const oldPostMortem = `# Post-Mortem: SEV2 Search was slow 2024-03-30

All times are in CET.

## Summary

Search took up to forty seconds for everyone in Europe, because a new index was built in the busiest hour.

## Timeline

- 17:42 - Release 2.7.0 starts to build the new index
- 17:55 - First alert: search takes longer than five seconds (Mia)
- ~18:00 - Mia suspects the index
- 18:20-18:25 - Index build stopped, search recovers
- 13:55 PM - Asked the vendor
- 0:10 - All clear after five quiet hours
- see the dashboard for the rest

## Root Cause

The build of an index reads every page once and pushes everything else out of the cache.

## Lessons Learned

1. Build indexes at night.
2. Stop first, look for the cause afterwards.

## Action Items

- [ ] Limit how fast an index is built
- [x] Alert on the hit rate of the cache

## Background

The index has tripled in a year.
`

// readOld lays an old post-mortem on the desk.
func readOld(s *stage.Stage, folder string) error {
	path := filepath.Join(folder, "2024-03-30-search.md")
	if err := os.WriteFile(path, []byte(oldPostMortem), 0o600); err != nil {
		return err
	}
	s.Desk.ReadImport(session.DocumentAt(path))
	s.Pass(time.Second)
	return nil
}

// takeOld makes an incident of the past of it.
func takeOld(s *stage.Stage, folder string) error {
	if err := readOld(s, folder); err != nil {
		return err
	}
	var failed error
	s.Desk.TakeImport(func(err error) { failed = err })
	s.Pass(time.Second)
	return failed
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

// paste writes down what should not have been: made-up keys and an address.
func paste(s *stage.Stage, _ string) error {
	key := strings.Repeat("aB3dE5gH7jK9", 3)
	pem := "-----BEGIN " + "RSA PRIVATE KEY-----\n" + strings.Repeat(key[:32]+"\n", 4) + "-----END " + "RSA PRIVATE KEY-----"
	for _, text := range []string{
		"the deploy job printed gh" + "p_" + key + " into its log", "DATABASE_URL=postgres://shop:hx7!kQ2m@db.internal:5432/shop",
		"found in the image: " + pem, "first report by bob.smith@shop.com", "again gh" + "p_" + key + " in the retry",
	} {
		s.Desk.Do(workflow.Note{Text: text}, nil)
		s.Pass(time.Second)
	}
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
