package kit_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
)

func paste(field *kit.Field, text string) {
	clipboard := test.NewClipboard()
	clipboard.SetContent(text)
	field.Target().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
}

func TestTypingTellsTheFirstKeyOnceAndEveryChange(t *testing.T) {
	first, changes := 0, []string{}
	field := kit.NewField("Note")
	field.OnFirstKey = func() { first++ }
	field.OnChanged = func(text string) { changes = append(changes, text) }
	window(t, kit.Column(0, field), 400, 200)

	test.Type(field.Target(), "abc")

	assert.Equal(t, 1, first)
	assert.Equal(t, []string{"a", "ab", "abc"}, changes)
}

func TestEnterSubmitsOneLineAndBreaksALongField(t *testing.T) {
	var sent []string
	short, long := kit.NewField("Note"), kit.NewLongField("Symptoms", 2, 4)
	short.OnSubmit = func(text string) { sent = append(sent, text) }
	long.OnSubmit = func(text string) { sent = append(sent, text) }
	w, _ := window(t, kit.Column(0, short, long), 400, 300)

	w.Canvas().Focus(short.Target())
	test.Type(short.Target(), "hello")
	press(w, fyne.KeyReturn)
	w.Canvas().Focus(long.Target())
	test.Type(long.Target(), "one")
	press(w, fyne.KeyReturn)
	test.Type(long.Target(), "two")
	long.Target().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})

	assert.Equal(t, []string{"hello", "one\ntwo"}, sent)
	assert.Equal(t, "hello", short.Text(), "a text leaves its field only when somebody takes it out")
}

func TestAHugePasteReturnsAtOnceAndGoesNowhereNearTheEntry(t *testing.T) {
	huge := strings.Repeat("line of a log\n", 75000)
	var got string
	field := kit.NewLongField("Note", 2, 6)
	field.OnBigPaste = func(text string) { got = text }
	window(t, kit.Column(0, field), 400, 300)

	began := time.Now()
	paste(field, huge)

	assert.Less(t, time.Since(began), time.Second)
	assert.Equal(t, huge, got)
	assert.Empty(t, field.Text())
}

func TestAHugePasteWithoutATakerSaysWhatHappened(t *testing.T) {
	field := kit.NewField("Note")
	window(t, kit.Column(0, field), 400, 300)
	test.Type(field.Target(), "kept")

	paste(field, strings.Repeat("x", 40*1024))

	assert.Equal(t, "kept", field.Text())
	assert.Contains(t, field.Error(), "Not pasted: 40 KB")
}

func TestPastesAreCleanedOfControlCharacters(t *testing.T) {
	field := kit.NewLongField("Note", 2, 6)
	window(t, kit.Column(0, field), 400, 300)

	paste(field, "a\x00b\r\nc\rd\x1b[31m\xff")

	assert.Equal(t, "ab\nc\nd[31m\uFFFD", field.Text())
}

func TestAFullFieldTakesNoMoreButLosesNothing(t *testing.T) {
	field := kit.NewField("Note")
	window(t, kit.Column(0, field), 400, 300)
	full := strings.Repeat("x", kit.PasteLimit)
	field.SetText(full)

	test.Type(field.Target(), "y")

	assert.Equal(t, full, field.Text())
	assert.Contains(t, field.Error(), "full")
}

func TestATextThatIsTooLongToEditIsKeptWhole(t *testing.T) {
	changes := 0
	field := kit.NewLongField("Note", 2, 6)
	field.OnChanged = func(string) { changes++ }
	window(t, kit.Column(0, field), 400, 300)
	long := strings.Repeat("ä", kit.PasteLimit)

	field.SetText(long)
	test.Type(field.Target(), "z")

	assert.Equal(t, long, field.Text())
	assert.Zero(t, changes, "what is shown of it is not its text")
	field.SetText("short")
	test.Type(field.Target(), "!")
	assert.Contains(t, field.Text(), "short")
	assert.Contains(t, field.Text(), "!")
}

func TestUndoInAFieldSaysWhetherThereWasAnything(t *testing.T) {
	field := kit.NewField("Note")
	window(t, kit.Column(0, field), 400, 300)
	test.Type(field.Target(), "abc")
	undo, ok := field.Target().(kit.TextUndoer)
	require.True(t, ok)

	assert.True(t, undo.UndoText())
	assert.Empty(t, field.Text())
	assert.False(t, undo.UndoText())
	assert.True(t, undo.RedoText())
	assert.Equal(t, "abc", field.Text())
}

func TestEscapeIsTheFieldsFirstAndTheWindowsThen(t *testing.T) {
	used, passed := 0, 0
	field := kit.NewField("Note")
	w, _ := window(t, kit.Column(0, field), 400, 300)
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { passed++ })
	w.Canvas().Focus(field.Target())

	press(w, fyne.KeyEscape)
	field.OnEscape = func() bool { used++; return true }
	press(w, fyne.KeyEscape)

	assert.Equal(t, 1, passed)
	assert.Equal(t, 1, used)
}

func TestTabLeavesALongField(t *testing.T) {
	field := kit.NewLongField("Note", 2, 4)
	window(t, kit.Column(0, field), 400, 300)
	assert.False(t, field.Target().(fyne.Tabbable).AcceptsTab())
}

func TestALongFieldGrowsWithItsTextAndStopsAtItsMost(t *testing.T) {
	field := kit.NewLongField("Note", 2, 5)
	window(t, kit.Column(0, field), 400, 400)
	least := field.MinSize().Height

	field.SetText("1\n2\n3\n4")
	grown := field.MinSize().Height
	field.SetText(strings.Repeat("line\n", 40))
	most := field.MinSize().Height
	field.SetText("")

	assert.Greater(t, grown, least)
	assert.Greater(t, most, grown)
	assert.Less(t, most, least*3)
	assert.Equal(t, least, field.MinSize().Height)
}

func TestTheCursorGoesBehindTheLastLetterOfAWrappedText(t *testing.T) {
	field := kit.NewLongField("Text", 2, 6)
	w, _ := window(t, kit.Column(0, field), 240, 300)
	field.SetText(strings.Repeat("a line that is wrapped ", 4) + "end")

	field.Focus()
	field.CursorToEnd()
	w.Canvas().Focused().TypedRune('!')

	assert.True(t, strings.HasSuffix(field.Text(), " end!"), field.Text())
}
