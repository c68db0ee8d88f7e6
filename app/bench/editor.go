package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"firebreak/app/kit/editor"
	"firebreak/app/look"
)

// editorKeys is how many keys make one measurement, and editorTurns how many
// measurements are made of each.
const (
	editorKeys  = 400
	editorTurns = 15
)

// measureEditor holds a section of a megabyte against one of a line.
func measureEditor(bench) ([]number, error) {
	if _, err := spent(); err != nil {
		return nil, err
	}
	app := test.NewApp()
	defer app.Quit()
	app.Settings().SetTheme(look.New(look.Dark, 1))
	long := megabyteText()
	line, err := newTyped(oneLine)
	if err != nil {
		return nil, err
	}
	mega, err := newTyped(long)
	if err != nil {
		return nil, err
	}
	var keys, shows, pastes []float64
	for range editorTurns {
		short, err := line.keys()
		if err != nil {
			return nil, err
		}
		deep, err := mega.keys()
		if err != nil {
			return nil, err
		}
		keys = append(keys, float64(deep)/float64(short))
		if shows, err = inFrames(shows, func() { line.field.SetText(long) }, func() { line.field.SetText(oneLine) }); err != nil {
			return nil, err
		}
		line.middle()
		if pastes, err = inFrames(pastes, func() { mega.field.Insert(long) }, func() { mega.field.UndoText() }); err != nil {
			return nil, err
		}
		mega.middle()
	}
	if mega.field.Text() != long {
		return nil, errors.New("the text is another after the keys were taken back")
	}
	return []number{
		{what: "key in the middle of 1 MB / in one line", ratios: keys, target: 2, how: fmt.Sprintf("processor time of %d letters and as many Backspaces in the editor, laid out, without drawing; the two by turns", editorKeys)},
		{what: "first show of 1 MB / a frame", ratios: shows, target: 2, how: fmt.Sprintf("%.1f ms of processor time over one frame of 16 ms", median(shows)*16)},
		{what: "paste of 1 MB into 1 MB / a frame", ratios: pastes, target: 2, how: fmt.Sprintf("%.1f ms of processor time over one frame of 16 ms", median(pastes)*16)},
	}, nil
}

// typed is an editor in a window of its own, with the caret in the middle.
type typed struct{ field *editor.Editor }

func newTyped(text string) (typed, error) {
	t := typed{editor.New()}
	window := test.NewWindow(t.field)
	window.Resize(fyne.NewSize(600, 500))
	t.field.SetText(text)
	if !t.field.Focus() {
		return t, errors.New("the editor did not get the focus")
	}
	t.middle()
	return t, nil
}

// middle puts the caret into the line that is nearest to the middle.
func (t typed) middle() {
	text := t.field.Text()
	at := strings.LastIndex(text[:min(len(text)/2+len(oneLine), len(text))], oneLine) + len(oneLine)/2
	t.field.Select(at, at)
}

// keys types letters and takes them back; it answers the time of the processor.
func (t typed) keys() (time.Duration, error) {
	return took(func() {
		for range editorKeys {
			t.field.TypedRune('x')
			t.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
		}
	})
}

// took is the processor time that something takes.
func took(do func()) (time.Duration, error) {
	before, err := spent()
	if err != nil {
		return 0, err
	}
	do()
	after, err := spent()
	return max(after-before, time.Microsecond), err
}

// inFrames adds what something takes, in frames; undo is not measured.
func inFrames(all []float64, do, undo func()) ([]float64, error) {
	cost, err := took(do)
	undo()
	return append(all, float64(cost)/float64(frame)), err
}

// oneLine is the line that is typed in: alone, and in the middle of a megabyte.
const oneLine = "The login was refused for every user, and the canary did not notice because it was off."

// megabyteText is a document of a megabyte: paragraphs, lists and code.
func megabyteText() string {
	part := "## What happened\n\n" + oneLine + "\n\n- the pods were restarted\n- nothing changed\n\n```go\nfunc main() {\n\n\tprintln(1)\n}\n```\n\n"
	return strings.Repeat(part, (1<<20)/len(part)+1)
}
