package view

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
)

// within lists every object that is shown under one, itself included.
func within(o fyne.CanvasObject) []fyne.CanvasObject {
	if o == nil || !o.Visible() {
		return nil
	}
	out := []fyne.CanvasObject{o}
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case kit.Parent:
		children = o.Children()
	}
	for _, child := range children {
		out = append(out, within(child)...)
	}
	return out
}

// named finds the newest widget that is shown with a name: a button by its
// word, a field or a choice by its label.
func named[W fyne.CanvasObject](t *testing.T, root fyne.CanvasObject, name string) W {
	t.Helper()
	var found W
	seen := false
	for _, o := range within(root) {
		w, is := o.(W)
		if a, ok := o.(fyne.Accessible); is && ok && strings.HasPrefix(a.AccessibilityLabel()+":", name) {
			found, seen = w, true
		}
	}
	require.True(t, seen, "nothing shown is named %q among %q", name, kit.TextsIn(root))
	return found
}

// reads says whether a text stands somewhere under an object.
func reads(root fyne.CanvasObject, part string) bool {
	for _, text := range kit.TextsIn(root) {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// fill types into the field with a label.
func (d *shellDesk) fill(label, text string) {
	d.t.Helper()
	field := named[*kit.Field](d.t, d.window.Content(), label+":")
	d.window.Canvas().Focus(field.Target())
	d.write(text)
}

// push presses the button with a word.
func (d *shellDesk) push(word string) {
	d.t.Helper()
	named[*kit.Button](d.t, d.window.Content(), word).Press()
	d.pump()
}

// sees says whether the window reads a text.
func (d *shellDesk) sees(part string) bool { return reads(d.window.Content(), part) }
