package session

import (
	"context"
	"encoding/json"

	"firebreak/workflow"
)

// Prefs are the person's settings. Each takes effect at once and can be undone.
type Prefs struct {
	Name       string  `json:"name"`        // how the person is called in the log
	Theme      string  `json:"theme"`       // "system", "light", "dark", "contrast"
	Scale      float32 `json:"scale"`       // of the text, 1 to 2
	Zones      Zones   `json:"zones"`       // how times are shown
	Calm       bool    `json:"calm"`        // no animation
	SingleKeys bool    `json:"single_keys"` // one-letter keys in lists
	Repository string  `json:"repository"`  // folder that documents go to
	OnlyPeople bool    `json:"only_people"` // the timeline hides the workflow's own lines
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

func readPrefs(ctx context.Context, shelf Shelf, name string) (Prefs, error) {
	prefs := DefaultPrefs(name)
	data, found, err := shelf.Setting(ctx, prefsKey)
	if err != nil || !found {
		return prefs, err
	}
	if err := json.Unmarshal(data, &prefs); err != nil {
		return DefaultPrefs(name), nil // settings of another version; the defaults are safe
	}
	if prefs.Scale < 1 || prefs.Scale > 2 {
		prefs.Scale = 1
	}
	if prefs.Name == "" {
		prefs.Name = name
	}
	return prefs, nil
}

// SetPrefs changes settings. The strip offers to take it back.
func (d *Desk) SetPrefs(to Prefs, says string) {
	was := d.state.Prefs
	if was == to {
		return
	}
	d.state.Prefs = to
	if says != "" {
		d.say(Strip{Says: says, Undo: "Undo", Back: func() { d.SetPrefs(was, "") }})
	}
	d.savePrefs()
	if was.Repository != to.Repository {
		d.FindRepository()
	}
	d.show()
}

func (d *Desk) savePrefs() {
	prefs, shelf := d.state.Prefs, d.settings
	d.threads.Work(func() {
		data, err := json.Marshal(prefs)
		if err == nil {
			err = shelf.SetSetting(context.Background(), prefsKey, data)
		}
		if err != nil {
			d.threads.UI(func() { d.trouble(err) })
		}
	})
}

// Remember keeps a small value of the window under a key: its size, the last
// screen. Nothing is said when it fails, because nobody typed it.
func (d *Desk) Remember(key string, value any) {
	data, err := json.Marshal(value)
	if err != nil {
		return
	}
	shelf := d.settings
	d.threads.Work(func() { _ = shelf.SetSetting(context.Background(), "window."+key, data) })
}

// Recall reads what Remember kept; false when there is nothing.
func (d *Desk) Recall(key string, into any) bool {
	data, found, err := d.settings.Setting(context.Background(), "window."+key)
	return err == nil && found && json.Unmarshal(data, into) == nil
}

// envZone is the zone that clock-given stamps are kept in.
func (d *Desk) env(actor string) workflow.Env {
	return workflow.Env{Now: d.clock.Now(), Zone: d.state.Zone, Actor: actor, Device: d.shelf.Device(), NewID: d.newID}
}
