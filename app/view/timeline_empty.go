package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// timelineEmpty says why no row is there and what to do about it.
type timelineEmpty struct {
	content fyne.CanvasObject
	words   *kit.Text
	button  *kit.Button
}

func newTimelineEmpty(ask Asker) *timelineEmpty {
	e := &timelineEmpty{}
	e.button = kit.NewButton("Write a note", func() { ask.Run("incident.note") }).Key("Ctrl+L")
	e.content = kit.NewEmpty("timeline", "Nothing noted yet. Ctrl+L writes the first line.", e.button)
	e.content.Hide()
	e.words = emptyWords(e.content)
	return e
}

// emptyWords is the sentence of an empty place.
func emptyWords(o fyne.CanvasObject) *kit.Text {
	if t, ok := o.(*kit.Text); ok {
		return t
	}
	if c, ok := o.(*fyne.Container); ok {
		for _, child := range c.Objects {
			if t := emptyWords(child); t != nil {
				return t
			}
		}
	}
	return nil
}

// Show says the reason, when nothing is shown.
func (e *timelineEmpty) Show(st session.State, f timelineFilter, shown, all int) {
	words := "Nothing noted yet. Ctrl+L writes the first line."
	switch {
	case !st.Incident.Declared():
		words = "No incident is open, so there is no timeline. Declare one (Ctrl+N), or open one from History."
	case f.narrows():
		words = "Nothing here matches. Esc in the search shows everything again."
		if f.query != "" {
			words = "Nothing for “" + beginning(f.query, 40) + "”. Esc shows everything again."
		}
	case f.people && all > 0:
		words = "Nobody has written a line yet; " + plural(all, "line", "lines") + " of the workflow are not shown. Ctrl+L writes the first."
	}
	e.words.SetText(words)
	show(e.button, !f.narrows() && st.Incident.Declared())
	show(e.content, shown == 0)
	e.content.Refresh()
}

// footKeysFrom is the width from which the keys of the list are written out.
const footKeysFrom float32 = 540

// timelineFoot is the line under the list: how many entries, the zone, the keys,
// and the way to what is not in the list.
type timelineFoot struct {
	content fyne.CanvasObject
	count   *kit.Text
	keys    *kit.Text
	wide    func() bool
	resume  *kit.Button
	panels  *kit.Button
}

func newTimelineFoot(t *timeline) *timelineFoot {
	f := &timelineFoot{count: kit.NewCaption("").Cut(), keys: kit.NewCaption("").Cut(), wide: func() bool { return t.side.wide }}
	f.resume = kit.NewButton("Go on with the unsaved entry", t.resume).Small()
	f.resume.Hide()
	f.panels = kit.NewButton("Metrics and changes", func() { t.side.choose(metricsTab) }).Small()
	f.content = kit.NewResponsive(footKeysFrom,
		kit.Row(look.Space3, kit.Fixed(152, f.count), kit.Grow(f.keys), f.resume, f.panels),
		kit.Row(look.Space3, kit.Grow(f.count), f.resume, f.panels))
	return f
}

// Show counts, and says which keys the list knows.
func (f *timelineFoot) Show(st session.State, all, shown int) {
	count := countWords(all, shown) + ", " + zoneWord(st)
	keys := "Enter edits, Ins adds, Del hides."
	if st.Prefs.SingleKeys && f.wide() {
		keys = "Enter edits, Ins adds, Del hides, P pins, A attaches, O opens, M milestone, N note."
	}
	_, begun := st.Drafts[entryDraft("", textInput)]
	if count == f.count.Text() && keys == f.keys.Text() && begun == f.resume.Visible() {
		return
	}
	f.count.SetText(count)
	f.keys.SetText(keys)
	show(f.resume, begun)
	f.content.Refresh()
}

// zoneWord names the zone that the list shows.
func zoneWord(st session.State) string {
	zone := st.Shown()
	name, shift := st.Now.In(zone).Zone()
	if shift == 0 && zone.String() == "UTC" {
		return "UTC"
	}
	return name
}
