package session

import (
	"context"
	"fmt"
	"time"

	"firebreak/workflow"
)

// Scout is the part of a Surveyor that a desk asks by itself.
type Scout interface {
	Survey(ctx context.Context, folder string, in workflow.Incident) (workflow.Survey, error)
	Delta(ctx context.Context, survey workflow.Survey, loose bool) (workflow.Delta, error)
	Resolve(ctx context.Context, folder, name string) (string, error)
}

// lookout is how the desk keeps the open incident and its repository in step.
type lookout struct {
	at      home          // the incident that was looked at last
	of      string        // what of it the look depended on
	asked   []func(error) // who waits for the look under way
	waiting []func(error) // who asked for the one that comes after it
	loose   bool          // the last look found changes that are not committed
	took    time.Duration // the last look
	tip     string        // that was asked to be recorded
	judged  string        // the judgement that was asked to be recorded
	by      time.Time     // when the repository is looked at next

	watched home // whose repository is watched
	root    string
	stop    func()
}

// How often the repository is looked at without being told to: what is not
// committed makes no noise, and some disks tell nothing. A slow one is left in
// peace for twenty times as long as it takes.
const (
	surveyEvery      = 10 * time.Second
	surveyUnwatched  = 3 * time.Second
	surveyShareOfOne = 20
)

// ground is what can look at the repository, and its folder; false while there
// is nothing to look at.
func (d *Desk) ground() (scout Scout, folder string, can bool) {
	scout, can = d.hands.(Scout)
	folder = d.folder()
	return scout, folder, can && folder != "" && d.state.Incident.Declared()
}

// groundKey is everything of an incident that a look depends on.
func groundKey(folder string, in workflow.Incident) string {
	return fmt.Sprintf("%q %q %q %q %q %q %q", folder, in.Fix.Change.Get(), in.Fix.Declared(), in.Proof.Rollback.Get().Version,
		in.Triage.Title.Get(), in.Fix.RootCause.Get(), [2]string{in.Fix.Problem.Get(), in.Fix.Plan.Get()})
}

// followRepository looks at the repository when the incident has moved on since
// the last look. It is called whenever something is shown.
func (d *Desk) followRepository() {
	if d.lookout.at != d.here() {
		d.forgetRepository()
	}
	_, folder, can := d.ground()
	if !can {
		return
	}
	if of := groundKey(folder, d.state.Incident); of != d.lookout.of {
		d.lookout.of = of
		d.surveyNow(nil)
	}
}

// forgetRepository lets go of the repository of another incident.
func (d *Desk) forgetRepository() {
	d.drop("survey")
	d.unwatchRepository()
	d.lookout = lookout{at: d.here(), waiting: append(d.lookout.asked, d.lookout.waiting...)}
	d.state.Survey, d.state.SurveySays, d.state.Delta, d.state.Scope = workflow.Survey{}, "", nil, workflow.ScopeJudgement{}
	d.lookAgain()
}

// LookAtRepository looks at the repository now; done hears when what was found
// is on the desk.
func (d *Desk) LookAtRepository(done func(error)) {
	if _, _, can := d.ground(); !can {
		d.answer(done, sentence("No repository is chosen for this incident, so there is nothing to look at. Choose one in Settings; what was done by hand can be recorded all the same."))
		return
	}
	d.surveyNow(func(err error) { d.answer(done, err) })
}

// looked is what a look at the repository found.
type looked struct {
	survey workflow.Survey
	delta  *workflow.Delta
	scope  workflow.ScopeJudgement
	says   string
}

// surveyNow looks at the repository, or once more after the look that is under
// way.
func (d *Desk) surveyNow(done func(error)) {
	if done == nil {
		done = func(error) {}
	}
	scout, folder, can := d.ground()
	if !can || d.end.asked {
		done(nil)
		return
	}
	if d.Running("survey") {
		d.lookout.waiting = append(d.lookout.waiting, done)
		return
	}
	d.lookout.asked = []func(error){done}
	in, at, was, clean := d.state.Incident, d.here(), d.lastLook(), !d.lookout.loose
	of, began := groundKey(folder, in), d.clock.Steady()
	d.Run("survey", func(ctx context.Context) (func(), error) {
		found, err := lookAt(ctx, scout, folder, in, was, clean)
		return func() { d.surveyFound(at, of, found) }, err
	}, func(err error) {
		d.lookout.took = d.clock.Steady() - began
		if err != nil && at == d.here() {
			d.state.Survey, d.state.Delta, d.state.Scope, d.state.SurveySays = workflow.Survey{}, nil, workflow.ScopeJudgement{}, err.Error()
			d.show()
		}
		answer(d.lookout.asked, err)
		d.lookout.asked = nil
		d.lookAgain()
	})
}

