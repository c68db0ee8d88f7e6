package main

import (
	"fmt"

	"firebreak/data"
	"firebreak/workflow"
)

// compare holds what the desk shows against the paper, and against what another
// process reads from the disk.
func (p *player) compare() error {
	shown := p.desk.State()
	if shown.Saved.Trouble != "" {
		return fmt.Errorf("the desk says that something was not saved: %s", shown.Saved.Trouble)
	}
	if shown.Prefs != p.prefs {
		return fmt.Errorf("the settings are %+v, and %+v was chosen", shown.Prefs, p.prefs)
	}
	if err := p.compareDrafts(""); err != nil {
		return err
	}
	in := shown.Incident
	if !in.Declared() {
		if len(p.books) > 0 && p.done > 0 && len(shown.History) == 0 {
			return fmt.Errorf("%d incidents were declared, and the history is empty", len(p.books))
		}
		return nil
	}
	if err := p.compareDrafts(in.ID); err != nil {
		return err
	}
	on, there := p.books[in.ID]
	if !there {
		return fmt.Errorf("incident %s is on the desk, and nobody declared it", in.ID)
	}
	if err := sameValue("the desk against the paper", on.now(), read(in)); err != nil {
		return err
	}
	if _, can := in.CanUndo(p.other.Device()); can != (on.at > 0) {
		return fmt.Errorf("undo can be asked for: %v, and on paper it is %v", can, on.at > 0)
	}
	return p.compareDisk(in)
}

// compareDisk folds what is on the disk anew.
func (p *player) compareDisk(in workflow.Incident) error {
	log, err := p.other.Load(p.ctx, in.ID)
	if err != nil {
		return err
	}
	if len(log.Damaged) > 0 {
		return fmt.Errorf("%d events are damaged", len(log.Damaged))
	}
	if err := sameIncident("the desk against the disk", workflow.Fold(in.ID, log.Events), in); err != nil {
		return err
	}
	rows, err := p.other.List(p.ctx, data.ListQuery{})
	if err != nil {
		return err
	}
	if len(rows) != len(p.books) {
		return fmt.Errorf("the list has %d incidents, and %d were declared", len(rows), len(p.books))
	}
	for _, from := range [][]workflow.Summary{rows, p.desk.State().History} {
		for _, row := range from {
			if row.ID != in.ID {
				continue
			}
			if err := sameValue("the incident's row", in.Summary(), row); err != nil {
				return err
			}
		}
	}
	return nil
}

// compareDrafts holds the fields on the desk against what was typed.
func (p *player) compareDrafts(id workflow.IncidentID) error {
	for field, t := range p.drafts[id] {
		if got := p.desk.State().Drafts[field].Text; got != t.text {
			return fmt.Errorf("%q was typed into %s of %q, and %q stands there", t.text, field, id, got)
		}
	}
	for field, draft := range p.desk.State().Drafts {
		if t := p.drafts[draft.Incident][field]; draft.Incident == id && (t == nil || t.text != draft.Text) {
			return fmt.Errorf("%q stands in %s of %q, and nobody typed it", draft.Text, field, id)
		}
	}
	return nil
}
