package cli

import (
	"context"
	"strings"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// checkJSON is what --check found.
type checkJSON struct {
	Root  string     `json:"root"`
	Same  bool       `json:"same"` // every file is what would be written
	Files []fileJSON `json:"files"`
	Mend  string     `json:"mend,omitempty"` // the command that writes them
}

// checkFiles looks at the files of an export and writes nothing. Nothing leaves, so no
// decision about a secret is waited for: what was to be redacted is.
func (r *run) checkFiles(ctx context.Context, hands session.Hands, folder string, in workflow.Incident, x exporting, docs ...session.Document) error {
	plan, err := hands.Preview(ctx, folder, in, docs...)
	if err != nil {
		return err
	}
	return r.sayCheck(plan, x)
}

// sayCheck says which files are not what would be written now, and fails when
// there is one.
func (r *run) sayCheck(plan session.Plan, x exporting) error {
	out := checkJSON{Root: plan.Root, Same: true, Files: []fileJSON{}}
	var differ []string
	docs := map[session.Document]bool{}
	for _, s := range plan.Steps {
		file := fileJSON{Document: s.Document, Path: s.Path, What: s.What, Bytes: s.Bytes}
		if x.diff {
			file.Diff = s.Diff
		}
		out.Files = append(out.Files, file)
		if s.What != string(repo.Same) {
			differ, docs[s.Document] = append(differ, s.Path), true
		}
	}
	if out.Same = len(differ) == 0; !out.Same {
		out.Mend = mendOf(docs)
	}
	return r.sayChecked(out, differ)
}

// mendOf is the command that writes what differs.
func mendOf(docs map[session.Document]bool) string {
	command := "firebreak export"
	for _, doc := range []struct {
		is   session.Document
		word string
	}{{session.PostmortemDocument, " postmortem"}, {session.HTMLDocument, " html"}, {session.IncrementDocument, " increment"}} {
		if docs[doc.is] {
			command += doc.word
		}
	}
	return command
}

func (r *run) sayChecked(out checkJSON, differ []string) error {
	if r.flags.json {
		if err := r.printJSON(out); err != nil {
			return err
		}
	} else {
		r.line("%s%s", pad("In", column), oneLine(out.Root))
		for _, f := range out.Files {
			r.line("%s%s", pad(checkWord(f.What), column), oneLine(f.Path))
			if f.Diff != "" {
				r.line("%s", strings.TrimRight(cleanText(f.Diff), "\n"))
			}
		}
	}
	if len(differ) == 0 {
		return nil
	}
	return &failure{exit: ExitFailed, code: "export.differs", says: strings.Join(differ, ", ") +
		map[bool]string{true: " is", false: " are"}[len(differ) == 1] + " not what would be written now. Nothing was written. Bring it up to date with: " + out.Mend}
}

func checkWord(what string) string {
	switch repo.What(what) {
	case repo.Same:
		return "same"
	case repo.Create:
		return "missing"
	default:
		return "differs"
	}
}
