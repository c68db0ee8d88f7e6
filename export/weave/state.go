package weave

import (
	"bytes"
	"slices"
	"strings"

	"firebreak/export/specweave"
	"firebreak/workflow"
)

// passing are the keys of metadata.json that belong to one state and go with
// it; approvedAt stays, as SpecWeave leaves it.
var passing = []string{
	"readyForReviewAt", "completed", "abandonedReason", "abandonedAt",
	"pausedReason", "pausedAt", "backlogReason", "backlogAt",
}

// stateKeys are all the keys that a state can bring.
var stateKeys = append([]string{"approvedAt"}, passing...)

// metadata writes the state into spec.md first and then into metadata.json, as
// SpecWeave does, and notes there when the increment was last worked on.
func (e *editing) metadata() {
	if !e.open(metadataFile) {
		return
	}
	var changes []specweave.Change
	for _, d := range e.differs {
		if d.Part == workflow.StatePart && d.Verdict == workflow.WriteOurs {
			changes = e.state(d.Ours)
		}
	}
	for _, a := range e.around() {
		if key, ours := strings.CutPrefix(string(a.part), "meta/"); ours && e.follows(a) {
			changes = append(changes, specweave.Change{Key: key, Value: a.ours})
		}
	}
	if mine := e.mine.metadata.Raw[ourKey]; e.theirs.metadata.Raw[ourKey] != mine && (e.theirs.metadata.Incident == "" || e.theirs.metadata.Incident == string(e.in.ID)) {
		changes = append(changes, specweave.Change{Key: ourKey, Value: mine})
	}
	if len(changes) == 0 && e.untouched() {
		return
	}
	if e.mine.metadata.LastActivity > e.theirs.metadata.LastActivity {
		changes = append(changes, specweave.Change{Key: "lastActivity", Value: e.mine.metadata.Raw["lastActivity"]})
	}
	e.try(metadataFile, func(src []byte) ([]byte, error) { return specweave.EditMetadata(src, changes...) })
}

// ourKey is the object of metadata.json that is ours alone.
const ourKey = "hotfixWorkflow"

// untouched says whether no file but metadata.json has changed.
func (e *editing) untouched() bool {
	for _, name := range fileNames {
		if name != metadataFile && !bytes.Equal(e.now[name], e.disk.Content[name]) {
			return false
		}
	}
	return true
}

// unmet are the criteria that are open although every task is done.
func (e *editing) unmet() []string {
	var out []string
	if e.open(specFile) {
		for _, c := range specweave.ReadSpec(e.now[specFile]).Criteria {
			if !c.Done {
				out = append(out, c.ID)
			}
		}
	}
	return out
}

// state is what has to change in metadata.json for a state. spec.md carries it
// as well: SpecWeave calls it a fault when the two differ.
func (e *editing) state(to string) []specweave.Change {
	if unmet := e.unmet(); to == string(workflow.Completed) && len(unmet) > 0 {
		e.say("The increment stays open, as SpecWeave would leave it: no task stands for " + strings.Join(unmet, ", ") +
			" in spec.md, and it is not ticked. Tick it there, or take it out.")
		return nil
	}
	_, there := e.disk.Content[specFile]
	switch {
	case there && (!e.open(specFile) || e.theirs.spec.FrontSays != ""):
		return nil // why is said already; both files or none
	case there && len(e.theirs.spec.Front) > 0:
		if !e.try(specFile, func(src []byte) ([]byte, error) { return specweave.SetFront(src, "status", to) }) {
			return nil
		}
	}
	changes := []specweave.Change{{Key: "status", Value: `"` + to + `"`}}
	for _, key := range stateKeys {
		mine, wanted := e.mine.metadata.Raw[key]
		_, there := e.theirs.metadata.Raw[key]
		switch {
		case wanted && (!there || key != "approvedAt"):
			changes = append(changes, specweave.Change{Key: key, Value: mine})
		case !wanted && there && slices.Contains(passing, key):
			changes = append(changes, specweave.Change{Key: key})
		}
	}
	return changes
}
