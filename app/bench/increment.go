package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"time"

	"firebreak/app/house"
	"firebreak/app/publish"
	"firebreak/app/session"
	"firebreak/data"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// How the increments are measured.
const (
	manyIncrements = 1000
	tickPairs      = 60
	fileTicks      = 25
	secondAtMost   = time.Second
)

func measureIncrement(b bench) ([]number, error) {
	scan, err := measureScan(b)
	if err != nil {
		return nil, err
	}
	w, err := openWorkshop(b)
	if err != nil {
		return []number{scan}, err
	}
	defer w.close()
	if b.profile != "" {
		f, err := os.Create(b.profile)
		if err != nil {
			return []number{scan}, err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return []number{scan}, err
		}
		defer pprof.StopCPUProfile()
	}
	ticks, err := w.measureTicks(b)
	numbers := append([]number{scan}, ticks...)
	if err != nil {
		return numbers, err
	}
	arrival, err := w.measureArrival()
	if err != nil {
		return numbers, err
	}
	numbers = append(numbers, arrival)
	idle, err := w.measureIdle()
	return append(numbers, idle), err
}

// measureScan reads and parses a large workspace beside cat of the same files.
func measureScan(b bench) (number, error) {
	n := number{what: "scan and parse of 1,000 increments / cat of their files", target: 3}
	root := filepath.Join(b.folder, "many")
	if err := repo.EnableSpecWeave(mustFolder(root), "shop"); err != nil {
		return n, err
	}
	files, err := fillWorkspace(root)
	if err != nil {
		return n, err
	}
	hands := publish.New(forgets{})
	scan := func() error {
		list, err := hands.Increments(b.ctx, root)
		if err == nil && len(list) != manyIncrements {
			err = fmt.Errorf("%d increments were found", len(list))
		}
		return err
	}
	cat := func() error { return exec.CommandContext(b.ctx, "cat", files...).Run() }
	if err := cat(); err != nil {
		return n, notHere("There is no cat here: " + err.Error())
	}
	var ours, floor []float64
	for range b.pairs {
		a, err := timed(scan)
		if err != nil {
			return n, err
		}
		c, err := timed(cat)
		if err != nil {
			return n, err
		}
		ours, floor = append(ours, micro(a)), append(floor, micro(c))
		n.ratios = append(n.ratios, float64(a)/float64(c))
	}
	n.how = fmt.Sprintf("%s beside %s; %d files, each read and parsed; %d pairs by turns", micros(median(ours)), micros(median(floor)), len(files), b.pairs)
	return n, nil
}

func mustFolder(path string) string {
	_ = os.MkdirAll(path, 0o755) // what is written into it next fails otherwise
	return path
}

