package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

func newScopeRow() fyne.CanvasObject {
	return kit.Inset(look.Space3, look.Space2, kit.TopRow(look.Space3,
		kit.NewIcon("warning").Edge(18),
		kit.Grow(kit.Column(2, kit.NewText("").Bold().Wrapped(), kit.NewCaption("").Cut(), kit.NewCaption("").Cut()))))
}

func showScopeRow(o *fyne.Container, r scopeRow) {
	line := o.Objects[0].(*fyne.Container)
	icon, role, fate := r.fate()
	line.Objects[0].(*kit.Icon).Set(icon, role)
	texts := line.Objects[1].(*fyne.Container).Objects[0].(*fyne.Container)
	texts.Objects[0].(*kit.Text).SetText(r.Says)
	where := texts.Objects[1].(*kit.Text)
	where.SetText(r.where())
	show(where, r.where() != "")
	last := texts.Objects[2].(*kit.Text)
	last.SetText(fate)
	last.SetRole(role)
}

// where is the place that a finding is about.
func (r scopeRow) where() string {
	switch {
	case r.Path != "":
		return workflow.ShownPath(r.Path)
	case r.Commit != "":
		return "Commit " + workflow.ShortCommit(r.Commit)
	default:
		return ""
	}
}

// fate is what becomes of a finding: by shape, word and colour.
func (r scopeRow) fate() (icon string, role fyne.ThemeColorName, words string) {
	switch {
	case r.settled && r.answer.Accepted():
		return "step-done", look.SuccessText, "Accepted by " + orElse(r.answer.By, "somebody")
	case r.settled:
		return "link", look.SuccessText, "Left for a ticket by " + orElse(r.answer.By, "somebody")
	case r.Mild:
		return "info", look.Muted, "A remark, needs no answer"
	default:
		return "warning", look.WarningText, "Waits for an answer"
	}
}

// scopeFacts are what is known of the chosen finding: why it matters, what was
// answered, and its lines.
type scopeFacts struct {
	content fyne.CanvasObject
	column  *fyne.Container
	what    *kit.Text
	where   *kit.Text
	why     *kit.Text
	answer  *kit.Text
	blocks  []*diffPiece
	lines   *fyne.Container // around the blocks
	blind   *lineList       // what cannot be known
}

// diffPiece is a run of lines of one kind. There are few of them beside a
// finding, so they are all there and scroll with the words around them.
type diffPiece struct {
	ground *kit.Ground
	text   *kit.Text
}

func newScopeFacts() *scopeFacts {
	f := &scopeFacts{
		what: kit.NewText("").Bold().Wrapped(), where: kit.NewMono("").In(look.Muted).Wrapped(), why: kit.NewText("").Wrapped(),
		answer: kit.NewText("").In(look.SuccessText).Wrapped(), lines: kit.Column(1), blind: newLineList(1).Small(),
	}
	for range piecesShown {
		text := kit.NewMono("").Wrapped()
		p := &diffPiece{text: text, ground: kit.NewGround(look.Panel, kit.Inset(look.Space3, look.Space1, text))}
		f.blocks = append(f.blocks, p)
		f.lines.Add(p.ground)
	}
	f.column = kit.Column(look.Space2, kit.Column(2, f.what, f.where), f.why, f.answer, f.lines, f.blind.box)
	f.content = kit.NewScroller(f.column)
	return f
}

// Show shows a finding; without one there is nothing to see.
func (f *scopeFacts) Show(r scopeRow, some bool) {
	show(f.content, some)
	f.what.SetText(r.Says)
	f.where.SetText(r.where())
	show(f.where, r.where() != "")
	f.why.SetText(r.Why)
	says := ""
	switch {
	case r.settled && r.answer.Accepted():
		says = "Accepted by " + orElse(r.answer.By, "somebody") + ": " + r.answer.Reason
	case r.settled:
		says = "Ticket: " + r.answer.Ticket
	}
	f.answer.SetText(says)
	show(f.answer, says != "")
	blocks := scopeBlocks(r.Lines, r.More)
	for i, p := range f.blocks {
		show(p.ground, i < len(blocks))
		if i < len(blocks) {
			fill, role := blocks[i].colours()
			p.ground.SetRole(fill)
			p.text.SetRole(role)
			p.text.SetText(strings.Join(blocks[i].lines, "\n"))
		}
	}
	show(f.lines, len(blocks) > 0)
	f.column.Refresh()
}

// piecesShown is room for each line of a finding, each with its place.
const piecesShown = 26

// scopeBlocks are the lines behind a finding as a diff: where a number does not
// follow the one before, the place is said.
func scopeBlocks(lines []workflow.ScopeLine, more int) []diffBlock {
	var out []diffBlock
	old, now := -1, -1
	for _, l := range lines {
		kind := byte(l.Change())
		if kind != '+' && kind != '-' {
			kind = ' '
		}
		if at := max(l.New, l.Old); at > 0 && (l.Old > 0 && l.Old != old || l.New > 0 && l.New != now && l.Old == 0 && kind == '+' && (len(out) == 0 || out[len(out)-1].kind != '-')) {
			out = append(out, diffBlock{kind: '@', lines: []string{fmt.Sprintf("Line %d", at)}})
		}
		if l.Old > 0 {
			old = l.Old + 1
		}
		if l.New > 0 {
			now = l.New + 1
		}
		out = addLine(out, kind, l.Line)
	}
	if more > 0 {
		out = append(out, diffBlock{kind: '@', lines: []string{"… " + plural(more, "more line", "more lines")}})
	}
	return out
}

func addLine(out []diffBlock, kind byte, line string) []diffBlock {
	line = shortLine(line)
	if n := len(out); n > 0 && out[n-1].kind == kind && len(out[n-1].lines) < blockLines {
		out[n-1].lines = append(out[n-1].lines, line)
		return out
	}
	return append(out, diffBlock{kind: kind, lines: []string{line}})
}

// openWhole shows everything that changed in the file of the chosen finding.
func (t *scopeSheet) openWhole() {
	row, _ := t.chosen()
	file, ok := t.file(row.Path)
	if !ok {
		return
	}
	view := newDiffView()
	var blocks []diffBlock
	for _, h := range file.Hunks {
		blocks = append(blocks, diffBlock{kind: '@', lines: []string{fmt.Sprintf("Line %d", max(h.NewFrom, 1))}})
		for _, l := range h.Lines {
			blocks = addLine(blocks, byte(l.Change), string(rune(l.Change))+l.Text)
		}
	}
	switch {
	case file.Binary:
		blocks = append(blocks, diffBlock{kind: '@', lines: []string{"A binary file: there are no lines to show."}})
	case file.Cut:
		blocks = append(blocks, diffBlock{kind: '@', lines: []string{"The rest was too long to be read."}})
	case len(blocks) == 0:
		blocks = append(blocks, diffBlock{kind: '@', lines: []string{"No line changed."}})
	}
	view.fill(blocks)
	view.escape = func() { t.s.CloseLayer("scope-file") }
	back := kit.NewPrimary("Back to the findings", func() { t.s.CloseLayer("scope-file") })
	t.s.openSheet(&kit.Layer{
		ID: "scope-file", Title: workflow.ShownPath(file.Path), Width: 1080, First: view.rows, Default: back, Actions: []*kit.Button{back}, Place: kit.Top,
		Body: kit.Column(look.Space2, kit.NewText(fmt.Sprintf("%d added, %d removed", file.Added, file.Removed)).In(look.Muted), kit.Grow(atLeast(380, view.rows))),
	}, nil)
}
