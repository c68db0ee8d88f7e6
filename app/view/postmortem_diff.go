package view

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// diffBlock is a run of lines of one kind. A row of the list is a block, so
// that a long diff stays light and reads as a page.
type diffBlock struct {
	kind  byte // '+', '-', ' ', or '@' for where in the file it is
	lines []string
}

const (
	blockLines = 24  // of a block, so that only what is in sight is drawn
	lineRunes  = 600 // of a line; the rest is counted
)

// diffBlocks cuts a unified diff. The lines that name the file are left out; of
// several files each is named once.
func diffBlocks(diff string) []diffBlock {
	var out []diffBlock
	inside, several := false, strings.Count(diff, "\n"+gitHeader) > 0
	for line := range strings.Lines(diff) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, gitHeader) {
			if inside = false; several {
				out = append(out, diffBlock{kind: '@', lines: []string{shortLine(fileOfHeader(line))}})
			}
			continue
		}
		if !inside && (strings.HasPrefix(line, "Binary files ") || strings.HasPrefix(line, "New file with ")) {
			out = append(out, diffBlock{kind: '@', lines: []string{shortLine(line)}})
			continue
		}
		if !inside && !strings.HasPrefix(line, "@@") {
			continue
		}
		inside = true
		kind := byte(' ')
		if line != "" {
			kind = line[0]
		}
		switch kind {
		case '+', '-', ' ':
		case '@':
			line = "Line " + hunkLine(line)
		default: // "\ No newline at end of file"
			kind = '@'
		}
		if n := len(out); n > 0 && out[n-1].kind == kind && kind != '@' && len(out[n-1].lines) < blockLines {
			out[n-1].lines = append(out[n-1].lines, shortLine(line))
			continue
		}
		out = append(out, diffBlock{kind: kind, lines: []string{shortLine(line)}})
	}
	return out
}

// gitHeader begins what a diff says of a file. No line of a file begins so: each
// has a sign in front.
const gitHeader = "diff --git "

// fileOfHeader is the file that a header names: "diff --git a/x b/x" is x.
func fileOfHeader(line string) string {
	both := strings.TrimPrefix(line, gitHeader)
	if half := len(both) / 2; len(both)%2 == 1 && len(both) > 5 && both[half] == ' ' {
		return strings.Trim(strings.TrimPrefix(strings.Trim(both[half+1:], `"`), "b/"), `"`)
	}
	return both
}

// hunkLine is where in the new file a hunk begins: "@@ -1,3 +12,4 @@" is 12.
func hunkLine(hunk string) string {
	_, after, found := strings.Cut(hunk, "+")
	if !found {
		return strings.Trim(hunk, "@ ")
	}
	end := strings.IndexAny(after, ", ")
	if end < 0 {
		return after
	}
	return after[:end]
}

// shortLine keeps one endless line from costing seconds.
func shortLine(line string) string {
	if len(line) <= lineRunes {
		return line
	}
	cut := lineRunes
	for cut > 0 && !utf8.RuneStart(line[cut]) {
		cut--
	}
	return fmt.Sprintf("%s… (%d more bytes)", line[:cut], len(line)-cut)
}

// diffView shows a diff: what comes in by + and green, what goes by - and red.
type diffView struct {
	rows   *kit.Rows
	blocks []diffBlock
	diff   string
	escape func()
}

// colours are those of a block's ground and of its words.
func (b diffBlock) colours() (ground, words fyne.ThemeColorName) {
	switch b.kind {
	case '+':
		return look.SuccessFill, look.Text
	case '-':
		return look.ErrorFill, look.Text
	case '@':
		return look.Panel, look.Muted
	default:
		return look.Panel, look.Text
	}
}

func newDiffView() *diffView {
	v := &diffView{escape: func() {}}
	v.rows = kit.NewRows(func() fyne.CanvasObject {
		return kit.NewGround(look.Panel, kit.Inset(look.Space3, look.Space1, kit.NewMono("").Wrapped()))
	}, v.draw)
	v.rows.OnKey = func(_ string, key fyne.KeyName) bool {
		if key != fyne.KeyEscape {
			return false
		}
		v.escape()
		return true
	}
	return v
}

func (v *diffView) draw(id string, row fyne.CanvasObject) {
	ground := row.(*kit.Ground)
	text := ground.Children()[0].(*fyne.Container).Objects[0].(*kit.Text)
	var at int
	if _, err := fmt.Sscan(id, &at); err != nil || at < 0 || at >= len(v.blocks) {
		return
	}
	b := v.blocks[at]
	fill, role := b.colours()
	ground.SetRole(fill)
	text.SetRole(role)
	text.SetText(strings.Join(b.lines, "\n"))
}

// Show shows a diff from its beginning, if it is another one.
func (v *diffView) Show(diff string) {
	if diff == v.diff {
		return
	}
	v.diff = diff
	v.fill(diffBlocks(diff))
}

// ShowWhole shows a whole text, from its beginning.
func (v *diffView) ShowWhole(text string) {
	v.diff = ""
	var blocks []diffBlock
	for line := range strings.Lines(text) {
		line = shortLine(strings.TrimRight(line, "\r\n"))
		if n := len(blocks); n > 0 && len(blocks[n-1].lines) < blockLines {
			blocks[n-1].lines = append(blocks[n-1].lines, line)
			continue
		}
		blocks = append(blocks, diffBlock{kind: ' ', lines: []string{line}})
	}
	v.fill(blocks)
}

func (v *diffView) fill(blocks []diffBlock) {
	v.blocks = blocks
	items := make([]kit.Item, len(v.blocks))
	for i := range items {
		items[i] = kit.Item{ID: fmt.Sprint(i)}
	}
	v.rows.SetItems(items)
	v.rows.SetOffset(0)
}
