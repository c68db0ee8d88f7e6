package cli

import (
	"context"
	"path/filepath"

	"firebreak/app/keep"
	"firebreak/app/session"
)

// repoFlagHelp is the same on every command that writes documents.
const repoFlagHelp = "folder of the repository (default: the one in Settings, or the current folder)"

// repository is the folder whose repository documents go to.
func (r *run) repository(ctx context.Context, named string) (string, error) {
	if named != "" {
		if !filepath.IsAbs(named) {
			named = filepath.Join(r.Folder, named)
		}
		return named, nil
	}
	if r.flags.sample {
		places, err := r.places()
		return places.SampleRepository(), err
	}
	prefs, err := r.settings(ctx)
	if err != nil || prefs.Repository != "" {
		return prefs.Repository, err
	}
	return r.Folder, nil
}

// hands are what writes into the repository. What they wrote is remembered in
// the real log, because the files are real even when the incident is a sample.
func (r *run) hands(ctx context.Context) (session.Hands, error) {
	at, err := r.openReal(ctx)
	if err != nil {
		return nil, err
	}
	files, err := r.attachments()
	return r.Hands(keep.On(at.store).With(files)), err
}
