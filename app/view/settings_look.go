package view

import (
	"fmt"
	"math"
	"time"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// current is the settings as they are shown; a control changes one of them.
type current struct {
	ask   Asker
	prefs session.Prefs
}

// set changes settings and says what was changed.
func (c *current) set(change func(*session.Prefs), says string) {
	to := c.prefs
	change(&to)
	if to != c.prefs {
		c.ask.SetPrefs(to, says)
	}
}

// newAppearance is theme and text size. Nothing moves by itself in Firebreak, so
// there is no setting for motion.
func newAppearance(ask Asker) *settingGroup {
	now := &current{ask: ask}
	words := map[string]string{string(look.System): "System", string(look.Light): "Light", string(look.Dark): "Dark", string(look.Contrast): "High contrast"}
	var options []kit.Option
	for _, m := range []look.Mode{look.System, look.Light, look.Dark, look.Contrast} {
		options = append(options, kit.Option{ID: string(m), Word: words[string(m)]})
	}
	theme := kit.NewSegmented(options, func(id string) {
		now.set(func(p *session.Prefs) { p.Theme = id }, "Theme: "+words[id]+".")
	})
	size := kit.NewText("").Bold()
	zoom := func(by float32) func() {
		return func() {
			to := zoomed(now.prefs.Scale, by)
			now.set(func(p *session.Prefs) { p.Scale = to }, "Text size: "+percent(to)+".")
		}
	}
	smaller := kit.NewButton("Smaller", zoom(-0.1)).Key("Ctrl+-")
	larger := kit.NewButton("Larger", zoom(0.1)).Key("Ctrl++")
	reset := kit.NewQuiet("Back to 100 %", zoom(0)).Key("Ctrl+0")
	return &settingGroup{
		id: "appearance", title: "Appearance", words: "zoom font dark light contrast accessibility",
		body: kit.Column(look.Space2,
			kit.NewText("Theme").Bold(), theme,
			kit.Row(look.Space2, kit.NewText("Text size").Bold(), kit.Grow(size)),
			kit.Wrap(look.Space2, smaller, larger, reset)),
		show: func(st session.State) {
			now.prefs = st.Prefs
			choose(theme, st.Prefs.Theme)
			size.SetText(percent(st.Prefs.Scale))
			smaller.SetOff(offAt(st.Prefs.Scale <= look.MinScale, "100 % is the smallest"))
			larger.SetOff(offAt(st.Prefs.Scale >= look.MaxScale, "200 % is the largest"))
			reset.SetOff(offAt(st.Prefs.Scale == 1, "It is 100 % already"))
		},
	}
}

// zoomed is a text size one step on; a step of nothing is the usual size.
func zoomed(scale, by float32) float32 {
	if by == 0 {
		return 1
	}
	return look.ClampScale(float32(math.Round(float64(scale+by)*10) / 10))
}

func percent(scale float32) string { return fmt.Sprintf("%.0f %%", scale*100) }

func offAt(off bool, why string) string {
	if off {
		return why
	}
	return ""
}

// choose makes a choice hold, if another one does.
func choose(s *kit.Segmented, id string) {
	if s.Chosen() != id {
		s.Choose(id)
	}
}

// newTimes is the zone that times are shown in.
func newTimes(ask Asker) *settingGroup {
	now := &current{ask: ask}
	words := map[string]string{string(session.ShowUTC): "UTC", string(session.ShowLocal): "Local", string(session.ShowBoth): "Both"}
	var options []kit.Option
	for _, z := range []session.Zones{session.ShowUTC, session.ShowLocal, session.ShowBoth} {
		options = append(options, kit.Option{ID: string(z), Word: words[string(z)]})
	}
	zones := kit.NewSegmented(options, func(id string) {
		now.set(func(p *session.Prefs) { p.Zones = session.Zones(id) }, "Times are shown: "+words[id]+".")
	})
	clock := kit.NewText("").Cut()
	tick := func(st session.State) { clock.SetText(nowWords(st)) }
	return &settingGroup{
		id: "time", title: "Time", words: "zone clock utc local 24 h",
		body: kit.Column(look.Space2, kit.NewText("Show times in").Bold(), zones, clock,
			kit.NewCaption("Always 24 hours. What you typed is kept, and documents are written in UTC whatever is chosen here.").Wrapped()),
		tick: tick,
		show: func(st session.State) {
			now.prefs = st.Prefs
			choose(zones, string(st.Prefs.Zones))
			tick(st)
		},
	}
}

// nowWords is the time as it would be shown everywhere.
func nowWords(st session.State) string {
	utc := "UTC " + workflow.StampAt(st.Now, time.UTC).ClockSeconds(time.UTC)
	if st.Zone == nil || st.Prefs.Zones == session.ShowUTC {
		return utc
	}
	local := "local " + workflow.StampAt(st.Now, st.Zone).ClockSeconds(st.Zone)
	if st.Prefs.Zones == session.ShowLocal {
		return local
	}
	return utc + ", " + local
}

// newKeyChoice is whether single letters act, and the way to the list of keys.
func newKeyChoice(ask Asker) *settingGroup {
	now := &current{ask: ask}
	single := kit.NewCheck("Single letters act in a list that has the focus (D done, X drop)", func(on bool) {
		now.set(func(p *session.Prefs) { p.SingleKeys = on }, map[bool]string{true: "Single letters act in lists.", false: "Single letters do nothing."}[on])
	})
	return &settingGroup{
		id: "keys", title: "Keys", words: "shortcut keyboard letter",
		body: kit.Column(look.Space2, single,
			kit.Wrap(look.Space2, kit.NewButton("Show all keys", func() { ask.Run("view.keys") }).Icon("keys").Key("Ctrl+/"))),
		show: func(st session.State) {
			now.prefs = st.Prefs
			single.Set(st.Prefs.SingleKeys)
		},
	}
}
