package view

import (
	"errors"
	"fmt"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// undecidedRow stands for "no level" in a list, where an id cannot be empty.
const undecidedRow = "undecided"

func levelOfRow(id string) string {
	if id == undecidedRow {
		return ""
	}
	return id
}

func rowOfLevel(level string) string {
	if level == "" {
		return undecidedRow
	}
	return level
}

// severitySheet changes the severity in two keys: Ctrl+Shift+S and the level's
// number. Only lowering it asks for a reason.
type severitySheet struct {
	s      *Shell
	levels *kit.Rows
	form   *form
	says   *kit.Text
	keep   *kit.Button // unsure: the higher one stays
}

func (s *Shell) openSeverity() {
	sheet := &severitySheet{s: s}
	in := s.state.Incident
	sheet.form = newForm(s, "severity", "Set the severity", "Severity changed.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.SetSeverity{Level: levelOfRow(sheet.levels.Selected()), Reason: value("reason")}, nil
	}, input{name: "reason", label: "Why it goes down", lines: 2, hint: "Only the old app is hit; the web works again"})
	sheet.levels = kit.NewRows(newLevelRow, func(id string, o fyne.CanvasObject) {
		showLevelRow(o.(*fyne.Container), s.state.Incident, id)
	})
	sheet.levels.SetItems(levelItems(in))
	sheet.levels.SetSingleKeys(s.state.Prefs.SingleKeys)
	sheet.levels.OnSelect = func(string) { sheet.weigh() }
	sheet.levels.OnActivate = sheet.take
	sheet.levels.OnRune = sheet.number
	sheet.form.button.OnOff = func(why string) { sheet.form.refuse(errors.New(why + ".")) }
	sheet.says = kit.NewText("").Wrapped()
	sheet.keep = kit.NewButton("", sheet.keepHigher).Icon("undecided")
	sheet.levels.Select(rowOfLevel(in.Triage.Severity.Get()))
	sheet.weigh()
	s.openForm(formSheet{
		id: "severity", title: "Severity", form: sheet.form, width: 640, more: []*kit.Button{sheet.keep},
		above: []fyne.CanvasObject{
			kit.NewText("If unsure, choose the higher. A number chooses at once.").In(look.Muted).Wrapped(),
			atLeast(levelRowHeight*float32(len(in.Playbook.Levels)+1), sheet.levels), sheet.says,
		},
		follow: func(session.State) { sheet.weigh() },
	})
	sheet.levels.Focus()
}

// levelRowHeight is that of two lines and their insets, at 100 % text.
const levelRowHeight float32 = 58

func levelItems(in workflow.Incident) []kit.Item {
	var items []kit.Item
	for _, l := range in.Playbook.Levels {
		items = append(items, kit.Item{ID: l.ID})
	}
	return append(items, kit.Item{ID: undecidedRow})
}

func newLevelRow() fyne.CanvasObject {
	return kit.Inset(look.Space3, look.Space2, kit.Row(look.Space3,
		kit.NewText("").In(look.Muted),
		kit.Fixed(112, kit.Row(0, kit.NewChip("", kit.ChipLook{}))),
		kit.Grow(kit.Column(2, kit.NewText("").Bold().Cut(), kit.NewCaption("").Cut())),
		kit.NewCaption("").In(look.Primary)))
}

func showLevelRow(o *fyne.Container, in workflow.Incident, id string) {
	level := levelOfRow(id)
	row := o.Objects[0].(*fyne.Container)
	number, title, facts := len(in.Playbook.Levels)+1, "Not decided yet", "Counts as the most severe level until it is decided"
	if l, ok := in.Playbook.Level(level); ok {
		number = in.Playbook.Rank(level) + 1
		title, facts = l.Description, levelFacts(l)
	}
	row.Objects[0].(*kit.Text).SetText(fmt.Sprint(number))
	chip := row.Objects[1].(*fyne.Container).Objects[0].(*fyne.Container).Objects[0].(*kit.Chip)
	chip.Set(severityWord(level), severityLook(in.Playbook, level))
	texts := row.Objects[2].(*fyne.Container).Objects[0].(*fyne.Container)
	texts.Objects[0].(*kit.Text).SetText(title)
	texts.Objects[1].(*kit.Text).SetText(facts)
	now := ""
	if level == in.Triage.Severity.Get() {
		now = "now"
	}
	row.Objects[3].(*kit.Text).SetText(now)
}

