package session

import (
	"context"
	"encoding/json"
)

// Prefs are the person's settings. Each takes effect at once and can be undone.
type Prefs struct {
	Name       string  `json:"name"`        // how the person is called in the log
	Theme      string  `json:"theme"`       // "system", "light", "dark", "contrast"
	Scale      float32 `json:"scale"`       // of the text, 1 to 2
	Zones      Zones   `json:"zones"`       // how times are shown
	SingleKeys bool    `json:"single_keys"` // one-letter keys in lists
	Repository string  `json:"repository"`  // folder that documents go to
	OnlyPeople bool    `json:"only_people"` // the timeline hides the workflow's own lines
	LookFor    LookFor `json:"look_for"`    // before something leaves
	Page       bool    `json:"page"`        // the post-mortem is exported as a printable page too
}

// Zones is how times are shown.
type Zones string

// The three ways.
const (
	ShowUTC   Zones = "utc"
	ShowLocal Zones = "local"
	ShowBoth  Zones = "both"
)

// DefaultPrefs is what holds before anybody changed anything.
func DefaultPrefs(name string) Prefs {
	return Prefs{Name: name, Theme: "system", Scale: 1, Zones: ShowUTC, SingleKeys: true}
}

const prefsKey = "prefs"

func readPrefs(ctx context.Context, shelf Shelf, name string) (keptPrefs, error) {
	kept := keptPrefs{Prefs: DefaultPrefs(name)}
	data, found, err := shelf.Setting(ctx, prefsKey)
	if err != nil || !found {
		return kept, err
	}
	if err := json.Unmarshal(data, &kept); err != nil {
		return keptPrefs{Prefs: DefaultPrefs(name)}, nil // settings of another version; the defaults are safe
	}
	if kept.Scale < 1 || kept.Scale > 2 {
		kept.Scale = 1
	}
	if kept.Name == "" {
		kept.Name = name
	}
	return kept, nil
}

// SetPrefs changes settings. What is said about it stands in the strip, which
// offers to take it back, and in the settings' own undo; a change of which
// nothing is said is the program's own.
func (d *Desk) SetPrefs(to Prefs, says string) {
	was := d.state.Prefs
	if was == to {
		return
	}
	if says != "" {
		step := prefsStep{Says: says, Was: changedFields(was, to), Now: changedFields(to, was)}
		d.prefs.steps = d.prefs.steps.with(step)
		d.say(Strip{Says: says, Undo: "Undo", Back: func() { d.takeBack(step) }})
	}
	d.wear(to)
}

// wear puts settings in force and keeps them.
func (d *Desk) wear(to Prefs) {
	was := d.state.Prefs
	d.state.Prefs = to
	d.offerSteps()
	d.savePrefs()
	if was.Repository != to.Repository {
		d.ownHere(to.Repository)
		d.FindRepository()
	}
	d.show()
}

// prefsOnDisk is how far settings are on their way to the disk.
type prefsOnDisk struct {
	saving int  // writes under way, which closing waits for
	busy   bool // the person's settings are being written
	newer  bool // and were changed again meanwhile
	steps  prefsSteps
}

// savePrefs writes the settings, one after the other: the newest stay.
func (d *Desk) savePrefs() {
	if d.prefs.busy {
		d.prefs.newer = true
		return
	}
	d.prefs.busy, d.prefs.newer = true, false
	data, err := json.Marshal(keptPrefs{d.state.Prefs, d.prefs.steps})
	if err != nil {
		d.trouble(err)
		return
	}
	d.keepSetting(prefsKey, data, func(err error) {
		d.prefs.busy = false
		if err != nil {
			d.trouble(err)
		}
		if d.prefs.newer {
			d.savePrefs()
		}
	})
}

func (d *Desk) keepSetting(key string, value []byte, then func(error)) {
	shelf := d.settings
	d.prefs.saving++
	d.beside(func() error { return shelf.SetSetting(context.Background(), key, value) }, func(err error) {
		d.prefs.saving--
		then(err)
		d.idle()
	})
}

// Remember keeps a small value of the window under a key: its size, the last
// screen. Nothing is said when it fails, because nobody typed it.
func (d *Desk) Remember(key string, value any) {
	if data, err := json.Marshal(value); err == nil {
		d.keepSetting("window."+key, data, func(error) {})
	}
}

// Recall reads what Remember kept; false when there is nothing.
func (d *Desk) Recall(key string, into any) bool {
	if d.backups.still.on {
		return false
	}
	data, found, err := d.settings.Setting(context.Background(), "window."+key)
	return err == nil && found && json.Unmarshal(data, into) == nil
}
