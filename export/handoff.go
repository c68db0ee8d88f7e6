package export

import (
	"fmt"
	"strings"
	"time"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// HandOff writes the one page that a receiver needs to take over: to be read
// aloud, pasted, or printed. Whoever takes over reads it back.
func HandOff(sheet workflow.Sheet) string {
	d := markdown.New().Compact()
	d.Heading(1, strings.TrimSpace("Hand-off: "+sheet.Severity+" "+sheet.Title))
	d.Lines(handOffFacts(sheet)...)
	d.Heading(2, "Last decisions")
	d.Bullets(decisionLines(sheet.Decisions)...)
	if len(sheet.Evidence) > 0 {
		d.Heading(2, "What the decision rested on")
		d.Bullets(markdown.Lits(sheet.Evidence...)...)
	}
	d.Heading(2, "Open tasks")
	d.Bullets(openTasks(sheet.Open)...)
	d.Heading(2, "Checklist")
	d.Bullets(boardLines(sheet.Board)...)
	d.Heading(2, "Roles")
	d.Bullets(roleLines(sheet.Roles)...)
	if last := sheet.Last; last.To != "" {
		d.Heading(2, "Last hand-off")
		d.Bullets(lastHandOff(last)...)
	}
	return d.String()
}

func handOffFacts(s workflow.Sheet) []markdown.Line {
	lines := []markdown.Line{
		markdown.Field("State", fmt.Sprintf("%s, for %s (detected %s)", s.Stage, workflow.Words(s.Since), s.Detected.Full(time.UTC))),
		markdown.Field("Commander", commanderWords(s)),
		markdown.Field("Impact", orNotYet(s.Impact)),
		markdown.Field("Cause or hypothesis", orNotYet(s.Cause)),
		markdown.Field("Next", nextWords(s.Next)),
		markdown.Field("Next update", cadenceWords(s.Cadence)),
	}
	rollback := "not ready yet"
	if s.Rollback.Command != "" {
		rollback = s.Rollback.Command
		if s.Rollback.Version != "" {
			rollback += " (back to " + s.Rollback.Version + ")"
		}
	}
	lines = append(lines, markdown.Field("Rollback", rollback))
	if s.IfFails != "" {
		lines = append(lines, markdown.Field("What would change the decision", s.IfFails))
	}
	return lines
}

func commanderWords(s workflow.Sheet) string {
	if s.Commander == "" {
		return "nobody"
	}
	return fmt.Sprintf("%s, on duty for %s", s.Commander, workflow.Words(s.OnDuty))
}

func nextWords(n workflow.Next) string {
	switch {
	case n.Title == "":
		return "nothing"
	case n.Reason == "":
		return n.Title
	default:
		return n.Title + " (" + strings.TrimRight(n.Reason, ".") + ")"
	}
}

// cadenceWords names the time of day in UTC; the urgency is a word, because a
// colour does not survive being pasted.
func cadenceWords(c workflow.Cadence) string {
	if c.Due.IsZero() {
		return "none is due"
	}
	return fmt.Sprintf("due %s UTC, %s", c.Due.UTC().Format("2006-01-02 15:04"), c.Urgency)
}

func decisionLines(entries []workflow.Entry) []markdown.Line {
	if len(entries) == 0 {
		return markdown.Lits("None yet")
	}
	var lines []markdown.Line
	for _, e := range entries {
		lines = append(lines, markdown.Line{markdown.Lit(e.At.Get().Full(time.UTC) + " - " + e.Text.Get())})
	}
	return lines
}

func openTasks(open []workflow.Assignment) []markdown.Line {
	if len(open) == 0 {
		return markdown.Lits("None")
	}
	var lines []markdown.Line
	for _, a := range open {
		lines = append(lines, markdown.Line{markdown.Lit(fmt.Sprintf("%s: %s, until %s UTC", a.Owner, a.Text, a.Due().UTC().Format("15:04")))})
	}
	return lines
}

func boardLines(board []workflow.PhaseView) []markdown.Line {
	var lines []markdown.Line
	for _, p := range board {
		text := fmt.Sprintf("%s: %d of %d", p.Name, p.Done, len(p.Items))
		if p.Confirmed {
			text += ", confirmed by " + p.By
		}
		var open []string
		for _, item := range p.OpenItems() {
			open = append(open, item.Text)
		}
		if len(open) > 0 {
			text += "; open: " + strings.Join(open, ", ")
		}
		lines = append(lines, markdown.Line{markdown.Lit(text)})
	}
	return lines
}

func roleLines(roles []workflow.RoleHolder) []markdown.Line {
	var lines []markdown.Line
	for _, r := range roles {
		who := r.Holder.Person
		if who == "" {
			who = "nobody"
		}
		lines = append(lines, markdown.Line{markdown.Lit(r.Role.Name + ": " + who)})
	}
	return lines
}

func lastHandOff(h workflow.HandOffRecord) []markdown.Line {
	lines := markdown.Lits(fmt.Sprintf("%s, from %s to %s", h.At.Full(time.UTC), h.From, h.To))
	for _, part := range []struct{ name, text string }{
		{"State", h.State}, {"Tried", h.Tried}, {"Next", h.Next}, {"Open questions", h.Questions},
	} {
		if strings.TrimSpace(part.text) != "" {
			lines = append(lines, markdown.Line{markdown.Lit(part.name + ": " + part.text)})
		}
	}
	return lines
}
