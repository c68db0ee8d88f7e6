package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// stepLine is one line of the checklist in words: a phase, an item, or the
// pause at the end of a phase.
type stepLine struct {
	id     string
	phase  string // id of the phase
	kind   lineKind
	icon   string
	role   fyne.ThemeColorName
	title  string
	bold   bool
	muted  bool
	side   string // who, or which fact
	clock  string
	below  string // always in sight: why it was skipped
	detail string // in sight when the line is selected
	open   bool   // an item to be done; a phase to be confirmed
	asks   string
}

type lineKind int

const (
	phaseLine lineKind = iota
	itemLine
	pauseLine
)

// stepLines are the whole checklist.
func stepLines(st session.State, phases []workflow.PhaseView) []stepLine {
	var out []stepLine
	paused := false // an earlier phase is still to be confirmed
	for _, p := range phases {
		out = append(out, phaseWords(p, st))
		for i, item := range p.Items {
			item.Current = item.Current && !paused
			out = append(out, itemWords(i+1, item, st))
		}
		out = append(out, pauseWords(p, st))
		paused = paused || !p.Confirmed
	}
	return out
}

func phaseWords(p workflow.PhaseView, st session.State) stepLine {
	l := stepLine{
		id: "phase:" + p.ID, phase: p.ID, kind: phaseLine, title: p.Name, bold: true,
		side: strings.ToUpper(string(p.Mode)), clock: fmt.Sprintf("%d of %d", p.Done, len(p.Items)), open: !p.Confirmed,
	}
	if p.Confirmed {
		l.below = fmt.Sprintf("Confirmed %s by %s", clockOf(p.At, st), p.By)
	}
	return l
}

func pauseWords(p workflow.PhaseView, st session.State) stepLine {
	l := stepLine{id: "pause:" + p.ID, phase: p.ID, kind: pauseLine, icon: "people", role: look.Muted, title: "Pause. Say aloud: " + p.Pause, open: p.Current}
	if p.Current && p.Settled() {
		l.role, l.bold = look.Primary, true
	}
	if p.Pause == "" {
		l.title = "Pause. Go through the phase together."
	}
	if p.Confirmed {
		l.icon, l.role, l.muted = "resolved", look.SuccessText, true
		l.title = fmt.Sprintf("Confirmed %s by %s", clockOf(p.At, st), p.By)
		if p.Reason != "" {
			l.title += ", with open items: " + p.Reason
		}
	}
	return l
}

// itemWords tells the states apart by shape, weight and words, not by colour
// alone: open, current, done, skipped, and settled by a fact.
func itemWords(n int, item workflow.Item, st session.State) stepLine {
	l := stepLine{
		id: item.ID, phase: item.Phase, kind: itemLine, icon: "step-open", role: look.Border,
		title: fmt.Sprintf("%d  %s", n, item.Text), open: item.State == workflow.ItemOpen, asks: item.Asks, detail: item.How,
	}
	switch {
	case item.Clash:
		l.icon, l.role, l.below = "warning", look.WarningText, "Two devices say different things about it. Say which is right."
	case item.State == workflow.ItemSkipped && item.Fact != "":
		l.icon, l.role, l.muted = "step-skipped", look.Muted, true
		l.side, l.clock, l.detail = spelled(item.Fact), clockOf(item.At, st), ""
	case item.State == workflow.ItemSkipped:
		l.icon, l.role, l.muted = "step-skipped", look.Muted, true
		l.side, l.clock = "skipped by "+item.By, clockOf(item.At, st)
		l.below, l.detail = "Skipped: "+item.Reason, ""
	case item.State == workflow.ItemDone && item.Fact != "":
		l.icon, l.role, l.muted = "step-auto", look.SuccessText, true
		l.side, l.clock, l.detail = spelled(item.Fact), clockOf(item.At, st), ""
	case item.State == workflow.ItemDone:
		l.icon, l.role, l.muted = "step-done", look.SuccessText, true
		l.side, l.clock, l.detail = item.By, clockOf(item.At, st), evidenceWords(item)
	case item.Current:
		l.icon, l.role, l.bold = "step-current", look.Primary, true
		l.side, l.detail = "Now", ""
	}
	if item.State == workflow.ItemOpen && item.Reason != "" {
		l.below = "Opened again: " + item.Reason
	}
	return l
}

func evidenceWords(item workflow.Item) string {
	var parts []string
	if item.Value != "" {
		parts = append(parts, capital(item.Asks)+": "+item.Value)
	}
	if item.Evidence != "" {
		parts = append(parts, item.Evidence)
	}
	if len(parts) == 0 {
		return "No evidence was written down."
	}
	return strings.Join(parts, "\n")
}
