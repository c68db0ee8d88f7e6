package workflow

import (
	"fmt"
	"strings"
)

// What the kinds around the incident itself tell the audit: the declaration,
// triage, crew, board, decisions, and what people were told.

const incidentSubject = "incident"

func (t *tale) incident() *tale { return t.on(incidentSubject, "", "") }

func (d Declared) tell(t *tale) {
	t.incident().field("title", d.Title).field("detected", t.when(d.Detected)).field("service", d.Service).
		field("first line", d.FirstLine).yes("sample", d.Sample).field("answers", pairs(d.Answers)).
		field("taken from", d.From).
		field("playbook", d.Playbook.auditWords())
}

func (r Retitled) tell(t *tale) { t.incident().field("title", r.Title) }

func (c CancelledBecause) tell(t *tale) { t.incident().over("cancelled", "no", "yes: "+c.Reason) }

func (r Reopened) tell(t *tale) {
	t.incident().over("cancelled", "no", "no").over("all-clear", "no", "no").field("opened again because", r.Reason)
}

func (s SeveritySet) tell(t *tale) {
	t.incident().over("severity", "undecided", SeverityWord(s.Level)).sees(SeverityWord(s.Was)).field("reason of the severity", s.Reason)
	if len(s.Answers) > 0 {
		t.field("answers", pairs(s.Answers))
	}
}

func (s ServiceSet) tell(t *tale) { t.incident().field("service", s.Service) }

func (a Assessed) tell(t *tale) {
	t.on("assessment", string(a.Field), string(a.Field)).field(string(a.Field), a.Text)
}

func (a AllClearGiven) tell(t *tale) { t.incident().over("all-clear", "no", "yes: "+a.Text) }

func (r RoleClaimed) tell(t *tale) {
	t.on("role", r.Role, t.final.roleName(r.Role)).field("held by", r.Person)
}

func (h HandedOff) tell(t *tale) {
	t.on("role", h.Role, t.final.roleName(h.Role)).field("held by", h.To).sees(h.From).
		field("handed over: state", h.State).field("handed over: tried", h.Tried).
		field("handed over: next", h.Next).field("handed over: questions", h.Questions)
}

func (a Assigned) tell(t *tale) {
	t.new("assignment", beginningOf(a.Text)).field("text", a.Text).field("owner", a.Owner).field("time box", took(a.Box)).over("result", "open", "open")
}

func (f AssignmentFinished) tell(t *tale) {
	t.on("assignment", string(f.ID), "")
	t.about.Name = beginningOf(t.value(place{"assignment", string(f.ID), "text"}, ""))
	t.over("result", "open", f.Result)
}

func (m ItemMarked) tell(t *tale) {
	t.on("step", m.Item, m.Text).over("state", string(ItemOpen), string(m.State)).field("reason", m.Reason).
		field("evidence", m.Evidence).field("value", m.Value).yes("against the log's facts", m.Against)
}

func (a AddedItem) tell(t *tale) {
	t.on("step", a.ID, a.Text).field("phase", a.Phase).field("text", a.Text)
}

func (c PhaseConfirmed) tell(t *tale) {
	t.on("phase", c.Phase, c.Name).over("confirmed", "no", "yes").field("done", doneOf(c.Done, c.Of)).field("reason", c.Reason)
}

func (o Overridden) tell(t *tale) {
	missing := make([]string, len(o.Missing))
	for i, fact := range o.Missing {
		missing[i] = string(fact)
	}
	t.on("gate", o.Gate, o.Name).field("overridden by", o.By).field("reason", o.Reason).
		field("missing then", strings.Join(missing, ", ")).field("commit", o.Commit)
}

func (m Marked) tell(t *tale) {
	t.on("milestone", string(m.Milestone), string(m.Milestone)).field("time", t.when(t.event.At)).field("text", m.Text)
}

func (u UpdateSent) tell(t *tale) {
	t.new("update", "").field("channel", string(u.Channel)).field("text", u.Text).field("time", t.when(t.event.At))
}

func (d Decided) tell(t *tale) {
	t.on("decision", "", "").field("option", d.Option).field("reason", d.Reason).field("answers", pairs(d.Answers)).
		field("proposed", d.Proposed).field("would change it", d.WouldChange).field("evidence", evidenceWords(d.Evidence)).
		field("back to", d.BackTo).field("last good version", d.Good).field("suspect", d.Suspect)
}

func (w SectionWritten) tell(t *tale) {
	t.on("section", string(w.Section), t.final.Playbook.sectionName(w.Section)).field("text", w.Text)
}

func (m ReviewMoved) tell(t *tale) {
	t.on("post-mortem", "", "").over("state", string(Drafted), string(m.State)).field("reason", m.Reason)
}

func (m MeetingSet) tell(t *tale) {
	t.on("post-mortem", "", "").field("meeting", t.when(m.When)).field("owner of the meeting", m.Owner)
}

func (x Exported) tell(t *tale) {
	t.new("document", x.Document).field("document", x.Document).field("folder", x.Root).field("path", x.Path)
}

func (a ActionAdded) tell(t *tale) {
	t.new("action item", beginningOf(a.Text)).field("text", a.Text).field("kind", a.Type).field("owner", a.Owner).
		field("due", a.Due).over("state", "", string(a.state()))
}

func (c ActionChanged) tell(t *tale) {
	t.on("action item", string(c.ID), "")
	t.about.Name = beginningOf(t.value(place{"action item", string(c.ID), "text"}, ""))
	t.part("text", c.Text).part("kind", c.Type).part("owner", c.Owner).part("due", c.Due)
	if c.State != nil {
		t.field("state", string(*c.State))
	}
}

func doneOf(done, of int) string {
	if of == 0 && done == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d", done, of)
}
