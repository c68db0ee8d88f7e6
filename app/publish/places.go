package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/export"
	"firebreak/export/specweave"
	"firebreak/workflow"
)

const increments = ".specweave/increments"

// slug is the name of the increment's folder behind its number.
func slug(in workflow.Incident) string {
	if kind := export.IncrementType(in); kind != "hotfix" {
		return repo.Slug(kind + " " + in.Triage.Title.Get())
	}
	return repo.HotfixSlug(in.Triage.Title.Get())
}

// recordPath is where the post-mortem lies: where it was written last, else in
// the playbook's folder under the increment's id, else under date and title.
// A document of another incident there is never written over.
func recordPath(place repo.Place, in workflow.Incident, increment string) (string, error) {
	if last := lastExport(place, in); last != "" {
		return last, nil
	}
	work := in.Playbook.Work
	folder := work.PlainRecord
	if place.SpecWeave != "" {
		folder = work.Records
	}
	name := increment
	if name == "" {
		name = datedName(in)
	}
	for n := 1; n <= 99; n++ {
		at := path.Join(folder, name+".md")
		if n > 1 {
			at = path.Join(folder, fmt.Sprintf("%s-%d.md", name, n))
		}
		if owner, found, err := ownerOf(place.Root, at); err != nil {
			return "", err
		} else if !found || owner == in.ID || owner == "" {
			return at, nil // somebody's file without a name is shown as changed, not passed by
		}
	}
	return "", trouble(fs.ErrExist, "%s holds 99 post-mortems called %s. Nothing was written. Give this incident another title.", folder, name)
}

// lastExport is the path of the newest export of the post-mortem, as long as it
// was into this folder or the document is still there: a new title or a late
// increment does not leave a second copy behind.
func lastExport(place repo.Place, in workflow.Incident) string {
	exports := in.Review.Exports
	for n := len(exports) - 1; n >= 0; n-- {
		last := exports[n]
		at := last.Path
		switch session.Document(last.Document) {
		case session.PostmortemDocument:
		case session.HTMLDocument: // it lies beside the post-mortem, wherever that would be now
			at = strings.TrimSuffix(at, ".html") + ".md"
		default:
			continue
		}
		if last.Path == "" {
			continue
		}
		owner, found, err := ownerOf(place.Root, at)
		if err == nil && (found && owner == in.ID || !found && last.Root == place.Root) {
			return at
		}
	}
	return ""
}

// pagePath is where the printable page lies: beside the post-mortem.
func pagePath(record string) string { return strings.TrimSuffix(record, ".md") + ".html" }

// datedName is "2024-11-25-auth-outage": the day of detection, UTC.
func datedName(in workflow.Incident) string {
	name := repo.Slug(in.Triage.Title.Get())
	if at, ok := in.MilestoneAt(workflow.Detected); ok && at.Date(time.UTC) != "" {
		return at.Date(time.UTC) + "-" + name
	}
	return name
}

func ownerOf(root, at string) (owner workflow.IncidentID, found bool, err error) {
	content, err := repo.Read(root, at)
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	return export.IncidentOf(content), true, nil
}

// incrementFolder is where a recorded increment's files go. After it was
// archived or paused it lies elsewhere; where it is gone, its old place is free
// unless another one took its number.
func incrementFolder(place repo.Place, id string) (string, error) {
	if place.SpecWeave == "" {
		return "", notSpecWeave(place)
	}
	if folder, found := repo.Locate(place, id); found {
		return folder, nil
	}
	number := numberOf(id)
	taken, err := filepath.Glob(filepath.Join(place.SpecWeave, filepath.FromSlash(increments), number+"*"))
	if err == nil && len(taken) > 0 {
		return "", trouble(fs.ErrExist, "The increment %s is not in %s, and %s has its number now. Nothing was written. "+
			"Switch to the branch that has the increment, then try again.", id, place.Root, filepath.Base(taken[0]))
	}
	if !fs.ValidPath(id) || strings.Contains(id, "/") {
		return "", trouble(fs.ErrInvalid, "%q cannot be an increment's folder. Nothing was written. Create the increment again.", id)
	}
	return path.Join(increments, id), nil
}

// adopted finds an increment that was written for this incident but is not in
// its log: the program or the disk stopped in between.
func adopted(place repo.Place, in workflow.Incident) (id, folder string) {
	paths, err := filepath.Glob(filepath.Join(place.SpecWeave, filepath.FromSlash(increments), "[0-9]*", "metadata.json"))
	if err != nil {
		return "", ""
	}
	for _, file := range paths {
		content, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if meta, err := specweave.ReadMetadata(content); err == nil && meta.Incident == string(in.ID) && in.ID != "" {
			id = filepath.Base(filepath.Dir(file))
			return id, path.Join(increments, id)
		}
	}
	return "", ""
}

func notSpecWeave(place repo.Place) error {
	return trouble(fs.ErrNotExist, "%s is not a SpecWeave project yet, so the increment has no number and no place. Nothing was written. "+
		"Enable SpecWeave here (that writes .specweave/config.json and nothing else), or go on without an increment: "+
		"the post-mortem can be exported all the same.", place.Root)
}
