package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// windows starts the program and the one label by turns, on the same display.
type windows struct {
	bench
	display  *display
	oneLabel string // the built twin
	home     string // both keep what the system keeps for them here
}

// openWindows builds the twin and opens the display.
func openWindows(b bench) (*windows, error) {
	if runtime.GOOS != "linux" {
		return nil, notHere("It is measured under Xvfb, on Linux.")
	}
	if b.window == "" {
		return nil, notHere("There is no built window: make bench builds it and names it in FIREBREAK_WINDOW.")
	}
	w := &windows{bench: b, oneLabel: filepath.Join(b.folder, "onelabel"), home: filepath.Join(b.folder, "home")}
	if err := os.MkdirAll(w.home, 0o700); err != nil {
		return nil, err
	}
	build := exec.CommandContext(b.ctx, "go", "build", "-tags", b.tags, "-o", w.oneLabel, "./app/bench/onelabel")
	build.Env = append(os.Environ(), "CGO_ENABLED=1")
	if said, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the one-label window was not built: %w\n%s", err, said)
	}
	var err error
	w.display, err = openDisplay(b.ctx)
	return w, err
}

// running is a started program.
type running struct {
	*exec.Cmd
	ended chan struct{} // closed once it has ended
	first time.Duration // from its start to its first painted frame
	place string        // folder that is its own; "" is none
}

// patience is how long a window may take before the measurement is broken.
const patience = time.Minute

// start starts a program and waits for its first frame.
func (w *windows) start(program string, args ...string) (*running, error) {
	r := &running{Cmd: exec.CommandContext(w.ctx, program, args...), ended: make(chan struct{})}
	r.Dir = w.home // in no repository, as from a launcher
	r.Env = append(without(os.Environ(), "WAYLAND_DISPLAY", "XDG_", "FIREBREAK_", "HOME"),
		"DISPLAY="+w.display.name, "LIBGL_ALWAYS_SOFTWARE=1", "HOME="+w.home, "XDG_RUNTIME_DIR="+w.home)
	begun := time.Now()
	if err := r.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = r.Wait()
		close(r.ended)
	}()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	for {
		painted, err := w.painted()
		if err != nil {
			r.kill()
			return nil, err
		}
		if painted {
			r.first = time.Since(begun)
			return r, nil
		}
		select {
		case <-r.ended:
			return nil, fmt.Errorf("%s ended before it painted anything", filepath.Base(program))
		case <-ctx.Done():
			r.kill()
			return nil, fmt.Errorf("%s painted nothing within %s", filepath.Base(program), patience)
		case <-time.After(time.Millisecond):
		}
	}
}

func without(env []string, names ...string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(one string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(one, name) })
	})
}

func (r *running) kill() {
	_ = r.Process.Kill()
	<-r.ended
}

// painted says whether there is more than a background in the middle of where
// both windows lie: their text, or the line between two parts.
func (w *windows) painted() (bool, error) {
	const middle, height = 390, 20
	colours, err := w.display.eye.colours(middle, 1280, height)
	return colours >= 3, err
}

// stop ends a program and waits until the screen is empty again.
func (w *windows) stop(r *running) error {
	r.kill()
	if r.place != "" {
		if err := os.RemoveAll(r.place); err != nil {
			return err
		}
	}
	for range 1000 {
		painted, err := w.painted()
		if err != nil || !painted {
			return err
		}
		time.Sleep(5 * time.Millisecond)
	}
	return errors.New("a window stayed on the screen after its program had ended")
}

// startOneLabel starts the twin.
func (w *windows) startOneLabel() (*running, error) { return w.start(w.oneLabel) }

// startOn starts the program on a copy of a data folder, so that each start
// finds the same; "" is a folder that is not there yet.
func (w *windows) startOn(folder string) (*running, error) {
	place, err := os.MkdirTemp(w.folder, "start-")
	if err != nil {
		return nil, err
	}
	own := filepath.Join(place, "data")
	if folder != "" {
		if err := os.CopyFS(own, os.DirFS(folder)); err != nil {
			return nil, err
		}
	}
	r, err := w.start(w.window, "--data-dir", own)
	if err != nil {
		return nil, err
	}
	r.place = place
	return r, nil
}