// lookAgain looks once more for whoever asked meanwhile.
func (d *Desk) lookAgain() {
	waiting := d.lookout.waiting
	if len(waiting) == 0 {
		return
	}
	d.lookout.waiting = nil
	d.surveyNow(func(err error) { answer(waiting, err) })
}

func answer(all []func(error), err error) {
	for _, call := range all {
		call(err)
	}
}

// lastLook is what the last look found.
func (d *Desk) lastLook() looked {
	return looked{d.state.Survey, d.state.Delta, d.state.Scope, d.state.SurveySays}
}

// lookAt asks where the repository stands, and reads what the hotfix changes
// where that can have moved. The judgement is made here, beside the screen.
func lookAt(ctx context.Context, scout Scout, folder string, in workflow.Incident, was looked, clean bool) (looked, error) {
	survey, err := scout.Survey(ctx, folder, in)
	if err != nil {
		return looked{}, err
	}
	out := looked{survey: survey, says: survey.Problem}
	if survey.FixTip == "" {
		return out, nil
	}
	loose := in.Fix.Change.Get().Commit == ""
	same := was.delta != nil && was.delta.Base == survey.Base && was.delta.Tip == survey.FixTip
	if same && !loose && !was.delta.Loose || same && clean && survey.Changed+survey.Untracked == 0 {
		out.delta = was.delta
	} else {
		delta, err := scout.Delta(ctx, survey, loose)
		if err != nil {
			if ctx.Err() != nil {
				return looked{}, ctx.Err()
			}
			out.says = err.Error()
			return out, nil
		}
		out.delta = &delta
	}
	out.scope = in.JudgeScope(*out.delta)
	return out, nil
}

// surveyFound shows what a look found, and puts on record what follows from it.
// When the incident has moved on meanwhile, nothing does: the next look sees both
// as they are now.
func (d *Desk) surveyFound(at home, of string, found looked) {
	if at != d.here() {
		return
	}
	was := d.state.Survey
	d.state.Survey, d.state.Delta, d.state.Scope, d.state.SurveySays = found.survey, found.delta, found.scope, found.says
	d.lookBackAfter(was)
	d.lookout.loose = found.survey.Changed+found.survey.Untracked > 0
	d.lookout.by = d.clock.Now().Add(max(d.surveyPeriod(), surveyShareOfOne*d.lookout.took))
	if found.survey.Root != "" && d.own[at.incident] == "" {
		d.ownHere(d.folder()) // another choice for the next incident does not move this one
	}
	if of == groundKey(d.folder(), d.state.Incident) {
		d.followFix(at)
		d.recordScope(at)
	}
	d.watchRepository()
	d.show()
}

// followFix puts on record that the branch of the fix has moved on: what was
// tested and approved was other code.
func (d *Desk) followFix(at home) {
	take, moved := FollowFix(d.state.Incident, d.state.Survey, d.state.Delta)
	if !moved || d.lookout.tip == d.state.Survey.FixTip {
		return
	}
	d.lookout.tip = d.state.Survey.FixTip
	d.ask(task{want: take.Want, actor: take.By, via: take.Via, home: at, done: func(err error) {
		switch {
		case err == nil:
			d.Say(Strip{Says: "From " + take.Via + ": " + d.newest()})
		case !isRule(err):
			d.lookout.tip = ""
			d.complain(err)
		}
	}})
}

// recordScope puts the guard's judgement of the recorded fix on record, once.
func (d *Desk) recordScope(at home) {
	want, news := ScopeOf(d.state.Incident, d.state.Delta, d.state.Scope)
	key := d.state.Scope.Tip + d.lookout.of
	if !news || d.lookout.judged == key {
		return
	}
	d.lookout.judged = key
	d.ask(task{want: want, actor: d.state.Actor(), via: viaGit, home: at, done: func(err error) {
		if err != nil && !isRule(err) {
			d.lookout.judged = ""
			d.complain(err)
		}
	}})
}

// surveyPeriod is how often the repository is looked at without being told to.
func (d *Desk) surveyPeriod() time.Duration {
	if d.lookout.stop == nil {
		return surveyUnwatched
	}
	return surveyEvery
}

// lookAround looks at the repository while the fix is in the works.
func (d *Desk) lookAround() {
	if !d.live || d.lookout.by.IsZero() || d.lookout.at != d.here() || d.clock.Now().Before(d.lookout.by) || !d.state.Incident.Open() {
		return
	}
	d.lookout.by = d.clock.Now().Add(d.surveyPeriod())
	d.surveyNow(nil)
}
