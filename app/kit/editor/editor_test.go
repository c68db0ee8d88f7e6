package editor

import (
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// staged shows an editor in a window and gives it the focus.
func staged(t testing.TB, text string) (*Editor, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Dark, 1))
	e := New().Placeholder("Write here, in markdown.")
	e.SetText(text)
	layers := kit.NewLayers(e)
	w := test.NewTempWindow(t, layers)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 300))
	layers.Install(w.Canvas())
	require.True(t, e.Focus())
	return e, w
}

func press(e *Editor, keys ...fyne.KeyName) {
	for _, key := range keys {
		e.TypedKey(&fyne.KeyEvent{Name: key})
	}
}

func shift(e *Editor, keys ...fyne.KeyName) {
	e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press(e, keys...)
	e.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

func ctrl(e *Editor, key fyne.KeyName) {
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault})
}

func write(e *Editor, text string) {
	for _, r := range text {
		e.TypedRune(r)
	}
}

// board is a clipboard.
type board struct{ text string }

func (b *board) Content() string        { return b.text }
func (b *board) SetContent(text string) { b.text = text }

func paste(e *Editor, text string) {
	e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: &board{text}})
}

func TestEnterTwiceBeginsABlockAndBackspaceJoinsIt(t *testing.T) {
	e, _ := staged(t, "")
	write(e, "one")
	press(e, fyne.KeyReturn, fyne.KeyReturn)
	write(e, "two")
	assert.Equal(t, []string{"one\n\n", "two"}, textsOf(e.buf.doc))
	press(e, fyne.KeyHome, fyne.KeyBackspace, fyne.KeyBackspace)
	assert.Equal(t, []string{"onetwo"}, textsOf(e.buf.doc))
	assert.Equal(t, 3, e.Caret())
	press(e, fyne.KeyReturn, fyne.KeyReturn, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyDelete, fyne.KeyDelete)
	assert.Equal(t, []string{"onetwo"}, textsOf(e.buf.doc))
	paste(e, "x\n\ny")
	assert.Equal(t, []string{"onex\n\n", "ytwo"}, textsOf(e.buf.doc))
}

func TestTheArrowsCarryTheCaretFromBlockToBlock(t *testing.T) {
	e, _ := staged(t, "mmm line\nmmmond\n\nmmmrd block\n")
	press(e, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight)
	press(e, fyne.KeyDown)
	assert.Equal(t, 9+3, e.Caret())
	press(e, fyne.KeyDown)
	assert.Equal(t, 16, e.Caret(), "the empty line")
	press(e, fyne.KeyDown)
	assert.Equal(t, 17+3, e.Caret(), "a short row on the way does not pull the caret to the left")
	press(e, fyne.KeyDown)
	assert.Equal(t, e.Len(), e.Caret(), "the row behind the last line end")
	press(e, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp)
	assert.Equal(t, 3, e.Caret())
	press(e, fyne.KeyUp)
	assert.Equal(t, 0, e.Caret())
	ctrl(e, fyne.KeyEnd)
	assert.Equal(t, e.Len(), e.Caret())
	press(e, fyne.KeyLeft, fyne.KeyHome, fyne.KeyLeft)
	assert.Equal(t, 16, e.Caret(), "Left at the beginning of a block goes to the end of the one before")
	ctrl(e, fyne.KeyHome)
	assert.Equal(t, 0, e.Caret())
}

func TestParagraphsAreWalked(t *testing.T) {
	if runtime.GOOS == "darwin" {
		t.Skip("on a Mac these keys go to the ends of the text")
	}
	e, _ := staged(t, "one\n\ntwo\n\nthree")
	ctrl(e, fyne.KeyDown)
	assert.Equal(t, 5, e.Caret())
	ctrl(e, fyne.KeyDown)
	ctrl(e, fyne.KeyDown)
	assert.Equal(t, e.Len(), e.Caret())
	ctrl(e, fyne.KeyUp)
	assert.Equal(t, 10, e.Caret())
	ctrl(e, fyne.KeyUp)
	ctrl(e, fyne.KeyUp)
	ctrl(e, fyne.KeyUp)
	assert.Equal(t, 0, e.Caret())
}

