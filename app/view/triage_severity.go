package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

// severityLine is the level that holds, in large, and the way to change it.
type severityLine struct {
	content *kit.Panel
	chip    *kit.Chip
	says    *kit.Text
	change  *kit.Button
}

func newSeverityLine(ask Asker) *severityLine {
	s := &severityLine{chip: kit.NewChip("", kit.ChipLook{}).Large(), says: kit.NewText("").Wrapped()}
	s.change = kit.NewButton("Change severity", func() { ask.Run("incident.severity") }).Key("Ctrl+Shift+S")
	s.content = kit.NewPanel("", kit.NewResponsive(besideFrom,
		kit.Row(look.Space4, s.chip, kit.Grow(s.says), s.change),
		kit.Column(look.Space3, kit.Row(look.Space4, s.chip, kit.Grow(s.says)), kit.Row(0, s.change))))
	return s
}

// besideFrom is the width from which buttons stand beside what they are about.
const besideFrom float32 = 480

// Show brings the line in line with the log.
func (s *severityLine) Show(in workflow.Incident) {
	level := in.Triage.Severity.Get()
	s.chip.Set(severityWord(level), severityLook(in.Playbook, level))
	word, says := "Change severity", in.Effective().Description+", such as: "+inSentence(in.Effective().Example)+"."
	if level == "" {
		word, says = "Decide severity", fmt.Sprintf("Undecided counts as %s until decided.", in.Effective().ID)
	}
	if in.Triage.Severity.Clashes() {
		word, says = "Decide severity", "Two devices set different levels. The newest holds until somebody decides."
	}
	s.change.SetWord(word)
	s.says.SetText(says)
}

// whyBox is why this level: who decided, the reason and the answers.
type whyBox struct {
	content *fyne.Container
	panel   *kit.Panel
	says    *kit.Text
	lines   *lineList
}

func newWhyBox() *whyBox {
	w := &whyBox{says: kit.NewText("").Wrapped(), lines: newLineList(1).Small()}
	w.panel = kit.NewPanel("Why this severity", kit.Column(look.Space2, w.says, w.lines.box)).Tight()
	w.content = kit.Column(0, w.panel)
	return w
}

// Show reports whether the height may have changed.
func (w *whyBox) Show(in workflow.Incident) bool {
	says := severityReason(in)
	changed := says != w.says.Text()
	w.says.SetText(says)
	return w.lines.Set(answerLines(in)) || changed
}

// severityReason is who decided the level, when, and why.
func severityReason(in workflow.Incident) string {
	head, ok := in.Triage.Severity.Head()
	if !ok || head.Value == "" {
		return "Nobody has decided yet. Until then the rules of " + in.Effective().ID + " hold."
	}
	reason := ""
	for _, e := range in.Events() {
		if set, is := e.Body.(workflow.SeveritySet); is && e.ID == head.Event {
			reason = set.Reason
		}
	}
	says := fmt.Sprintf("%s set %s", head.By, head.Value)
	if reason == "" {
		return says + ", without a reason."
	}
	return says + ": " + fullStop(reason)
}

// answerLines are the triage questions as they were answered.
func answerLines(in workflow.Incident) []lineOf {
	answers := in.Triage.Answers.Get()
	var lines []lineOf
	for _, q := range in.Playbook.Questions {
		given := answers[q.ID]
		if given == "" {
			continue
		}
		word := "unsure, so the higher counts"
		for _, a := range q.Answers {
			if a.ID == given {
				word = inSentence(a.Label)
			}
		}
		lines = append(lines, lineOf{icon: "info", role: look.Muted, text: strings.TrimSuffix(q.Ask, "?") + ": " + word})
	}
	return lines
}
