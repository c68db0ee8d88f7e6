package editor

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"firebreak/app/look"
)

// oneLine is the line that is typed in: alone, and in the middle of a megabyte.
const oneLine = "The login was refused for every user, and the *canary* did not notice because it was off that day."

func benchEditor() *Editor {
	app := test.NewApp()
	app.Settings().SetTheme(look.New(look.Dark, 1))
	e := New()
	window := test.NewWindow(e)
	window.Resize(fyne.NewSize(600, 400))
	e.Focus()
	return e
}

// BenchmarkKey is a letter typed into the middle, and taken back.
func BenchmarkKey(b *testing.B) {
	for name, text := range map[string]string{"line": oneLine, "MB": megabyte()} {
		b.Run(name, func(b *testing.B) {
			e := benchEditor()
			e.SetText(text)
			middle := strings.LastIndex(text[:len(text)/2+len(oneLine)/2], oneLine[:30]) + 40
			e.Select(middle, middle)
			for b.Loop() {
				e.TypedRune('x')
				e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
			}
		})
	}
}

// BenchmarkHard is a letter in texts that are hard to cut: one line, one word, one
// fence, nothing but line ends; and a fence that turns a megabyte into code.
func BenchmarkHard(b *testing.B) {
	for name, text := range map[string]string{
		"line": strings.Repeat("word ", 1<<20/5), "word": strings.Repeat("x", 1<<20), "fence": "```\n" + strings.Repeat("code\n\n", 1<<20/6), "blank": strings.Repeat("\n", 1<<20),
	} {
		b.Run(name, func(b *testing.B) {
			e := benchEditor()
			e.SetText(text)
			e.Select(len(text)/2, len(text)/2)
			for b.Loop() {
				e.TypedRune('x')
				e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
			}
		})
	}
	b.Run("opens a fence", func(b *testing.B) {
		e := benchEditor()
		e.SetText(megabyte())
		for b.Loop() {
			e.Insert("```\n")
			e.UndoText()
		}
	})
}

// BenchmarkEnter is a paragraph parted and joined again.
func BenchmarkEnter(b *testing.B) {
	e := benchEditor()
	e.SetText(megabyte())
	e.Select(1<<19, 1<<19)
	for b.Loop() {
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
}

// BenchmarkFirstShow is a megabyte set and shown.
func BenchmarkFirstShow(b *testing.B) {
	text := megabyte()
	e := benchEditor()
	for b.Loop() {
		e.SetText("")
		e.SetText(text)
	}
}

// BenchmarkPaste is a megabyte pasted into a megabyte, and taken back.
func BenchmarkPaste(b *testing.B) {
	text := megabyte()
	e := benchEditor()
	e.SetText(text)
	e.Select(1<<19, 1<<19)
	for b.Loop() {
		e.Insert(text)
		e.UndoText()
	}
}

// BenchmarkPage is one key of Page Down.
func BenchmarkPage(b *testing.B) {
	e := benchEditor()
	e.SetText(megabyte())
	for b.Loop() {
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
		if e.Caret() == e.Len() {
			e.Select(0, 0)
		}
	}
}
