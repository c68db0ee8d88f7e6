package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// scopeSheet is what the guard says of the fix: each finding with why it matters
// and the lines behind it, and what somebody answered. An answer is one key.
type scopeSheet struct {
	s     *Shell
	layer *kit.Layer
	said  *planNote
	none  *kit.Text
	list  *kit.Rows
	facts *scopeFacts
	both  fyne.CanvasObject // list and facts
	room  *fyne.Container   // as high as the list needs
	grown fyne.CanvasObject // around it
	blind *lineList         // what cannot be known
	form  *form             // by hand, where there is no repository

	accept, ticket, whole, declare *kit.Button

	rows  map[string]scopeRow
	shown scopeShown
}

// scopeRow is a finding with its answer.
type scopeRow struct {
	workflow.ScopeFinding
	answer  workflow.FindingSettled
	settled bool
}

// waits says whether nobody has answered it yet.
func (r scopeRow) waits() bool { return !r.settled && !r.Mild }

// scopeShown says what is on the sheet, so that a tick of the clock costs nothing.
type scopeShown struct {
	of     workflow.Revision
	delta  *workflow.Delta
	survey string
	keys   bool
	some   bool
	laid   bool
}

const scopeLayer = "scope"

// The sheet is as high as its list, within reason; a window that is lower makes
// it lower.
const (
	leastScope     float32 = 300
	mostScope      float32 = 460
	scopeRowHeight float32 = 76
)

func (s *Shell) openScope() {
	sheet := newScopeSheet(s)
	s.openSheet(sheet.layer, sheet.Show)
}

func newScopeSheet(s *Shell) *scopeSheet {
	sheet := &scopeSheet{
		s: s, said: newPlanNote("info", look.Primary), facts: newScopeFacts(), rows: map[string]scopeRow{},
		none: kit.NewText("").In(look.Muted).Wrapped(), blind: newLineList(1).Small(),
	}
	sheet.list = kit.NewRows(newScopeRow, func(id string, o fyne.CanvasObject) { showScopeRow(o.(*fyne.Container), sheet.rows[id]) })
	sheet.list.OnSelect = func(string) { sheet.choose() }
	sheet.list.OnActivate = func(string) { sheet.openWhole() }
	sheet.list.OnRune = sheet.letter
	sheet.accept = kit.NewPrimary("Accept with a reason…", sheet.askReason).Icon("step-done").Key("A")
	sheet.ticket = kit.NewButton("Make it a ticket…", sheet.askTicket).Key("T")
	sheet.whole = kit.NewButton("The whole file", sheet.openWhole).Key("O")
	sheet.declare = kit.NewButton("Declare the scope…", sheet.askScope).Key("D")
	sheet.form = s.scopeByHand()
	sheet.form.moved = s.layers.Refresh
	sheet.layer = &kit.Layer{
		ID: scopeLayer, Title: "Scope of the fix", Body: sheet.arrange(), First: sheet.list, Width: 1080, Place: kit.Top,
		Actions: []*kit.Button{sheet.accept, sheet.ticket, sheet.whole, sheet.declare}, Default: sheet.accept,
	}
	return sheet
}

func (t *scopeSheet) arrange() fyne.CanvasObject {
	t.both = kit.NewResponsive(760,
		kit.FullRow(look.Space4, kit.Fixed(380, t.list), kit.NewRuleDown(), kit.Grow(t.facts.content)),
		kit.Column(look.Space2, kit.Grow(t.list), kit.NewRule(), kit.Grow(t.facts.content)))
	t.room = atLeast(leastScope, t.both)
	t.grown = kit.Grow(t.room)
	return kit.Column(look.Space2, t.said.box, t.none, t.grown, t.form.content, t.blind.box)
}

// Show brings the sheet in line with a state.
func (t *scopeSheet) Show(st session.State) {
	t.form.Show(st)
	now := scopeShown{of: st.Incident.Revision(), delta: st.Delta, survey: st.SurveySays + st.Survey.Base, keys: st.Prefs.SingleKeys, some: t.shown.some, laid: true}
	if now == t.shown {
		return
	}
	t.list.SetSingleKeys(st.Prefs.SingleKeys)
	j, seen := scopeOf(st)
	now.some = len(j.Findings) > 0
	appeared := now.some && !t.shown.some
	t.shown = now
	t.fill(st, j)
	t.say(st, j, seen)
	t.s.layers.Refresh()
	if appeared && t.s.layers.IsOpen(scopeLayer) {
		t.list.Focus() // it was not there to take the focus when the sheet opened
	}
}

// scopeOf is the judgement to show: of the repository as it is now, else the one
// on record.
func scopeOf(st session.State) (j workflow.ScopeJudgement, seen bool) {
	if st.Delta != nil {
		return st.Scope, true
	}
	looked, ok := st.Incident.ScopeLooked()
	if !ok || looked.ByHand != "" || !workflow.SameCommit(looked.Tip, st.Incident.Fix.Change.Get().Commit) {
		return workflow.ScopeJudgement{}, false
	}
	return looked.ScopeJudgement, true
}

