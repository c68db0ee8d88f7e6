package editor

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// at makes a buffer of a text in which | is the caret, and [ the other end of
// the selection.
func at(text string) *buffer {
	caret := strings.Index(strings.ReplaceAll(text, "‹", ""), "|")
	anchor := strings.Index(strings.ReplaceAll(text, "|", ""), "‹")
	b := newBuffer(strings.NewReplacer("|", "", "‹", "").Replace(text))
	b.anchor, b.caret = caret, caret
	if anchor >= 0 {
		b.anchor = anchor
	}
	return b
}

func with(b *buffer) string { return b.text()[:b.caret] + "|" + b.text()[b.caret:] }

func TestEnterGoesOnWithAList(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ before, after string }{
		"a plain line":             {"one|", "one\n|"},
		"in the middle":            {"on|e", "on\n|e"},
		"a bullet":                 {"- one|", "- one\n- |"},
		"a star":                   {"* one|\nx", "* one\n* |\nx"},
		"in the middle of an item": {"- on|e", "- on\n- |e"},
		"before the mark":          {"|- one", "\n|- one"},
		"inside of the mark":       {"-| one", "-\n| one"},
		"a number counts on":       {"9. nine|", "9. nine\n10. |"},
		"with a bracket":           {"1) one|", "1) one\n2) |"},
		"a box is empty":           {"- [x] done|", "- [x] done\n- [ ] |"},
		"indented":                 {"- a\n  - b|", "- a\n  - b\n  - |"},
		"an empty item ends":       {"- one\n- |", "- one\n|"},
		"an empty number ends":     {"1. one\n2. |\nx", "1. one\n|\nx"},
		"an empty box ends":        {"- [ ] a\n- [ ] |", "- [ ] a\n|"},
		"no list in a fence":       {"```\n- a|", "```\n- a\n|"},
		"a rule is no list":        {"---|", "---\n|"},
		"a decimal is no list":     {"3.14|", "3.14\n|"},
		"a selection goes":         {"- o‹n|e", "- o\n- |e"},
		"Windows stays Windows":    {"a\r\n- b|", "a\r\n- b\r\n- |"},
		"also on the first line":   {"a|\r\nb\r\n", "a\r\n|\r\nb\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := at(c.before)
			text := b.text()
			b.enter()
			assert.Equal(t, c.after, with(b))
			assert.True(t, b.undo())
			assert.Equal(t, text, b.text(), "one undo takes it back")
		})
	}
}

func TestLinesAreIndentedByTheWidthOfTheirMark(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before string
		in     bool
		after  string
	}{
		"a bullet":           {"- a\n- b|", true, "- a\n  - b|"},
		"a number":           {"1. a\n2. b|", true, "1. a\n   2. b|"},
		"and back":           {"- a\n  - b|", false, "- a\n- b|"},
		"as far as there is": {" a|", false, "a|"},
		"a tab":              {"\ta|", false, "a|"},
		"several lines":      {"‹- a\n- b|\n- c", true, "  - a\n  - b|\n- c"},
		"not the next line":  {"‹- a\n|- b", true, "  - a\n|- b"},
		"an empty line":      {"|", true, "|"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := at(c.before)
			text := b.text()
			b.shift(c.in)
			assert.Equal(t, c.after, with(b))
			if b.text() != text {
				assert.True(t, b.undo())
				assert.Equal(t, text, b.text(), "one undo takes all lines back")
			}
		})
	}
}

func TestOneUndoTakesOneWord(t *testing.T) {
	t.Parallel()
	b := newBuffer("")
	for _, r := range "It was DNS" {
		b.insert(string(r), typed)
	}
	b.insert(" pasted words here", whole)
	for _, want := range []string{"It was DNS", "It was ", "It ", ""} {
		assert.True(t, b.undo())
		assert.Equal(t, want, b.text())
	}
	assert.False(t, b.undo())
	for b.redo() {
	}
	assert.Equal(t, "It was DNS pasted words here", b.text())
	for range 7 {
		b.backspace()
	}
	b.undo()
	assert.Equal(t, "It was DNS pasted words ", b.text(), "what was erased comes back word by word")
	b.undo()
	assert.Equal(t, "It was DNS pasted words here", b.text())
}

func TestWordsAreWalked(t *testing.T) {
	t.Parallel()
	b := newBuffer("one, two_2\n\n  drei")
	var places []int
	for b.caret < b.doc.size() {
		b.place(b.wordRight(), false)
		places = append(places, b.caret)
	}
	assert.Equal(t, []int{3, 10, 18}, places)
	places = nil
	for b.caret > 0 {
		b.place(b.wordLeft(), false)
		places = append(places, b.caret)
	}
	assert.Equal(t, []int{14, 5, 0}, places)
	from, to := b.wordAround(7)
	assert.Equal(t, "two_2", b.text()[from:to])
	from, to = b.wordAround(18)
	assert.Equal(t, "drei", b.text()[from:to], "at the end of the text the word before")
}
