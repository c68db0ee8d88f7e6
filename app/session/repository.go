package session

import (
	"context"
	"encoding/json"

	"firebreak/workflow"
)

// RepositoryKey is the setting that remembers which folder's repository an
// incident is fixed in, on this machine.
func RepositoryKey(id workflow.IncidentID) string { return "repository:" + string(id) }

// OwnRepository is the folder that was chosen for an incident; "" when none was:
// then the one of the settings counts.
func OwnRepository(ctx context.Context, settings Shelf, id workflow.IncidentID) (folder string) {
	if id == "" {
		return ""
	}
	value, found, err := settings.Setting(ctx, RepositoryKey(id))
	if err != nil || !found || json.Unmarshal(value, &folder) != nil {
		return "" // the one of the settings is as good a guess
	}
	return folder
}

// ChooseRepository chooses the folder whose repository the incident on the desk
// is fixed in, and which new incidents begin with.
func (d *Desk) ChooseRepository(folder, says string) {
	prefs := d.state.Prefs
	if prefs.Repository == folder && d.folder() != folder { // it was chosen for this incident alone
		d.ownHere(folder)
		d.Say(Strip{Says: says})
		d.FindRepository()
		return
	}
	prefs.Repository = folder
	d.SetPrefs(prefs, says)
}

// ownHere remembers a folder for the incident on the desk.
func (d *Desk) ownHere(folder string) {
	id := d.state.Incident.ID
	if d.state.Sample || !d.state.Incident.Declared() || d.own[id] == folder {
		return
	}
	d.own[id] = folder
	if value, err := json.Marshal(folder); err == nil {
		d.keepSetting(RepositoryKey(id), value, d.complain)
	}
}

// findAgain looks for the repository anew when another incident, with another
// folder, lies on the desk.
func (d *Desk) findAgain() {
	if d.found != nil && *d.found != d.folder() {
		d.FindRepository()
	}
}