func TestHomeAndEndGoToTheEdgesOfARowThenOfTheLine(t *testing.T) {
	line := strings.TrimSpace(strings.Repeat("word ", 40))
	e, _ := staged(t, line+"\nnext")
	press(e, fyne.KeyDown, fyne.KeyEnd)
	row := e.rows(0)[1]
	assert.Equal(t, row.to, e.Caret())
	press(e, fyne.KeyHome)
	assert.Equal(t, row.from, e.Caret())
	press(e, fyne.KeyHome)
	assert.Equal(t, 0, e.Caret())
	press(e, fyne.KeyEnd, fyne.KeyEnd)
	assert.Equal(t, len(line), e.Caret())
}

func TestASelectionReachesOverBlocks(t *testing.T) {
	e, _ := staged(t, "one\n\ntwo\n\nthree")
	press(e, fyne.KeyRight)
	shift(e, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	assert.Equal(t, "ne\n\ntwo\n", e.Selected())
	var clip board
	e.TypedShortcut(&fyne.ShortcutCopy{Clipboard: &clip})
	assert.Equal(t, "ne\n\ntwo\n", clip.text)
	e.TypedShortcut(&fyne.ShortcutCut{Clipboard: &clip})
	assert.Equal(t, "o\nthree", e.Text())
	require.True(t, e.UndoText())
	assert.Equal(t, "ne\n\ntwo\n", e.Selected(), "undo brings the selection back too")
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	assert.Equal(t, e.Text(), e.Selected())
	write(e, "x")
	assert.Equal(t, "x", e.Text())
	press(e, fyne.KeyBackspace)
	assert.Empty(t, e.Text())
	e.UndoText()
	e.UndoText()
	assert.Equal(t, "one\n\ntwo\n\nthree", e.Text())
	press(e, fyne.KeyLeft)
	assert.Equal(t, 0, e.Caret(), "Left goes to the beginning of what was selected")
}

func TestAClickPutsTheCaretThere(t *testing.T) {
	e, w := staged(t, "one\n\ntwo three")
	w.Canvas().Unfocus()
	y := frameY + e.tops.at(1) + 4
	x := frameX + e.ink.width("two", body)
	e.surface.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Button: desktop.MouseButtonPrimary})
	assert.True(t, e.Focused())
	assert.Equal(t, 5+3, e.Caret())
	e.surface.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(frameX, frameY+2)}})
	assert.Equal(t, "one\n\ntwo", e.Selected(), "dragging selects over blocks")
	e.surface.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(x+20, y)})
	assert.Equal(t, "three", e.Selected())
	e.surface.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(2000, 2000)}, Button: desktop.MouseButtonPrimary})
	assert.Equal(t, e.Len(), e.Caret(), "below the text is its end")
}

func TestAMegabyteHasObjectsOnlyForWhatIsInSight(t *testing.T) {
	e, w := staged(t, "")
	paste(e, megabyte())
	assert.Equal(t, e.Len(), e.Caret())
	assert.Less(t, len(e.surface.objects), 80)
	ctrl(e, fyne.KeyHome)
	built := e.built
	write(e, "x")
	assert.LessOrEqual(t, e.built-built, 2, "a key sets one block, or two")
	assert.Equal(t, "x"+megabyte(), e.Text())
	for _, want := range []fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyPageUp} {
		press(e, want)
		assertCaretInSight(t, e)
	}
	for range 300 {
		press(e, fyne.KeyPageDown)
	}
	set := 0
	for _, b := range e.buf.doc.blocks {
		if b.set != nil {
			set++
		}
	}
	assert.LessOrEqual(t, set, e.last-e.first+2, "what went out of sight is put away")
	w.Resize(fyne.NewSize(300, 200))
	ctrl(e, fyne.KeyEnd)
	assertCaretInSight(t, e)
	w.Resize(fyne.NewSize(700, 400))
	press(e, fyne.KeyLeft)
	assertCaretInSight(t, e)
}

func assertCaretInSight(t testing.TB, e *Editor) {
	t.Helper()
	y := e.yOf(e.spotOf(e.buf.caret, e.behind)) + frameY
	assert.GreaterOrEqual(t, y, e.scroll.Offset.Y)
	assert.LessOrEqual(t, y+e.ink.pitch(), e.scroll.Offset.Y+e.scroll.Size().Height)
}

// megabyte is a document of a megabyte: paragraphs, lists, code and headings.
func megabyte() string {
	part := "## What happened\n\nThe login was refused for every user, and the *canary* did not notice because it was off that day.\n\n" +
		"- the pods were restarted\n- nothing changed\n  - not even the log\n\n```go\nfunc main() {\n\n\tprintln(1)\n}\n```\n\n"
	return strings.Repeat(part, (1<<20)/len(part)+1)
}

