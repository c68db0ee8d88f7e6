package cli

import (
	"fmt"
	"slices"
	"strings"

	"firebreak/app/session"
	"firebreak/workflow"
)

// planJSON is what an export wrote, or would write.
type planJSON struct {
	Root    string     `json:"root"`
	Written bool       `json:"written"`
	Files   []fileJSON `json:"files"`
	Empty   []string   `json:"empty"`          // sections that should say something and do not yet
	Says    []string   `json:"says,omitempty"` // what stands between the incident and its increment
	Lost    []string   `json:"lost,omitempty"` // attachments that are missing or damaged, and were not written

	Commit *commitJSON `json:"commit,omitempty"`
}

type fileJSON struct {
	Document session.Document `json:"document"`
	Path     string           `json:"path"`
	What     string           `json:"what"` // create, update, same, changed
	Kept     bool             `json:"kept"` // somebody changed it, and it was left alone
	Diff     string           `json:"diff,omitempty"`
	Theirs   string           `json:"theirs,omitempty"` // what is there, of a file that somebody changed
	Ours     string           `json:"ours,omitempty"`   // what would be written over it
	Bytes    int64            `json:"bytes,omitempty"`  // of an attachment
}

func (r *run) sayPlan(plan session.Plan, commit *session.Commit, x exporting) error {
	out := planJSON{Root: plan.Root, Written: plan.Written, Files: []fileJSON{}, Empty: slices.Concat([]string{}, plan.Empty), Lost: plan.Lost, Says: plan.Says}
	for _, s := range plan.Steps {
		file := fileJSON{Document: s.Document, Path: s.Path, What: s.What, Kept: s.Kept, Bytes: s.Bytes}
		if x.diff {
			file.Diff, file.Theirs, file.Ours = s.Diff, s.Theirs, s.Ours
		}
		out.Files = append(out.Files, file)
	}
	if commit != nil {
		out.Commit = commitOf(*commit, x)
	}
	if r.flags.json {
		return r.printJSON(out)
	}
	r.line("%s%s", pad("In", column), oneLine(out.Root))
	for _, f := range out.Files {
		r.line("%s%s", pad(fileWord(f, x.dryRun), column), oneLine(f.Path)+sizeOf(f))
		if f.Diff != "" {
			r.line("%s", strings.TrimRight(cleanText(f.Diff), "\n"))
		}
	}
	for _, says := range out.Says {
		r.warn(says)
	}
	if len(out.Lost) > 0 {
		r.line("%s", wrapped("Not there", column, strings.Join(out.Lost, ", ")+" (missing or damaged; the post-mortem says so. See: firebreak doctor)"))
	}
	if len(out.Empty) > 0 {
		r.line("%s", wrapped("Still empty", column, strings.Join(out.Empty, ", ")))
	}
	if x.dryRun {
		r.line("Nothing was written.")
	}
	if commit != nil {
		r.sayCommit(*commit, x)
	}
	return nil
}

// sizeOf is how large an attachment is; a document's lines are counted by others.
func sizeOf(f fileJSON) string {
	if f.Bytes == 0 {
		return ""
	}
	return ", " + workflow.SizeWords(f.Bytes)
}

func fileWord(f fileJSON, dryRun bool) string {
	switch {
	case f.Kept || dryRun && f.What == "changed":
		return "kept"
	case dryRun:
		return f.What
	case f.What == "create":
		return "written"
	case f.What == "changed":
		return "replaced"
	case f.What == "same":
		return "unchanged"
	default:
		return "updated"
	}
}

// conflictIn is the error of an export that met somebody's changes.
func conflictIn(plan session.Plan, x exporting) error {
	var kept []string
	for _, s := range plan.Steps {
		if s.Kept || x.dryRun && s.What == "changed" && !slices.Contains(x.force, s.Path) {
			kept = append(kept, s.Path)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return &failure{exit: ExitConflict, code: "export.changed", says: fmt.Sprintf(
		"Somebody changed %s since it was written, so it was kept. Look with --dry-run --diff; --force PATH writes over it.", strings.Join(kept, ", "))}
}
