package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"firebreak/app/house"
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
	stop, err := b.startProfile()
	if err != nil {
		return []number{scan}, err
	}
	defer stop()
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
		w.desk.Do(workflow.MarkTask{ID: "T-002", Done: n%2 == 0}, func(err error) {
			logged = time.Now()
			done(err)
		})
	}); err != nil {
		return time.Time{}, err
	}
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
