package view

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// handoffPage is the hand-off sheet as a page to read aloud.
type handoffPage struct {
	content  *fyne.Container
	severity *kit.Chip
	stage    *kit.Text
	since    *kit.Text
	facts    []*pageFact
}

// pageFact is a heading and its lines; it takes no room while it has none.
type pageFact struct {
	box   *fyne.Container
	lines *lineList
}

// pageHeadings are the parts of the page, in the order that a receiver asks.
func pageHeadings() []string {
	return []string{"Now", "What is broken", "Open tasks", "Decided", "If it fails", "Updates", "People", "Checklist"}
}

func newHandoffPage() *handoffPage {
	p := &handoffPage{
		severity: kit.NewChip("", kit.ChipLook{}).Large(), stage: kit.NewText("").Bold(), since: kit.NewText("").In(look.Muted).Wrapped(),
	}
	p.content = kit.Column(look.Space3, kit.Row(look.Space3, p.severity, kit.Grow(kit.Column(0, p.stage, p.since))))
	for _, heading := range pageHeadings() {
		fact := &pageFact{lines: newLineList(1)}
		fact.box = kit.Column(2, kit.NewCaption(heading).Bold(), fact.lines.box)
		p.facts = append(p.facts, fact)
		p.content.Add(fact.box)
	}
	return p
}

// Show brings the page in line with a sheet.
func (p *handoffPage) Show(sheet workflow.Sheet, st session.State) {
	level := st.Incident.Triage.Severity.Get()
	p.severity.Set(severityWord(level), severityLook(st.Incident.Playbook, level))
	p.stage.SetText(fmt.Sprintf("%s, T+%s", sheet.Stage, elapsed(sheet.Since)[:5]))
	p.since.SetText("Detected " + reading(sheet.Detected, st))
	lines := [][]lineOf{
		nowLines(sheet), brokenLines(sheet), taskLines(sheet, st), decidedLines(sheet, st),
		fallbackLines(sheet), updateLines(sheet, st), peopleLines(sheet, st), boardLines(sheet),
	}
	changed := false
	for i, fact := range p.facts {
		if fact.lines.Set(lines[i]) {
			show(fact.box, len(lines[i]) > 0)
			changed = true
		}
	}
	if changed && p.content.Size().Width > 0 {
		p.content.Refresh()
	}
}

func nowLines(sheet workflow.Sheet) []lineOf {
	if sheet.Next.Title == "" {
		return nil
	}
	line := lineOf{icon: "step-current", role: look.Text, text: sheet.Next.Title, bold: true}
	if sheet.Next.Late {
		line.role = look.ErrorText
	}
	if sheet.Next.Reason == "" {
		return []lineOf{line}
	}
	return []lineOf{line, {icon: "info", role: look.Muted, text: capital(sheet.Next.Reason)}}
}

func brokenLines(sheet workflow.Sheet) []lineOf {
	lines := []lineOf{{icon: "people", role: look.Text, text: orElse(sheet.Impact, "The impact is not written down yet")}}
	if sheet.Cause != "" {
		lines = append(lines, lineOf{icon: "search", role: look.Text, text: "Cause as far as known: " + sheet.Cause})
	}
	return lines
}

func taskLines(sheet workflow.Sheet, st session.State) []lineOf {
	var lines []lineOf
	for _, a := range sheet.Open {
		line := lineOf{icon: "step-open", role: look.Text, text: fmt.Sprintf("%s: %s, due in %s", a.Owner, a.Text, short(a.Due().Sub(st.Now)))}
		if a.Late(st.Now) {
			line.icon, line.role = "warning", look.ErrorText
			line.text = fmt.Sprintf("%s: %s, late by %s", a.Owner, a.Text, short(st.Now.Sub(a.Due())))
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return []lineOf{{icon: "info", role: look.Muted, text: "No task is open"}}
	}
	return lines
}

func decidedLines(sheet workflow.Sheet, st session.State) []lineOf {
	var lines []lineOf
	for _, e := range sheet.Decisions {
		lines = append(lines, lineOf{icon: "decision", role: look.Text, text: clockOf(e.At.Get(), st) + "  " + e.Text.Get()})
	}
	for _, says := range sheet.Evidence {
		lines = append(lines, lineOf{icon: "info", role: look.Muted, text: says})
	}
	return lines
}

func fallbackLines(sheet workflow.Sheet) []lineOf {
	var lines []lineOf
	if sheet.IfFails != "" {
		lines = append(lines, lineOf{icon: "decision", role: look.Text, text: "Decide again on: " + sheet.IfFails})
	}
	if sheet.Rollback.Command != "" {
		lines = append(lines, lineOf{icon: "rollback", role: look.Text, text: strings.TrimSuffix("Roll back: "+sheet.Rollback.Command+" to "+sheet.Rollback.Version, " to ")})
	}
	if len(lines) == 0 {
		return []lineOf{{icon: "warning", role: look.WarningText, text: "No way back is ready yet"}}
	}
	return lines
}

func updateLines(sheet workflow.Sheet, st session.State) []lineOf {
	words, how := updateWords(st.Incident, st.Now)
	line := lineOf{icon: "update", role: look.Text, text: words}
	if how != kit.Neutral {
		line.role = how.Role()
	}
	if due := sheet.Cadence.Due; !due.IsZero() {
		line.text += ", at " + clockOf(workflow.StampAt(due, st.Shown()), st)
	}
	return []lineOf{line}
}

func peopleLines(sheet workflow.Sheet, st session.State) []lineOf {
	var held, free []string
	for _, r := range sheet.Roles {
		if r.Holder.Person == "" {
			free = append(free, strings.ToLower(r.Role.Name))
			continue
		}
		held = append(held, r.Role.Name+" "+r.Holder.Person)
	}
	var lines []lineOf
	if len(held) > 0 {
		lines = append(lines, lineOf{icon: "people", role: look.Text, text: strings.Join(held, ", ")})
	}
	if len(free) > 0 {
		lines = append(lines, lineOf{icon: "warning", role: look.WarningText, text: "Nobody is " + strings.Join(free, " or ")})
	}
	if sheet.OnDuty > time.Hour {
		lines = append(lines, lineOf{icon: "clock", role: look.Text, text: fmt.Sprintf("%s has been on duty for %s", sheet.Commander, workflow.Words(sheet.OnDuty))})
	}
	if sheet.Last.To != "" {
		lines = append(lines, lineOf{icon: "handoff", role: look.Muted, text: fmt.Sprintf("%s handed over to %s at %s", sheet.Last.From, sheet.Last.To, clockOf(sheet.Last.At, st))})
	}
	return lines
}

func boardLines(sheet workflow.Sheet) []lineOf {
	var lines []lineOf
	for _, p := range sheet.Board {
		line := lineOf{icon: "step-open", role: look.Muted, text: fmt.Sprintf("%s: %d of %d", p.Name, p.Done, len(p.Items))}
		switch {
		case p.Confirmed:
			line.icon, line.text = "step-done", line.text+", confirmed"
		case p.Current:
			line.icon, line.role = "step-current", look.Text
		}
		lines = append(lines, line)
	}
	return lines
}
