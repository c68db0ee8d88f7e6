package session

import (
	"context"
	"encoding/json"
	"strings"
	"time"
)

// Health is what is known of the log that a desk stands on.
type Health struct {
	Looked  time.Time // when somebody looked last; zero: not yet
	Full    bool      // the whole log was read, not its end alone
	Changes int       // that were read and found whole
	Found   []string  // what is wrong now, a sentence each; none: the log is whole
	Done    []string  // what was done about it, last time
	Known   []string  // what earlier repairs could not bring back
	Damaged []DamagedChange
	Restart bool // what is wrong is repaired at the next start, before the log is opened
	Trouble string
}

// Whole says whether nothing is wrong.
func (h Health) Whole() bool { return len(h.Found) == 0 && h.Trouble == "" }

// DamagedChange is a change whose bytes are not those that were written. It is
// in no incident; what is left of it is shown as it is.
type DamagedChange struct {
	Place    uint64 // in the log
	Incident string
	Says     string // what is wrong with it
	Raw      string // its bytes
	Kept     bool   // a repair took it out of the log, and kept it
}

// Physician is what a shelf may do for its own log. One that cannot is taken as
// healthy.
type Physician interface {
	// Examine reads the end of the log, or all of it.
	Examine(ctx context.Context, full bool) (Health, error)
	// Mend replaces and fetches what it can from backups, and keeps what it
	// cannot mend outside of the log.
	Mend(ctx context.Context) (Health, error)
	// Unclean says whether the log was not closed the last time.
	Unclean() bool
}

// The log is looked at when the start is over, and read to its end once a day,
// after a crash, and after a finding.
const (
	firstExamine = 3 * time.Second
	examineEvery = 24 * time.Hour
	examineKey   = "examined"
)

// examined is what is remembered of the last full look.
type examined struct {
	At    time.Time `json:"at"`
	Whole bool      `json:"whole"`
}

// WatchHealth looks at the log once the first frame has been shown. Leaving
// cuts it off.
func (d *Desk) WatchHealth() {
	if _, can := d.settings.(Physician); !can {
		return
	}
	d.clock.After(firstExamine, func() {
		d.threads.UI(func() {
			if !d.end.asked {
				d.lookAtHealth()
			}
		})
	})
}

// lookAtHealth looks at the end of the log, and goes on to all of it when that
// is due.
func (d *Desk) lookAtHealth() {
	shelf := d.settings
	doctor := shelf.(Physician)
	now := d.clock.Now()
	d.Run("health", func(ctx context.Context) (func(), error) {
		found, err := doctor.Examine(ctx, false)
		if err == nil && (doctor.Unclean() || !found.Whole() || due(ctx, shelf, now)) {
			if found, err = doctor.Examine(ctx, true); err == nil {
				err = remember(ctx, shelf, examined{now, found.Whole()})
			}
		}
		return func() { d.showHealth(found, true) }, err
	}, nil) // nobody asked; the next start looks again
}

func due(ctx context.Context, shelf Shelf, now time.Time) bool {
	var last examined
	text, found, err := shelf.Setting(ctx, examineKey)
	if err != nil || !found || json.Unmarshal(text, &last) != nil || !last.Whole {
		return true
	}
	since := now.Sub(last.At)
	return since < 0 || since >= examineEvery
}

func remember(ctx context.Context, shelf Shelf, last examined) error {
	text, err := json.Marshal(last)
	if err != nil {
		return err
	}
	return shelf.SetSetting(ctx, examineKey, text)
}

// ExamineLog reads the whole log because somebody asked.
func (d *Desk) ExamineLog(done func(error)) { d.treat(false, done) }

// MendLog does what can be done while the log is in use.
func (d *Desk) MendLog(done func(error)) { d.treat(true, done) }

func (d *Desk) treat(mend bool, done func(error)) {
	shelf := d.settings
	doctor, can := shelf.(Physician)
	if !can {
		d.answer(done, sentence("This log cannot be examined here. Nothing was changed."))
		return
	}
	now := d.clock.Now()
	d.Run("health", func(ctx context.Context) (func(), error) {
		var found Health
		var err error
		if mend {
			found, err = doctor.Mend(ctx)
		} else {
			found, err = doctor.Examine(ctx, true)
		}
		if err == nil {
			err = remember(ctx, shelf, examined{now, found.Whole()})
		}
		return func() {
			d.showHealth(found, false)
			if mend {
				d.rereadIncident()
			}
			d.answer(done, nil)
		}, err
	}, func(err error) {
		if err != nil {
			d.state.Health.Trouble = err.Error()
			d.show()
			d.answer(done, err)
		}
	})
	d.show() // it is under way
}

// showHealth shows what was found. What nobody asked for is said in the strip as
// well, when something is wrong.
func (d *Desk) showHealth(found Health, unasked bool) {
	found.Looked = d.clock.Now()
	if len(found.Done) == 0 {
		found.Done = d.state.Health.Done
	}
	d.state.Health = found
	if old := d.state.Strip; !unasked && found.Whole() && old != nil && old.Health {
		d.state.Strip = nil // it speaks of damage that is mended
	}
	if unasked && !found.Whole() {
		says := "A part of the log is damaged: " + found.Found[0]
		if len(found.Found) > 1 {
			says += " There is more of the kind."
		}
		d.say(Strip{Says: says + " Everything else is whole and can be used. Log health shows what is lost, and mends what it can.", Warning: true, Kept: true, Health: true})
	}
	d.show()
}

// tellRepaired says what was done before the log could be opened.
func (d *Desk) tellRepaired(done []string) {
	if len(done) == 0 {
		return
	}
	d.state.Health.Done = done
	d.say(Strip{Says: "The database was damaged, and Firebreak repaired it. " + strings.Join(done, " "), Warning: true, Kept: true, Health: true})
}

// rereadIncident brings the open incident in line with a log that was mended.
func (d *Desk) rereadIncident() {
	at := d.here()
	if !d.state.Incident.Declared() || at.shelf != d.settings {
		return
	}
	d.Run("open", func(ctx context.Context) (func(), error) {
		got, err := at.shelf.Load(ctx, at.incident)
		return func() {
			if d.here() == at && !d.line.busy {
				d.put(at.incident, got)
			}
			d.show()
		}, err
	}, nil)
}
