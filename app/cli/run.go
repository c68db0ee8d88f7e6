package cli

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"firebreak/app/keep"
	"firebreak/app/session"
	"firebreak/data"
	"firebreak/workflow"
)

// run is one run of the program: the world, what the flags say, and the store
// once somebody needs it.
type run struct {
	World
	flags      flags
	real       opened // the real incidents, the settings, and what was exported
	sample     opened // the sample's own file
	prefs      *session.Prefs
	windowExit *int // the window's own exit code, once it was open
	exit       *int // that of a command which was run in our place
}

// opened is a store that is open, and the shelf on it; empty before.
type opened struct {
	store *data.Store
	shelf *keep.Shelf
}

// prepare looks at the flags before any command runs. Nothing is opened yet.
func (r *run) prepare(*cobra.Command, []string) error {
	if r.flags.utc && r.flags.local {
		return wrongUsage("Times are shown in UTC or in the local zone: give --utc or --local, not both.")
	}
	if r.flags.noColour || r.Env("NO_COLOR") != "" {
		r.Colour = false
	}
	return nil
}

func (r *run) places() (data.Places, error) { return data.FindPlaces(r.flags.dataDir) }

// open opens the log that the command is about: the real one, or the sample's.
func (r *run) open(ctx context.Context) (opened, error) {
	if !r.flags.sample {
		return r.openReal(ctx)
	}
	err := r.openOnce(ctx, &r.sample, data.Places.SampleDatabase)
	return r.sample, err
}

// openReal opens the real log. The settings are there also while the command
// is about the sample, and so is what was written into repositories, because
// those files are real.
func (r *run) openReal(ctx context.Context) (opened, error) {
	err := r.openOnce(ctx, &r.real, data.Places.Database)
	return r.real, err
}

func (r *run) openOnce(ctx context.Context, into *opened, path func(data.Places) string) error {
	if into.store != nil {
		return nil
	}
	places, err := r.places()
	if err != nil {
		return err
	}
	store, repaired, err := data.OpenMended(ctx, path(places), data.Options{Clock: r.Now})
	if err != nil {
		return err
	}
	if repaired != nil {
		r.warn("The database was damaged, and it was repaired. " + strings.Join(repaired.Words(), " "))
	}
	for _, warning := range store.Warnings() {
		r.warn(warning)
	}
	*into = opened{store, keep.On(store)}
	return nil
}

func (r *run) close() error {
	var failed []error
	for _, o := range []opened{r.real, r.sample} {
		if o.store != nil {
			failed = append(failed, o.store.Close())
		}
	}
	return errors.Join(failed...)
}

// prefsKey is where the window keeps the settings.
const prefsKey = "prefs"

// settings are the person's settings. Those of another version, which cannot
// be read, count as none.
func (r *run) settings(ctx context.Context) (session.Prefs, error) {
	if r.prefs != nil {
		return *r.prefs, nil
	}
	at, err := r.openReal(ctx)
	if err != nil {
		return session.Prefs{}, err
	}
	prefs := session.DefaultPrefs("")
	value, found, err := at.shelf.Setting(ctx, prefsKey)
	if err != nil {
		return prefs, err
	}
	if found && json.Unmarshal(value, &prefs) != nil {
		prefs = session.DefaultPrefs("")
	}
	r.prefs = &prefs
	return prefs, nil
}

// name is who writes.
func (r *run) name(ctx context.Context) (string, error) {
	if as := strings.TrimSpace(r.flags.as); as != "" {
		return as, nil
	}
	prefs, err := r.settings(ctx)
	if err != nil {
		return "", err
	}
	if prefs.Name != "" {
		return prefs.Name, nil
	}
	return r.nameBefore(), nil
}

// nameBefore is the name that holds until the settings say otherwise.
func (r *run) nameBefore() string {
	for _, name := range []string{r.flags.as, r.Env("FIREBREAK_NAME"), r.Login} {
		if name = strings.TrimSpace(name); name != "" {
			return name
		}
	}
	return "somebody"
}

// zone is the one that times are read and shown in.
func (r *run) zone(ctx context.Context) (*time.Location, error) {
	switch {
	case r.flags.utc:
		return time.UTC, nil
	case r.flags.local:
		return r.Zone, nil
	}
	prefs, err := r.settings(ctx)
	if err == nil && prefs.Zones == session.ShowLocal {
		return r.Zone, nil
	}
	return time.UTC, err
}

// stamp reads a time that was typed; nothing typed is the zero stamp, which
// the workflow takes for now.
func (r *run) stamp(ctx context.Context, typed string) (workflow.Stamp, error) {
	if strings.TrimSpace(typed) == "" {
		return workflow.Stamp{}, nil
	}
	zone, err := r.zone(ctx)
	if err != nil {
		return workflow.Stamp{}, err
	}
	return workflow.ParseStamp(typed, workflow.StampRef{Now: r.Now(), Zone: zone})
}
