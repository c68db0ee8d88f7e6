package kit_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
)

func TestAnOutputIsReadAsATerminalWould(t *testing.T) {
	for text, want := range map[string]string{
		"\x1b[32m✓ ok\x1b[0m\n\x1b]0;title\x07done":         "✓ ok\ndone",
		"10%\r50%\r100%\nnext\r\n":                          "100%\nnext",
		"\x1b]8;;https://x\x1b\\link\x1b]8;;\x1b\\ \x1b(Bz": "link z",
		"a\tb\n1234567\tc":                                  "a       b\n1234567 c",
		"typo\b\b\b\b\b\bgood \x00\x07":                     "good ",
		"\xff.\xc3":                                         "\uFFFD.\uFFFD",
		"\x1b[1;3\nline":                                    "\nline",
		"safe\u202egnirts":                                  "safe\uFFFDgnirts",
		strings.Repeat("x", 3000):                           strings.Repeat("x", 2001) + "…",
	} {
		o := kit.NewOutput("Nothing yet.")
		o.Print(text, int64(len(text)))
		assert.Equal(t, want, o.Text(), "%q", text)

		piecewise := kit.NewOutput("")
		for i := range len(text) {
			piecewise.Print(text[:i+1], int64(i+1))
		}
		assert.Equal(t, want, piecewise.Text(), "in pieces: %q", text)
	}
}

func TestAnOutputStaysAtItsEndUntilSomebodyReads(t *testing.T) {
	o := kit.NewOutput("Nothing yet.")
	w, _ := window(t, o, 400, 300)
	var all strings.Builder
	more := func(lines int) {
		for range lines {
			fmt.Fprintf(&all, "line %d\n", strings.Count(all.String(), "\n"))
		}
		o.Print(all.String(), int64(all.Len()))
	}
	more(100)
	assert.True(t, o.AtEnd())
	w.Canvas().Focus(o)
	press(w, fyne.KeyPageUp)
	assert.False(t, o.AtEnd())
	more(10)
	assert.False(t, o.AtEnd(), "who reads is left there")
	press(w, fyne.KeyEnd)
	more(10)
	assert.True(t, o.AtEnd())
	press(w, fyne.KeyHome, fyne.KeyDown, fyne.KeyUp)
	assert.False(t, o.AtEnd())

	more(5000)
	assert.Equal(t, 2000, strings.Count(o.Text(), "\n")+1, "it is bounded")
	assert.True(t, strings.HasSuffix(o.Text(), "line 5119"))

	copied := ""
	o.OnCopy = func(text string) { copied = text }
	o.TypedShortcut(&fyne.ShortcutCopy{})
	assert.Equal(t, o.Text(), copied)

	o.Print("again\n", 6)
	assert.Equal(t, "again", o.Text(), "another program begins from nothing")
	o.Print("torn line\nwhole\n", 1<<30)
	assert.Equal(t, "whole", o.Text())
	o.Clear()
	assert.Empty(t, o.Text())
}

func BenchmarkOutputGrows(b *testing.B) {
	o := kit.NewOutput("")
	o.Resize(fyne.NewSize(600, 400))
	text := strings.Repeat("ok  	shop/auth	0.231s\n", 3000)
	o.Print(text, int64(len(text)))
	total := int64(len(text))
	for b.Loop() {
		total += 240
		o.Print(text, total)
	}
	require.Positive(b, total)
}
