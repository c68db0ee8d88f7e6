package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"
	"time"

	"firebreak/workflow"
)

// watcher looks at production from a terminal.
type watcher struct {
	*run
	with    watchFlags
	id      workflow.IncidentID
	in      workflow.Incident
	zone    *time.Location
	folder  string
	series  map[workflow.ProbeID]workflow.Series
	held    map[workflow.ProbeID]string // why one is not looked at
	told    map[workflow.ProbeID]string // its newest line
	drawn   int                         // lines on the terminal that are drawn over
	stopped bool
}

// watchProduction looks at the probes until the fix is verified, the time is
// over, or somebody interrupts it.
func (r *run) watchProduction(ctx context.Context, with watchFlags) error {
	if r.Prober == nil {
		return wrongUsage("Nothing can be looked at from here.")
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	w := &watcher{
		run: r, with: with, series: map[workflow.ProbeID]workflow.Series{},
		held: map[workflow.ProbeID]string{}, told: map[workflow.ProbeID]string{},
	}
	if err := w.begin(ctx); err != nil {
		return err
	}
	began := r.Now()
	for {
		round := r.Now()
		if err := w.round(ctx); err != nil {
			return err
		}
		over := with.at > 0 && r.Now().Sub(began) >= with.at
		w.stopped = ctx.Err() != nil
		if w.verified() || with.once || over || w.stopped {
			return w.end()
		}
		r.Pause(ctx, max(usualRound, w.every()-r.Now().Sub(round)))
		if w.stopped = ctx.Err() != nil; w.stopped {
			return w.end()
		}
	}
}

// begin reads what is needed before the first look.
func (w *watcher) begin(ctx context.Context) (err error) {
	if w.id, err = w.pick(ctx, burning); err != nil {
		return err
	}
	if w.zone, err = w.run.zone(ctx); err != nil {
		return err
	}
	if w.folder, err = w.repository(ctx, w.with.repo); err != nil {
		return err
	}
	if w.in, err = w.load(ctx, w.id); err != nil {
		return err
	}
	if len(w.in.Probes()) == 0 {
		return nothing("probe.none", "There is nothing to look at yet. Add a probe, your curl line is enough: firebreak probe add --curl 'curl …'")
	}
	return nil
}

func (w *watcher) every() time.Duration {
	if w.with.every > 0 {
		return w.with.every
	}
	return w.in.LookEvery()
}

// round looks at each probe once, at all of them at the same time.
func (w *watcher) round(ctx context.Context) (err error) {
	if w.in, err = w.load(context.WithoutCancel(ctx), w.id); err != nil {
		return err
	}
	var looks sync.WaitGroup
	probes := w.in.Probes()
	samples := make([]*workflow.Sample, len(probes))
	for i, p := range probes {
		w.held[workflow.ProbeID(p.ID)] = w.heldBack(ctx, p)
		if p.Kind == workflow.PersonProbe || w.held[workflow.ProbeID(p.ID)] != "" {
			continue
		}
		order := workflow.LookOrder{Probe: p, Folder: w.folder, Shell: w.in.Playbook.Work.Shell}
		looks.Go(func() {
			sample := w.Prober.Look(ctx, order)
			samples[i] = &sample
		})
	}
	looks.Wait()
	if ctx.Err() != nil {
		return nil // what was under way says nothing
	}
	for i, p := range probes {
		if samples[i] != nil {
			if err := w.saw(ctx, p, *samples[i]); err != nil {
				return err
			}
		}
	}
	return w.show()
}

// heldBack says why a probe is not looked at.
func (w *watcher) heldBack(ctx context.Context, p workflow.Probe) string {
	id := workflow.ProbeID(p.ID)
	if w.in.FromPlaybook(id) {
		if err := w.trusts(ctx, w.with.repo, w.in.ProbeCommand(p)); err != nil {
			return "not looked at: it is the playbook's, and nobody has accepted it on this machine. See: firebreak playbook trust"
		}
		return ""
	}
	if at, err := w.open(ctx); p.Kind != workflow.PersonProbe && err == nil && w.in.ProbeDevice(id) != at.shelf.Device() {
		return "not looked at: it was added on another computer"
	}
	return ""
}

// saw takes a look into its series, and puts on record what belongs there.
func (w *watcher) saw(ctx context.Context, p workflow.Probe, sample workflow.Sample) error {
	id := workflow.ProbeID(p.ID)
	s, known := w.series[id]
	if !known {
		s = workflow.NewSeries(p, w.every(), w.in.Playbook.Work.SoakFor)
	}
	s = s.Since(w.in.DeployedAt()).With(sample)
	w.series[id] = s
	check, worth := w.in.WordOf(s)
	if !worth {
		return nil
	}
	env, err := w.env(ctx)
	if err != nil {
		return err
	}
	env.Via = "probe"
	done, err := w.writeIn(context.WithoutCancel(ctx), w.id, wanting(workflow.RecordCheck{Check: check, At: workflow.StampAt(sample.At, w.Zone)}), env)
	var rule *workflow.RuleError
	if errors.As(err, &rule) {
		return nil // somebody else wrote it, or the probe is gone
	}
	if err == nil {
		w.in = done.After
	}
	return err
}

func (w *watcher) verified() bool { return w.in.Holds(workflow.FixVerified) }

// lookJSON is a look for a program: one line each.
type lookJSON struct {
	At      time.Time        `json:"at"`
	Probe   workflow.ProbeID `json:"probe"`
	Name    string           `json:"name"`
	Outcome workflow.Outcome `json:"outcome"`
	Answer  string           `json:"answer,omitempty"`
	Says    string           `json:"says,omitempty"`
	Before  string           `json:"before,omitempty"`
	Took    float64          `json:"took_ms"`
	Soaked  float64          `json:"soaked_s"`
	Left    float64          `json:"left_s"`
	Proven  bool             `json:"proven"`
}

// show prints the round: over the one before on a terminal, what changed where
// it is piped.
func (w *watcher) show() error {
	if w.flags.json {
		return w.showJSON()
	}
	if w.Colour && w.drawn > 0 {
		fmt.Fprintf(w.Out, "\x1b[%dA\x1b[J", w.drawn)
	}
	w.drawn = 0
	for _, p := range w.in.Probes() {
		id := workflow.ProbeID(p.ID)
		sign, line, key := w.lineOf(p)
		if !w.Colour && w.told[id] == key {
			continue
		}
		w.told[id] = key
		clock := w.Now().In(w.zone).Format("15:04:05")
		text := wrapped(clock, len(clock)+4, cleanText(p.Name+": "+line))
		text = w.paint(faint, clock) + "  " + sign + " " + strings.TrimLeft(text[len(clock):], " ")
		w.line("%s", text)
		w.drawn += 1 + strings.Count(text, "\n")
	}
	return nil
}

// lineOf is what is said of a probe: its sign, one calm line, and what of it is
// news where each line stays.
func (w *watcher) lineOf(p workflow.Probe) (sign, line, key string) {
	id := workflow.ProbeID(p.ID)
	s := w.series[id]
	last, some := s.Last()
	well, ill, open := w.paint(green, "✓"), w.paint(red, "✗"), w.paint(amber, "?")
	switch {
	case w.held[id] != "":
		return w.paint(amber, "–"), w.held[id], w.held[id]
	case w.in.Proven(id) && (!some || last.Verdict != workflow.CheckFailed):
		return well, "verified", "verified"
	case p.Kind == workflow.PersonProbe:
		return open, "say how it is: firebreak verify " + quoted(p.Name) + " --passed", "person"
	case !some:
		return open, "not looked at yet", "none"
	}
	value := last.Words
	if before := w.in.BeforeOf(s); before != "" && !s.Deployed().IsZero() && before != value {
		value = before + " → " + value
	}
	switch {
	case last.Verdict == workflow.CheckFailed:
		return ill, strings.TrimSpace("failed, " + value + ". " + last.Why), "failed " + last.Answer
	case last.Verdict == workflow.CheckUnknown:
		return open, "nobody can tell. " + last.Why, "unknown " + last.Why
	case s.Deployed().IsZero():
		return well, value + ", before the deploy", "before"
	default:
		soak := workflow.SoakWords(s.Soaked(), s.Target())
		return well, value + ", " + soak, soak
	}
}

func (w *watcher) showJSON() error {
	encoder := json.NewEncoder(w.Out)
	encoder.SetEscapeHTML(false)
	for _, p := range w.in.Probes() {
		id := workflow.ProbeID(p.ID)
		s := w.series[id]
		out := lookJSON{At: w.Now().UTC(), Probe: id, Name: p.Name, Outcome: workflow.CheckUnknown, Proven: w.in.Proven(id), Says: w.held[id], Left: w.in.Playbook.Work.SoakFor.Seconds()}
		if last, some := s.Last(); some {
			out.At, out.Outcome, out.Answer, out.Says = last.At.UTC(), last.Verdict, last.Words, last.Why
			out.Took, out.Soaked, out.Left = float64(last.Took.Microseconds())/1000, s.Soaked().Seconds(), s.Left().Seconds()
			out.Before = w.in.BeforeOf(s)
		}
		if err := encoder.Encode(out); err != nil {
			return err
		}
	}
	return nil
}

// end says how it ended, in a sentence and by the exit code.
func (w *watcher) end() error {
	found := w.in.Find(workflow.FixVerified)
	if w.flags.json {
		encoder := json.NewEncoder(w.Out)
		if err := encoder.Encode(map[string]any{"verified": found.Holds, "missing": found.Missing}); err != nil {
			return err
		}
	}
	switch {
	case found.Holds:
		if !w.flags.json {
			w.line("The fix is verified: %s.", oneLine(found.Says))
			w.sayNext(w.in)
		}
		return nil
	case w.with.once && w.allWell():
		return nil
	case w.with.once:
		return &failure{exit: ExitFailed, code: "verify.not", says: "Not every probe is well."}
	case w.stopped:
		return &failure{exit: ExitFailed, code: "verify.stopped", says: "Stopped. The fix is not verified yet. " + found.Missing + "."}
	default:
		return &failure{exit: ExitFailed, code: "verify.not", says: "The fix is not verified. " + found.Missing + "."}
	}
}

// allWell says whether the newest look of each probe was well.
func (w *watcher) allWell() bool {
	for _, p := range w.in.Probes() {
		last, some := w.series[workflow.ProbeID(p.ID)].Last()
		if p.Kind != workflow.PersonProbe && (!some || last.Verdict != workflow.CheckPassed) {
			return false
		}
	}
	return true
}