// levelFacts is a level's row of the table as one line.
func levelFacts(l workflow.Level) string {
	flow := "normal flow"
	if l.Flow == workflow.HotfixFlow {
		flow = "hotfix flow"
	}
	return fmt.Sprintf("Respond: %s · %s · such as: %s", inSentence(l.Response), flow, inSentence(l.Example))
}

// lowers says whether the chosen level is less severe than the one that holds.
func (t *severitySheet) lowers() bool {
	in := t.s.state.Incident
	old := in.Triage.Severity.Get()
	return old != "" && in.Playbook.Rank(levelOfRow(t.levels.Selected())) > in.Playbook.Rank(old)
}

// weigh shows what the chosen level would change, and asks why where it must.
func (t *severitySheet) weigh() {
	in := t.s.state.Incident
	level, old := levelOfRow(t.levels.Selected()), in.Triage.Severity.Get()
	same := level == old && !in.Triage.Severity.Clashes()
	lowers := t.lowers()
	moved := t.form.fields["reason"].Visible() != lowers
	show(t.form.fields["reason"], lowers)
	show(t.keep, lowers)
	t.keep.SetWord("Unsure: stay at " + severityWord(old))
	t.form.button.SetWord("Set " + severityWord(level))
	off := ""
	if same {
		off = "The severity is " + workflow.SeverityWord(level) + " already"
	}
	t.form.button.SetOff(off)
	t.says.SetText(severityEffect(in, level))
	if moved {
		t.s.layers.Refresh()
	}
}

// severityEffect says what a level means for this incident.
func severityEffect(in workflow.Incident, level string) string {
	if in.Triage.Severity.Clashes() {
		return "Two devices set different levels. Choose the one that holds; if unsure, the higher."
	}
	l, ok := in.Playbook.Level(level)
	if !ok {
		return fmt.Sprintf("Undecided counts as %s: its response time and its update rhythm hold.", in.Playbook.Levels[0].ID)
	}
	says := levelRules(l)
	if was := in.Effective(); was.Flow != l.Flow {
		says += fmt.Sprintf(" This switches from the %s to the %s flow.", was.Flow, l.Flow)
	}
	if level == in.Triage.Severity.Get() {
		if h, ok := in.Triage.Severity.Head(); ok {
			says = fmt.Sprintf("%s set %s. ", h.By, level) + says
		}
	}
	return says
}

// levelRules says what a level asks for, in a sentence.
func levelRules(l workflow.Level) string {
	says := fmt.Sprintf("%s: respond %s", l.ID, respondIn(l))
	if l.Cadence > 0 {
		says += fmt.Sprintf(", first update after %s, then every %s", workflow.Words(l.FirstUpdate), workflow.Words(l.Cadence))
	} else {
		says += ", no updates due"
	}
	return says + "."
}

func respondIn(l workflow.Level) string {
	if l.Within > 0 {
		return "within " + workflow.Words(l.Within)
	}
	return "in the " + inSentence(l.Response)
}

// number chooses a level by its place in the table.
func (t *severitySheet) number(_ string, r rune) bool {
	items := levelItems(t.s.state.Incident)
	i := int(r - '1')
	if i < 0 || i >= len(items) {
		return false
	}
	t.levels.Select(items[i].ID)
	t.take(items[i].ID)
	return true
}

// take sets a level at once, or asks why first when it goes down.
func (t *severitySheet) take(string) {
	if t.lowers() && t.form.Value("reason") == "" {
		t.weigh()
		t.form.fields["reason"].Focus()
		return
	}
	t.form.button.Press()
}

// keepHigher writes down that two levels were thought of, and the higher stayed.
func (t *severitySheet) keepHigher() {
	old, other := t.s.state.Incident.Triage.Severity.Get(), levelOfRow(t.levels.Selected())
	text := fmt.Sprintf("Unsure between %s and %s: stays %s, the higher", old, severityWord(other), old)
	t.s.DoAndOffer(workflow.Note{Kind: workflow.DecisionEntry, Text: text}, text+".", func(err error) {
		if err != nil {
			t.form.refuse(err)
			return
		}
		t.s.CloseLayer("severity")
	}, t.form.drafts()...)
}
