package view

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/session"
	"firebreak/workflow"
)

// importScene is a named state of the import's sheet.
type importScene struct {
	minutes int
	read    func(session.Paper, workflow.ReadAs) workflow.Reading
	do      func(*shellDesk)
}

func importScenes() map[string]importScene {
	nothing := func(paper session.Paper, _ workflow.ReadAs) workflow.Reading {
		return workflow.Reading{
			Source: paper.Name, Form: workflow.MarkdownForm, Notes: []string{"No line begins with a time."},
			Rest: []workflow.Unread{{Line: 1, Text: "It was a long night and nobody wrote anything down.", Why: "no time"}},
		}
	}
	return map[string]importScene{
		"choose": {12, nil, func(d *shellDesk) { d.run("data.import") }},
		"wrong":  {12, nil, func(d *shellDesk) { d.readsIn("%PDF-1.7") }},
		"open":   {12, nil, func(d *shellDesk) { d.readsIn("x") }},
		"end": {12, nil, func(d *shellDesk) {
			d.readsIn("x")
			d.press(fyne.KeyEnd, fyne.KeySpace, fyne.KeyUp, fyne.KeyUp)
		}},
		"choices": {-1, nil, func(d *shellDesk) {
			d.readsIn("x")
			if d.sees("Times and place…") {
				d.push("Times and place…")
			}
		}},
		"past":    {-1, nil, func(d *shellDesk) { d.readsIn("x") }},
		"nothing": {12, nothing, func(d *shellDesk) { d.readsIn("x") }},
		"long":    {12, longChat(20_000), func(d *shellDesk) { d.readsIn("x") }},
		"again": {12, nil, func(d *shellDesk) {
			d.readsIn("x")
			d.run("incident.main")
			d.readsIn("x")
			if d.sees("Times and place…") {
				d.push("Times and place…")
			}
			d.fill("Zone of bare times", "soon")
			d.press(fyne.KeyReturn)
		}},
		"first": {-1, nil, func(d *shellDesk) {}},
	}
}

// TestImportPictures draws the import's sheet into the directory that
// FIREBREAK_PICTURES names, to be looked at; nothing is compared.
func TestImportPictures(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the sheet")
	}
	for name, scene := range importScenes() {
		if only := os.Getenv("FIREBREAK_SCENE"); only != "" && only != name {
			continue
		}
		for _, p := range append(pictures(), picture{"wide-contrast", "contrast", 1, fyne.NewSize(1280, 800)}) {
			d := importDesk(t, time.Duration(scene.minutes), p.size.Width, p.size.Height, scene.read)
			prefs := d.shell.State().Prefs
			prefs.Theme, prefs.Scale = p.theme, p.scale
			d.shell.SetPrefs(prefs, "")
			scene.do(d)
			d.pump()
			d.window.Content().Refresh()
			capture(t, filepath.Join(dir, fmt.Sprintf("import-%s-%s.png", name, p.name)), d.window)
		}
	}
}