// TestTheWidgetIsAlwaysThePlainText plays keys on the widget and compares it
// with a string: also what is drawn is the text.
func TestTheWidgetIsAlwaysThePlainText(t *testing.T) {
	e, _ := staged(t, "")
	lots := rand.New(rand.NewPCG(7, 7))
	p := &plainText{}
	moves := []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyLeft, fyne.KeyRight}
	var edits []change
	e.OnEdit = func(at, removed int, inserted string) {
		edits = append(edits, change{at, strings.Repeat("?", removed), inserted})
	}
	follower := ""
	for n := range operations(t, 3_000) {
		switch lots.IntN(12) {
		case 0, 1, 2, 3, 4:
			r := []rune("abc  ,-#\té漢")[lots.IntN(11)]
			e.TypedRune(r)
			p.insert(string(r), typed)
		case 5:
			text := scraps[lots.IntN(len(scraps))]
			paste(e, text)
			p.insert(text, whole)
		case 6:
			press(e, fyne.KeyBackspace)
			p.erase(p.left(), erasedBack)
		case 7:
			press(e, fyne.KeyDelete)
			p.erase(p.caret+letter(p.text[p.caret:]), erasedAhead)
		case 8:
			e.UndoText()
			p.undo()
		default: // a move: where it goes is the screen's to say, the text stays
			e.move(moves[lots.IntN(len(moves))], lots.IntN(4) == 0)
			require.Equal(t, boundary(p.text, e.Caret()), e.Caret(), "between two letters")
			p.anchor, p.caret, p.open = e.buf.anchor, e.buf.caret, whole
		}
		for _, c := range edits {
			follower = follower[:c.at] + c.inserted + follower[c.at+len(c.removed):]
		}
		edits = nil
		require.Equal(t, p.text, e.Text(), "operation %d", n)
		require.Equal(t, p.caret, e.Caret(), "operation %d", n)
		require.Equal(t, p.text, follower, "who follows OnEdit has the same text")
		if n%20 == 0 {
			assertDrawn(t, e)
			assertCaretInSight(t, e)
		}
		if len(p.text) > 20_000 {
			e.SetText("")
			p, follower = &plainText{}, ""
		}
	}
}

// assertDrawn compares what is drawn of each block in sight with its text.
func assertDrawn(t testing.TB, e *Editor) {
	t.Helper()
	for i := e.first; i <= e.last; i++ {
		b := e.buf.doc.blocks[i]
		at := 0
		for n, r := range b.set.rows {
			require.Equal(t, at, r.from, "no byte between two rows")
			text := b.set.object.Objects[n].(*canvas.Text).Text
			require.Equal(t, shown(b.text[r.from:r.to]), text)
			require.Empty(t, strings.Trim(b.text[r.to:r.next], " \r\n"), "only space is not drawn")
			require.LessOrEqual(t, e.ink.width(strings.TrimRight(text, " "), r.face), e.width()+e.ink.size, "no row is wider than the page")
			at = r.next
		}
		require.Equal(t, len(b.text), at)
	}
}

func TestAReadOnlyTextIsReadAndCopied(t *testing.T) {
	e, _ := staged(t, "final words")
	e.SetReadOnly(true)
	write(e, "x")
	paste(e, "y")
	press(e, fyne.KeyReturn, fyne.KeyDelete)
	var clip board
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	e.TypedShortcut(&fyne.ShortcutCut{Clipboard: &clip})
	assert.Equal(t, "final words", clip.text)
	assert.False(t, e.UndoText())
	assert.Equal(t, "final words", e.Text())
}

func TestKeysWithoutAUseGoToTheWindow(t *testing.T) {
	e, w := staged(t, "")
	var got []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { got = append(got, k.Name) })
	press(e, fyne.KeyEscape, fyne.KeyF6, fyne.KeyTab)
	assert.Equal(t, []fyne.KeyName{fyne.KeyEscape, fyne.KeyF6}, got)
	assert.False(t, e.AcceptsTab(), "Tab leaves")
	saved := 0
	e.OnSubmit = func() { saved++ }
	ctrl(e, fyne.KeyReturn)
	assert.Equal(t, 1, saved)
	assert.False(t, e.custom(&desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierControl}), "the window's own")
}

