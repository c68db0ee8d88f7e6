//go:build !nogui

package app

import (
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/data"
)

func aMissing(newest bool) *data.Missing {
	m := &data.Missing{Path: "/home/jane/.local/share/firebreak/firebreak.db", Traces: []string{"a note that it held 450 changes", "3 backups"}}
	if newest {
		m.Newest = &data.Copy{At: time.Date(2026, 2, 3, 14, 46, 0, 0, time.UTC), Events: 450, Incidents: 3}
	}
	return m
}

func TestTheQuestionIsAnsweredFromTheKeyboard(t *testing.T) {
	test.NewTempApp(t)
	var answers []string
	say := func(what string) func() { return func() { answers = append(answers, what) } }
	q := newQuestion(aMissing(true), say("restore"), say("empty"), say("quit"))
	w := test.NewTempWindow(t, q.page)
	w.Resize(fyne.NewSize(680, 520))
	kit.Focus(q.first)
	for range 3 {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		w.Canvas().(interface{ FocusNext() }).FocusNext()
	}
	assert.Equal(t, []string{"restore", "empty", "quit"}, answers)

	q.busy("It is being restored")
	q.restore.Press()
	assert.Len(t, answers, 3, "one answer at a time")
	q.failed(errors.New("The disk is full."))
	assert.True(t, q.trouble.Visible())
	q.restore.Press()
	assert.Len(t, answers, 4, "it can be tried again")
}

func TestWithoutABackupTheQuestionBeginsWithQuit(t *testing.T) {
	test.NewTempApp(t)
	q := newQuestion(aMissing(false), nil, nil, nil)
	assert.Same(t, q.quit, q.first)
}

// TestQuestionPictures draws the question into the directory that
// FIREBREAK_PICTURES names, to be looked at; nothing is compared.
func TestQuestionPictures(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the question")
	}
	for _, mode := range []look.Mode{look.Dark, look.Light} {
		app := test.NewTempApp(t)
		app.Settings().SetTheme(look.New(mode, 1))
		w := test.NewTempWindow(t, newQuestion(aMissing(true), nil, nil, nil).page)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(680, 520))
		file, err := os.Create(filepath.Join(dir, "question-"+string(mode)+".png"))
		require.NoError(t, err)
		require.NoError(t, png.Encode(file, w.Canvas().Capture()))
		require.NoError(t, file.Close())
	}
}
