// Command demo plays the sample outage without a display: the whole workflow
// through the same intents as the window's, into a folder with a small
// repository, the increment, the post-mortem, and a picture of every screen.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/app/stage"
	"firebreak/app/view"
	"firebreak/data/repo"
)

func main() {
	out := flag.String("out", filepath.Join("build", "demo"), "folder to write into")
	flag.Parse()
	if err := play(*out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// play plays the sample into a folder and prints where everything is.
func play(out string) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	repository, err := clear(out)
	if err != nil {
		return err
	}
	d := &demo{out: out, repository: repository}
	if err := d.open(); err != nil {
		return err
	}
	defer d.stage.Close()
	if err := d.run(); err != nil {
		return err
	}
	fmt.Printf("\nThe sample was played from 14:32 to its post-mortem.\n")
	fmt.Printf("  repository   %s\n", repository)
	for _, x := range d.stage.Desk.State().Incident.Review.Exports {
		fmt.Printf("  %-12s %s\n", x.Document, filepath.Join(x.Root, filepath.FromSlash(x.Path)))
	}
	fmt.Printf("  pictures     %s\n", filepath.Join(out, "screens"))
	return nil
}

// clear makes the folder ready: what an earlier demo left is thrown away, and
// nothing else is.
func clear(out string) (repository string, err error) {
	mark := filepath.Join(out, ".firebreak-demo")
	entries, err := os.ReadDir(out)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if _, err := os.Stat(mark); err != nil && len(entries) > 0 {
		return "", fmt.Errorf("%s holds something that is not a demo, so nothing was written. Name an empty folder: make demo OUT=folder", out)
	}
	for _, name := range []string{"repository", "data", "screens"} {
		if err := os.RemoveAll(filepath.Join(out, name)); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", err
	}
	if err := os.WriteFile(mark, []byte("made by make demo; its folders may be thrown away\n"), 0o600); err != nil {
		return "", err
	}
	repository = filepath.Join(out, "repository")
	_, err = repo.Init(repository)
	return repository, err
}

// demo is one play.
type demo struct {
	out, repository string
	stage           *stage.Stage
	pictures        int
}

func (d *demo) open() error {
	s, err := stage.Open(stage.Set{
		Folder: filepath.Join(d.out, "data"), Repository: d.repository, Start: sample.Alert().Add(-time.Minute),
		Name: "Jane", Size: fyne.NewSize(1280, 800),
	})
	d.stage = s
	return err
}

func (d *demo) run() error {
	if err := d.picture("start", view.TriageScreen); err != nil {
		return err
	}
	policy := d.stage.Desk.State().Policy
	for _, step := range sample.Script(policy, sample.Alert()) {
		fmt.Printf("  %s  %-5s %s\n", step.Clock(), step.Actor, step.Says)
		if err := d.stage.PlayStep(step); err != nil {
			return err
		}
		if step.After == 12*time.Minute || step.After == 26*time.Minute {
			if err := d.tour(step.Clock()); err != nil {
				return err
			}
		}
	}
	d.stage.Pass(time.Minute)
	docs := []session.Document{session.IncrementDocument, session.PostmortemDocument}
	var failed error
	d.stage.Desk.Export(nil, func(err error) { failed = err }, docs...)
	d.stage.Pump()
	if failed != nil {
		return failed
	}
	return d.tour("resolved")
}

// tour takes a picture of every screen.
func (d *demo) tour(moment string) error {
	for _, screen := range view.Screens() {
		if err := d.picture(moment, screen); err != nil {
			return err
		}
	}
	d.stage.Shell.Go(view.BoardScreen)
	return nil
}

func (d *demo) picture(moment string, screen view.Screen) error {
	d.stage.Desk.Dismiss()
	d.stage.Shell.Go(screen)
	d.stage.Pump()
	d.pictures++
	return d.stage.Picture(filepath.Join(d.out, "screens", fmt.Sprintf("%02d-%s-%s.png", d.pictures, moment, screen)))
}