func TestATextThatWasPutAsideComesBackAsItWas(t *testing.T) {
	e, _ := staged(t, "")
	write(e, "one two")
	press(e, fyne.KeyLeft)
	aside := e.Memory()
	e.SetText("another")
	assert.False(t, e.UndoText(), "a text that was set has no past")
	e.Restore(aside)
	assert.Equal(t, "one two", e.Text())
	assert.Equal(t, 6, e.Caret())
	require.True(t, e.UndoText())
	assert.Equal(t, "one ", e.Text())
}

func TestANoteStandsBelowItsLineAndIsNoText(t *testing.T) {
	e, _ := staged(t, "")
	e.Notes(func(line string) string {
		if strings.Contains(line, "{{") {
			return "47 minutes"
		}
		return ""
	})
	write(e, "a\n{{metric x}}\nb")
	rows := e.rows(0)
	require.Len(t, rows, 4)
	assert.Equal(t, "47 minutes", rows[2].note)
	press(e, fyne.KeyUp)
	assert.GreaterOrEqual(t, e.Caret(), 2, "the caret steps over the note")
	assert.Less(t, e.Caret(), 16)
	press(e, fyne.KeyEnd, fyne.KeyDown)
	assert.Equal(t, e.Len(), e.Caret())
	assert.Equal(t, "a\n{{metric x}}\nb", e.Text())
}

func TestWhatIsFoundIsUnderlinedAndFollowsTheText(t *testing.T) {
	e, _ := staged(t, "All was well.\n\nBob forgot it.")
	e.Finder(func(text string) (int, int, bool) {
		at := strings.Index(text, "Bob forgot")
		return at, at + 10, at >= 0
	})
	e.Research()
	from, to, ok := e.Found()
	require.True(t, ok)
	assert.Equal(t, "Bob forgot", e.Text()[from:to])
	assert.Equal(t, 3, e.Line(from))
	write(e, "New.\n\n")
	from, _, _ = e.Found()
	assert.Equal(t, 5, e.Line(from))
	from, to, _ = e.Found()
	e.Select(from, to)
	write(e, "The step had no reminder")
	_, _, ok = e.Found()
	assert.False(t, ok)
}

func TestInsertLineStandsOnItsOwn(t *testing.T) {
	for _, c := range []struct{ before, after string }{
		{"|", "LINE\n|"}, {"one|", "one\nLINE\n|"}, {"one\n|", "one\nLINE\n|"}, {"one|two", "one\nLINE\n|two"}, {"one\n|\ntwo", "one\nLINE|\ntwo"},
	} {
		e, _ := staged(t, strings.Replace(c.before, "|", "", 1))
		e.Select(strings.Index(c.before, "|"), strings.Index(c.before, "|"))
		e.InsertLine("LINE")
		assert.Equal(t, c.after, with(e.buf), c.before)
	}
}

func TestTheEditorLooksTheSame(t *testing.T) {
	for name, set := range map[string]func(*Editor){
		"empty": func(*Editor) {},
		"text": func(e *Editor) {
			e.SetText("# Head\n\nA line.\n\n```\ncode\n```\n")
			ctrl(e, fyne.KeyEnd)
		},
		"selected": func(e *Editor) { e.SetText("one\n\ntwo"); e.Select(1, 6) },
		"error":    func(e *Editor) { e.SetText("one"); e.SetError("The disk is full. Your text is still here.") },
		"final":    func(e *Editor) { e.SetText("one"); e.SetReadOnly(true) },
	} {
		e, w := staged(t, "")
		set(e)
		test.AssertRendersToMarkup(t, name+".xml", w.Canvas())
	}
}

func TestTheFirstFindingIsTheFirstWhateverIsTyped(t *testing.T) {
	e, _ := staged(t, "")
	e.Finder(func(text string) (int, int, bool) {
		at := strings.Index(text, "Bob")
		return at, at + 3, at >= 0
	})
	lots := rand.New(rand.NewPCG(5, 5))
	for range 3000 {
		e.Select(lots.IntN(e.Len()+1), lots.IntN(e.Len()+1))
		e.Insert([]string{"Bob", "a", "\n\n", "", "x\n\ny", "B", "ob"}[lots.IntN(7)])
		if lots.IntN(10) == 0 {
			e.UndoText()
		}
		first := -1
		for i, text := range textsOf(e.buf.doc) {
			if at := strings.Index(text, "Bob"); at >= 0 {
				first = e.buf.doc.start(i) + at
				break
			}
		}
		from, _, ok := e.Found()
		require.Equal(t, first >= 0, ok)
		if ok {
			require.Equal(t, first, from)
		}
		if e.Len() > 500 {
			e.SetText("")
		}
	}
}
