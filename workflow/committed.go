package workflow

import (
	"strings"
)

// Commit is a commit that was made from here of documents that were written
// from here.
type Commit struct {
	ID      string   `json:"id"` // git's own, whole
	Root    string   `json:"root"`
	Branch  string   `json:"branch,omitempty"` // empty: on no branch
	Message string   `json:"message"`
	Paths   []string `json:"paths"` // what it holds, from the top of the working tree
}

// RecordCommit says that documents were committed.
type RecordCommit struct{ Commit Commit }

func (r RecordCommit) decide(Incident, Env) ([]Body, error) {
	if strings.TrimSpace(r.Commit.ID) == "" || len(r.Commit.Paths) == 0 {
		return nil, refuse("commit.empty", "A commit on record needs its id and the files that it holds.")
	}
	return []Body{DocumentsCommitted{r.Commit}}, nil
}

// DocumentsCommitted is a commit of documents.
type DocumentsCommitted struct{ Commit }

// Kind is "documents.committed@1".
func (DocumentsCommitted) Kind() Kind { return "documents.committed@1" }

func (c DocumentsCommitted) apply(in *Incident, e Event) {
	text := "Committed " + count(len(c.Paths), "file")
	if c.Branch != "" {
		text += " to " + c.Branch
	}
	in.record(e, SystemEntry, text+": "+c.Short()+" "+firstLine(c.Message))
}

// Short is the beginning of the commit's id, as people write it.
func (c Commit) Short() string { return c.ID[:min(len(c.ID), 8)] }

func (c DocumentsCommitted) tell(t *tale) {
	t.new("commit", c.Short()).field("commit", c.ID).field("folder", c.Root).field("branch", c.Branch).
		field("message", c.Message).field("paths", strings.Join(c.Paths, "\n"))
}