func (t *scopeSheet) fill(st session.State, j workflow.ScopeJudgement) {
	items := make([]kit.Item, len(j.Findings))
	chosen, was := t.list.Selected(), t.rows[t.list.Selected()]
	next := ""
	t.rows = map[string]scopeRow{}
	for i, f := range j.Findings {
		row := scopeRow{ScopeFinding: f}
		row.answer, row.settled = st.Incident.ScopeSettlement(f.ID)
		items[i] = kit.Item{ID: f.ID}
		t.rows[f.ID] = row
		if next == "" && row.waits() {
			next = f.ID
		}
	}
	t.list.SetItems(items)
	t.room.Layout.(*leastLayout).height = min(mostScope, max(leastScope, scopeRowHeight*float32(len(items))))
	for id := range t.rows {
		t.list.Update(id)
	}
	if now, still := t.rows[chosen]; !still || was.waits() && !now.waits() && next != "" {
		chosen = next // what was answered makes room for what was not
	}
	if chosen == "" && len(items) > 0 {
		chosen = items[0].ID
	}
	t.list.Select(chosen)
	t.choose()
}

// say tells what the list comes to, and what cannot be known.
func (t *scopeSheet) say(st session.State, j workflow.ScopeJudgement, seen bool) {
	some := len(j.Findings) > 0
	t.said.text.SetText(scopeSummary(st, j, seen))
	t.none.SetText(scopeNone(st, j, seen))
	show(t.said.box, seen)
	show(t.none, t.none.Text() != "")
	show(t.grown, some)
	show(t.form.content, !seen)
	t.layer.Default = t.accept
	if !seen {
		t.layer.Default = t.form.button
	}
	for _, b := range []*kit.Button{t.accept, t.ticket, t.whole} {
		show(b, some)
	}
	var lines []lineOf
	for i, text := range j.Unknown {
		if i == 0 {
			text = "What the guard cannot know: " + text
		}
		lines = append(lines, lineOf{icon: "info", role: look.Muted, text: text})
	}
	t.facts.blind.Set(lines)
	if some {
		lines = nil // they scroll with the finding
	}
	t.blind.Set(lines)
}

// scopeSummary is the judgement in a sentence or two.
func scopeSummary(st session.State, j workflow.ScopeJudgement, seen bool) string {
	if !seen {
		return ""
	}
	parts := []string{j.Size() + " on " + workflow.ShortCommit(j.Tip)}
	if name := st.Survey.BaseName; name != "" && st.Delta != nil {
		parts[0] += ", compared with " + name
	} else if j.Base != "" {
		parts[0] += ", compared with " + workflow.ShortCommit(j.Base)
	}
	parts[0] += "."
	open, settled := len(st.Incident.ScopeOpen(j)), 0
	for _, f := range j.Findings {
		if _, ok := st.Incident.ScopeSettlement(f.ID); ok {
			settled++
		}
	}
	switch {
	case open > 0:
		parts = append(parts, plural(open, "finding waits for an answer.", "findings wait for an answer."))
	case settled > 0:
		parts = append(parts, "Everything is settled.")
	}
	if fix := st.Incident.Fix.Change.Get().Commit; fix != "" && !workflow.SameCommit(fix, j.Tip) {
		parts = append(parts, fmt.Sprintf("The fix on record is another commit, %s: record it anew, and this counts for it.", workflow.ShortCommit(fix)))
	}
	return strings.Join(parts, " ")
}

// scopeNone is what stands where the list would.
func scopeNone(st session.State, j workflow.ScopeJudgement, seen bool) string {
	looked, _ := st.Incident.ScopeLooked()
	switch {
	case seen && len(j.Findings) > 0:
		return ""
	case seen && j.Files == 0:
		return "Nothing is changed yet. As soon as the branch has a change, it is looked at here."
	case seen:
		return "Nothing in it looks like more than the fix."
	case st.SurveySays != "":
		return st.SurveySays
	case st.Survey.Root != "" && st.Survey.Base == "":
		return "It is not known where the hotfix began, so there is nothing to compare it with. Declare the scope: the commit, tag or branch that it began at."
	case st.Chosen != "":
		return "Looking at the repository…"
	case looked.ByHand != "":
		return "Looked at by hand, by " + orElse(looked.By, "somebody") + ": " + looked.ByHand
	default:
		return "No repository is chosen for this incident, so the guard cannot read the change. Choose one in Settings, or look at the diff yourself and say what you saw."
	}
}

func (t *scopeSheet) chosen() (scopeRow, bool) {
	row, ok := t.rows[t.list.Selected()]
	return row, ok
}

func (t *scopeSheet) choose() {
	row, ok := t.chosen()
	t.facts.Show(row, ok)
	off := ""
	if _, in := t.file(row.Path); !in {
		off = "The finding is about no single file that is in the change"
	}
	t.whole.SetOff(off)
	off = ""
	if row.Mild {
		off = "A remark needs no answer"
	}
	t.accept.SetOff(off)
}

// file finds a changed file.
func (t *scopeSheet) file(path string) (workflow.FileDelta, bool) {
	if d := t.s.state.Delta; d != nil && path != "" {
		for _, f := range d.Files {
			if f.Path == path {
				return f, true
			}
		}
	}
	return workflow.FileDelta{}, false
}

func (t *scopeSheet) letter(_ string, letter rune) bool {
	switch letter {
	case 'a', 'A':
		t.accept.Press()
	case 't', 'T':
		t.ticket.Press()
	case 'o', 'O':
		t.whole.Press()
	case 'd', 'D':
		t.declare.Press()
	default:
		return false
	}
	return true
}