func micro(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

func timed(run func() error) (time.Duration, error) {
	start := time.Now()
	err := run()
	return time.Since(start), err
}

// fillWorkspace writes increments as they are found in the wild, and answers
// their files.
func fillWorkspace(root string) ([]string, error) {
	var files []string
	for i := range manyIncrements {
		id := fmt.Sprintf("%04d-change-of-the-checkout", i+1)
		folder := mustFolder(filepath.Join(root, ".specweave", "increments", id))
		var tasks, criteria strings.Builder
		for t := 1; t <= 6; t++ {
			fmt.Fprintf(&tasks, "### T-%03d: Do the part %d of the change\n\n**User Story**: US-001\n**Satisfies ACs**: AC-US1-%02d\n**Priority**: P1\n**Status**: [%s] %s\n\n"+
				"**Description**: What has to be done here, in a sentence.\n\n**Implementation**:\n- One step\n- Another step\n\n**Test Plan**:\n- **Given** the shop\n- **When** somebody pays\n- **Then** it works\n\n",
				t, t, t, []string{"x", " "}[(i+t)%2], []string{"completed", "pending"}[(i+t)%2])
			fmt.Fprintf(&criteria, "- [%s] **AC-US1-%02d**: The part %d can be used by everybody who pays\n", []string{"x", " "}[(i+t)%2], t, t)
		}
		for name, content := range map[string]string{
			"metadata.json": fmt.Sprintf("{\n  \"id\": %q,\n  \"status\": \"active\",\n  \"type\": \"feature\",\n  \"priority\": \"P1\",\n  \"created\": \"2026-11-10T09:00:00.000Z\",\n  \"lastActivity\": \"2026-11-10T09:00:00.000Z\",\n  \"testMode\": \"TDD\",\n  \"coverageTarget\": 80,\n  \"externalLinks\": {}\n}", id),
			"spec.md":       fmt.Sprintf("---\nincrement: %s\ntitle: 'A change of the checkout'\ntype: feature\npriority: P1\nstatus: active\ncreated: '2026-11-10'\n---\n\n# A change of the checkout\n\n## Overview\n\nThe checkout gets another part. It is for everybody who pays.\n\n## User Stories\n\n### US-001: Pay in parts\n**Project**: shop\n\n**As a** customer\n**I want** to pay in parts\n**So that** I can buy more\n\n#### Acceptance Criteria\n\n%s\n## Out of Scope\n\n- Everything else\n", id, criteria.String()),
			"plan.md":       "# Plan\n\n## Design\n\nA table, a service and a page.\n\n## Rationale\n\nIt is the least that works.\n",
			"tasks.md":      "# Tasks\n\n" + tasks.String(),
		} {
			at := filepath.Join(folder, name)
			if err := os.WriteFile(at, []byte(content), 0o644); err != nil {
				return nil, err
			}
			files = append(files, at)
		}
	}
	return files, nil
}

// workshop is a desk without a screen whose incident has an increment in a
// repository. It runs as in the window: one thread of its own, work beside it.
type workshop struct {
	house *house.House
	desk  *session.Desk
	ui    chan func()
	root  string
	file  string // tasks.md
}

func openWorkshop(b bench) (*workshop, error) {
	place, err := repo.Init(filepath.Join(b.folder, "shop-api"))
	if err != nil {
		return nil, err
	}
	places, err := data.FindPlaces(filepath.Join(b.folder, "increment"))
	if err != nil {
		return nil, err
	}
	w := &workshop{root: place.Root, ui: make(chan func(), 256)}
	if w.house, err = house.Build(b.ctx, house.Named{Places: places, Clock: session.WallClock{}, Live: true}); err != nil {
		return nil, err
	}
	threads := session.Threads{UI: func(run func()) { w.ui <- run }, Work: func(run func()) { go run() }}
	if w.desk, err = w.house.Desk(b.ctx, threads, "Sam", func() *time.Location { return time.UTC }, func(session.State) {}); err != nil {
		return nil, err
	}
	go func() {
		for run := range w.ui {
			run()
		}
	}()
	if err := w.ask(func(done func(error)) {
		prefs := w.desk.State().Prefs
		prefs.Repository = place.Root
		w.desk.SetPrefs(prefs, "")
		w.desk.Do(workflow.Declare{Title: "Auth Outage", Severity: "SEV1", Impact: "Login broken", Playbook: w.desk.State().Policy}, done)
	}); err != nil {
		return w, err
	}
	if err := w.ask(w.desk.CreateIncrement); err != nil {
		return w, err
	}
	w.file = filepath.Join(place.Root, filepath.FromSlash(w.state().Incident.Fix.Increment.Get().Path), "tasks.md")
	if !w.until(func(st session.State) bool { return st.Increment.Live }) {
		return w, notHere("the files cannot be watched here")
	}
	return w, nil
}

func (w *workshop) close() {
	closed := make(chan bool)
	w.ui <- func() { w.desk.Close(func() { close(closed) }) }
	<-closed
	w.house.Close()
}

// ask calls the desk on its own thread and waits for its answer.
func (w *workshop) ask(call func(done func(error))) error {
	answer := make(chan error, 1)
	w.ui <- func() { call(func(err error) { answer <- err }) }
	return <-answer
}

func (w *workshop) state() session.State {
	at := make(chan session.State, 1)
	w.ui <- func() { at <- w.desk.State() }
	return <-at
}

// until asks the desk until something holds, at most ten seconds.
func (w *workshop) until(holds func(session.State) bool) bool {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if holds(w.state()) {
			return true
		}
	}
	return false
}

// turn ticks a task on the desk, or opens it again, and waits until both sides
// are in step. It answers when the log was on the disk.
func (w *workshop) turn(n int) (logged time.Time, err error) {
	if err := w.ask(func(done func(error)) {
		w.desk.Do(workflow.MarkTask{ID: "T-002", Done: n%2 == 0}, done)
	}); err != nil {
		return time.Time{}, err
	}
	logged = time.Now()
	return logged, w.ask(w.desk.WeaveIncrement)
}

