package cli

import (
	"context"
	"strings"

	"firebreak/app/session"
	"firebreak/export"
	"firebreak/workflow"
)

// incrementJSON is the increment for a program.
type incrementJSON struct {
	Incident workflow.IncidentID `json:"id"`
	Written  *writtenIncrement   `json:"written"` // null before it is in a repository
	State    workflow.Standing   `json:"state"`   // as the incident has it
	Reason   string              `json:"reason,omitempty"`
	Tasks    []taskJSON          `json:"tasks"`
	Markdown string              `json:"markdown"`
	Files    *filesJSON          `json:"files"` // as they lie in the repository; null when they cannot be looked at
	Taken    []writtenJSON       `json:"taken,omitempty"`
}

type writtenIncrement struct {
	ID   string `json:"id"`
	Root string `json:"root"`
	Path string `json:"path"`
}

type taskJSON struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Done  bool   `json:"done"`
	Fact  string `json:"fact,omitempty"`
}

// filesJSON is what the increment's files say, and how that compares.
type filesJSON struct {
	Folder      string            `json:"folder"`
	State       workflow.Standing `json:"state,omitempty"`
	Raw         string            `json:"raw_state,omitempty"` // one that no version of SpecWeave knows
	Type        string            `json:"type"`
	Tasks       int               `json:"tasks"`
	Done        int               `json:"done"`
	Criteria    int               `json:"criteria"`
	Met         int               `json:"met"`
	InStep      bool              `json:"in_step"`
	Differences []differenceJSON  `json:"differences"`
	Says        []string          `json:"says,omitempty"`
	Held        string            `json:"held,omitempty"`
	Wrote       []string          `json:"wrote,omitempty"`
	Handover    *handoverJSON     `json:"handover,omitempty"`
}

type differenceJSON struct {
	Part    string           `json:"part"`
	Ours    string           `json:"ours"`
	Theirs  string           `json:"theirs"`
	Verdict workflow.Verdict `json:"verdict"` // ask, ours, theirs
}

type handoverJSON struct {
	Because   string `json:"because"`
	Command   string `json:"command"`
	Skill     string `json:"skill"`
	Installed bool   `json:"installed"`
	Ready     bool   `json:"ready"`
}

func (r *run) printIncrement(ctx context.Context) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	var found *session.Increment
	if in.Fix.Increment.Get().Root != "" {
		out, err := r.compare(ctx, in)
		if err == nil {
			found = &out.found
		} else {
			r.warn(err.Error())
		}
	}
	if r.flags.json {
		return r.printJSON(r.incrementJSON(in, found, change{}))
	}
	r.line("%s", strings.TrimRight(cleanText(export.Page(in)), "\n"))
	if in.Fix.Increment.Get().ID == "" {
		r.warn("It is not in a repository yet. Write it there with: firebreak increment create")
	}
	if found != nil {
		r.line("")
		r.printStanding(*found)
		r.printDifferences(differing(*found))
	}
	return nil
}

func (r *run) incrementJSON(in workflow.Incident, found *session.Increment, taken change) incrementJSON {
	stand := in.IncrementStand()
	out := incrementJSON{Incident: in.ID, State: stand.State, Reason: stand.Reason, Tasks: []taskJSON{}, Markdown: export.Page(in)}
	if w := in.Fix.Increment.Get(); w.ID != "" {
		out.Written = &writtenIncrement{w.ID, w.Root, w.Path}
	}
	for _, t := range in.Tasks() {
		out.Tasks = append(out.Tasks, taskJSON{t.ID, t.Title, t.Done, t.Fact})
	}
	if len(taken.Events) > 0 {
		out.Taken = r.changeJSON(taken).Written
	}
	if found == nil {
		return out
	}
	left := differing(*found)
	out.Files = &filesJSON{
		Folder: found.Folder, State: found.State, Raw: found.Raw, Type: found.Type, Tasks: found.Tasks, Done: found.Done,
		Criteria: found.Criteria, Met: found.Met, InStep: len(left) == 0 && found.Held == "", Differences: []differenceJSON{},
		Says: found.Says, Held: found.Held, Wrote: found.Wrote,
	}
	for _, d := range left {
		out.Files.Differences = append(out.Files.Differences, differenceJSON{partName(d.Part), d.Ours, d.Theirs, d.Verdict})
	}
	if h := found.Handover; h.Because != "" {
		out.Files.Handover = &handoverJSON{h.Because, h.Command, h.Skill, h.Installed, h.Ready}
	}
	return out
}
