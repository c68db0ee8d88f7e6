package session

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// prefsLimit is how many changes of the settings can be taken back, also after
// a restart.
const prefsLimit = 200

// keptPrefs is the settings as they lie on the disk, with the way back: both in
// one value, so that neither is ever newer than the other.
type keptPrefs struct {
	Prefs
	prefsSteps
}

// prefsSteps are the changes of the settings, the newest last.
type prefsSteps struct {
	Past   []prefsStep `json:"past,omitempty"`
	Undone []prefsStep `json:"undone,omitempty"`
}

// prefsStep is one change: the fields that it changed, before and after.
type prefsStep struct {
	Says string                     `json:"says"`
	Was  map[string]json.RawMessage `json:"was"`
	Now  map[string]json.RawMessage `json:"now"`
}

// Steps names in words what an undo of the settings would take back, and what
// a redo would bring again; empty when there is nothing.
type Steps struct{ Back, Again string }

// with is the steps after one more. What had been undone cannot come again.
func (s prefsSteps) with(step prefsStep) prefsSteps {
	return prefsSteps{Past: newest(append(slices.Clone(s.Past), step))}
}

func newest(steps []prefsStep) []prefsStep { return steps[max(0, len(steps)-prefsLimit):] }

// changedFields are the fields of settings that differ from others, as JSON
// under the names that they are kept under.
func changedFields(prefs, others Prefs) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	mine, theirs := reflect.ValueOf(prefs), reflect.ValueOf(others)
	for i := range mine.NumField() {
		if mine.Field(i).Equal(theirs.Field(i)) {
			continue
		}
		name, _, _ := strings.Cut(mine.Type().Field(i).Tag.Get("json"), ",")
		if value, err := json.Marshal(mine.Field(i).Interface()); err == nil {
			out[name] = value
		}
	}
	return out
}

// changed is settings with some fields set; the others stay as they are.
func (p Prefs) changed(fields map[string]json.RawMessage) Prefs {
	data, err := json.Marshal(fields)
	if err != nil {
		return p
	}
	to := p
	if err := json.Unmarshal(data, &to); err != nil {
		return p // a step of another version: better nothing than half of it
	}
	return to
}

// UndoSettings takes the last change of the settings back, also one from before
// a restart. It refuses with a sentence when there is none.
func (d *Desk) UndoSettings() {
	past := d.prefs.steps.Past
	if len(past) == 0 {
		d.Say(Strip{Says: "No change of the settings is left to undo."})
		return
	}
	step := past[len(past)-1]
	d.prefs.steps = prefsSteps{Past: past[:len(past)-1], Undone: append(slices.Clone(d.prefs.steps.Undone), step)}
	d.say(Strip{Says: "Undone: " + step.Says, Undo: "Redo", Back: d.RedoSettings})
	d.wear(d.state.Prefs.changed(step.Was))
}

// RedoSettings brings the last undone change of the settings back.
func (d *Desk) RedoSettings() {
	undone := d.prefs.steps.Undone
	if len(undone) == 0 {
		d.Say(Strip{Says: "No change of the settings is left to redo."})
		return
	}
	step := undone[len(undone)-1]
	d.prefs.steps = prefsSteps{Past: newest(append(slices.Clone(d.prefs.steps.Past), step)), Undone: undone[:len(undone)-1]}
	d.say(Strip{Says: "Done again: " + step.Says, Undo: "Undo", Back: d.UndoSettings})
	d.wear(d.state.Prefs.changed(step.Now))
}

// takeBack undoes one change. Where others came after it, only its own fields
// go back, and that is a change of its own.
func (d *Desk) takeBack(step prefsStep) {
	past := d.prefs.steps.Past
	if len(past) > 0 && reflect.DeepEqual(past[len(past)-1], step) {
		d.UndoSettings()
		return
	}
	d.SetPrefs(d.state.Prefs.changed(step.Was), "Taken back: "+step.Says)
}

// offerSteps puts what can be undone and redone into the state.
func (d *Desk) offerSteps() {
	d.state.Settings = Steps{}
	if past := d.prefs.steps.Past; len(past) > 0 {
		d.state.Settings.Back = past[len(past)-1].Says
	}
	if undone := d.prefs.steps.Undone; len(undone) > 0 {
		d.state.Settings.Again = undone[len(undone)-1].Says
	}
}