// measureTicks ticks on the desk: until the file is in its place, and until
// everything that follows from it is. The floor writes the same bytes.
func (w *workshop) measureTicks(b bench) ([]number, error) {
	first := number{what: "tick on the desk to tasks.md in its place / bare", target: 3}
	after := number{what: "the same from the log on the disk on / bare", target: 3}
	whole := number{what: "the same until all three files are / bare of the three", target: 3}
	seen, err := watchName(filepath.Dir(w.file), filepath.Base(w.file))
	if err != nil {
		return nil, err
	}
	defer seen.close()
	var ours, floor []float64
	for n := range tickPairs + 4 {
		start := time.Now()
		logged, err := w.turn(n)
		if err != nil {
			return nil, err
		}
		took := time.Since(start)
		at, err := seen.next()
		if err != nil {
			return nil, err
		}
		one, all, err := w.bare(filepath.Dir(w.file))
		if err != nil {
			return nil, err
		}
		if n < 4 { // until everything is warm
			continue
		}
		first.ratios = append(first.ratios, float64(at.Sub(start))/float64(one))
		after.ratios = append(after.ratios, float64(at.Sub(logged))/float64(one))
		whole.ratios = append(whole.ratios, float64(took)/float64(all))
		ours, floor = append(ours, micro(at.Sub(start))), append(floor, micro(one))
	}
	first.how = fmt.Sprintf("%s beside %s: the key, the log synced, the file renamed, beside a temporary file, fsync and rename; %d pairs", micros(median(ours)), micros(median(floor)), tickPairs)
	whole.how = "tasks.md, spec.md and metadata.json, read back, and the agreement kept, beside three bare writes"
	after.how = "what the increment itself costs: both sides read, the tick put in, one file synced and renamed"
	return []number{first, after, whole}, nil
}

// bare writes the bytes of the three files as barely as it can be done, beside
// them and not in their place.
func (w *workshop) bare(folder string) (one, all time.Duration, err error) {
	var contents [][]byte
	for _, name := range []string{"tasks.md", "spec.md", "metadata.json"} {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return 0, 0, err
		}
		contents = append(contents, content)
	}
	beside := mustFolder(filepath.Join(w.root, "bare"))
	start := time.Now()
	for i, content := range contents {
		if err := bareWrite(beside, fmt.Sprintf("file-%d", i), content); err != nil {
			return 0, 0, err
		}
		if i == 0 {
			one = time.Since(start)
		}
	}
	return one, time.Since(start), nil
}

func bareWrite(folder, name string, content []byte) error {
	f, err := os.CreateTemp(folder, "bare-*")
	if err != nil {
		return err
	}
	if _, err := f.Write(content); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(folder, name))
}

// measureArrival ticks in the file and waits until the event is on the disk.
func (w *workshop) measureArrival() (number, error) {
	n := number{what: "tick in the file to the event on the disk / a second", target: 1}
	var took []float64
	for i := range fileTicks {
		content, err := os.ReadFile(w.file)
		if err != nil {
			return n, err
		}
		old, fresh := "### T-003: ", fmt.Sprintf("### T-003: %d", i)
		next := strings.Replace(string(content), old, fresh, 1)
		if err := bareWrite(filepath.Dir(w.file), "tasks.md", []byte(next)); err != nil {
			return n, err
		}
		start := time.Now()
		arrived := func(st session.State) bool { return strings.HasPrefix(st.Incident.Tasks()[2].Title, fmt.Sprint(i)) }
		if !w.until(arrived) {
			return n, errors.New("the change in the file did not arrive")
		}
		d := time.Since(start)
		took, n.ratios = append(took, micro(d)), append(n.ratios, float64(d)/float64(secondAtMost))
		content = []byte(strings.Replace(next, fresh, old, 1))
		if err := bareWrite(filepath.Dir(w.file), "tasks.md", content); err != nil {
			return n, err
		}
		if !w.until(func(st session.State) bool { return !arrived(st) }) {
			return n, errors.New("the change in the file did not arrive")
		}
	}
	n.how = fmt.Sprintf("%s; replaced by another program, seen by the watch, taken over, synced; %d times", micros(median(took)), fileTicks)
	return n, nil
}

// measureIdle waits beside a watched increment: it costs nothing to speak of.
func (w *workshop) measureIdle() (number, error) {
	const span = 5 * time.Second
	n := number{what: "a second beside a watched increment / 1 ms of processor", target: 1}
	before, err := spent()
	if err != nil {
		return n, err
	}
	time.Sleep(span)
	after, err := spent()
	if err != nil {
		return n, err
	}
	perSecond := (after - before) / (span / time.Second)
	n.ratios = []float64{float64(perSecond) / float64(time.Millisecond)}
	n.how = fmt.Sprintf("%s of processor time a second over %s, the watch alone", micros(micro(perSecond)), span)
	return n, nil
}
