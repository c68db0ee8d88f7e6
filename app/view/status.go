package view

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// savingAfter is how long a write may take before the bar speaks of it.
const savingAfter = 300 * time.Millisecond

// statusBar says what the disk holds, what time it is, and where things stand.
// Each item opens what it shows.
type statusBar struct {
	content fyne.CanvasObject
	saved   *kit.BarItem
	backup  *kit.BarItem
	health  *kit.BarItem
	network *kit.BarItem
	clock   *kit.BarItem
	steps   *kit.BarItem
	actions *kit.BarItem
	repo    *kit.BarItem
	weave   *kit.BarItem
	sample  *kit.BarItem
	probes  *kit.BarItem
}

func newStatusBar(s *Shell) *statusBar {
	b := &statusBar{
		saved:   kit.NewBarItem("save", "", s.tapSaved),
		backup:  kit.NewBarItem("backup", "", s.tapBackup).Spared(),
		health:  kit.NewBarItem("warning", "", func() { s.Run("log.health") }),
		network: kit.NewBarItem("offline", "No network", func() { s.Go(SettingsScreen) }).Spared(),
		clock:   kit.NewBarItem("clock", "", s.tapClock).Spared(),
		steps:   kit.NewBarItem("board", "", func() { s.Go(BoardScreen) }).Spared(),
		actions: kit.NewBarItem("people", "", func() { s.Go(BoardScreen) }).Spared(),
		repo:    kit.NewBarItem("branch", "", func() { s.Go(PostmortemScreen) }).Spared(),
		weave:   kit.NewBarItem("link", "", func() { s.Run("incident.weave") }).Spared(), // the strip says it too
		probes:  kit.NewBarItem("verify", "", func() { s.Run("incident.verify") }),
		sample:  kit.NewBarItem("info", "Sample data", func() { s.Run("sample.leave") }),
	}
	keys := kit.NewBarItem("keys", "Ctrl+K", func() { s.Run("view.palette") })
	b.content = kit.NewGround(look.Panel, kit.Inset(look.Space2, 0,
		kit.NewBar(b.saved, b.probes, b.health, b.backup, b.clock, b.steps, b.actions, b.weave, b.sample, keys, b.network, b.repo)))
	return b
}

// tapSaved says why nothing is saved, or shows where it is.
func (s *Shell) tapSaved() {
	if s.state.Saved.Trouble != "" {
		s.WhyNotSaved()
		return
	}
	s.Go(SettingsScreen)
}

// tapBackup shows what is known of the backups.
func (s *Shell) tapBackup() {
	s.Go(SettingsScreen)
	if p, ok := s.pane(SettingsScreen).(*settings); ok {
		p.reveal("backups")
	}
}

// Show brings the bar in line with a state.
func (b *statusBar) Show(st session.State) {
	b.saved.Set(savedWords(st))
	b.backup.Set(backupWords(st))
	b.health.Set(healthItem(st.Health))
	if st.Jump.By != 0 {
		b.clock.Set(clockWords(st)+": clock jumped", kit.Warn)
	} else {
		b.clock.Set(clockWords(st), kit.Neutral)
	}
	in := st.Incident
	done, all := 0, 0
	for _, p := range in.Checklist() {
		done, all = done+p.Done, all+len(p.Items)
	}
	b.steps.Set("", kit.Neutral)
	b.actions.Set("", kit.Neutral)
	if in.Declared() {
		b.steps.Set(fmt.Sprintf("%d/%d steps", done, all), kit.Neutral)
	}
	if in.Open() {
		b.actions.Set(actionWords(in.OpenAssignments(), st.Now))
	}
	b.sample.Set("", kit.Neutral)
	if st.Sample {
		b.sample.Set("Sample data", kit.Neutral)
	}
	b.repo.Set(repoWords(st))
	b.weave.Set(weaveItem(st))
	b.probes.Set(probesItem(st))
	b.network.Set(networkWords(st), kit.Neutral)
	b.content.Refresh()
}

// networkWords say what the program asks the network for.
func networkWords(st session.State) string {
	if st.Watching.On {
		return "Probes only"
	}
	return "No network"
}

// tapClock changes how times are shown, or says what the clock did.
func (s *Shell) tapClock() {
	if s.state.Jump.By != 0 {
		s.Run("help.clock")
		return
	}
	s.Run("view.zone")
}

func savedWords(st session.State) (string, kit.Tone) {
	saved := st.Saved
	switch {
	case saved.Trouble != "":
		return "NOT SAVED", kit.Bad
	case !saved.Since.IsZero() && st.Now.Sub(saved.Since) > savingAfter:
		return "Saving…", kit.Neutral
	case saved.At.IsZero():
		return "All saved", kit.Neutral
	default:
		return "Saved " + workflow.StampAt(saved.At, st.Shown()).ClockSeconds(st.Shown()), kit.Neutral
	}
}

func clockWords(st session.State) string {
	utc := workflow.StampAt(st.Now, time.UTC).ClockSeconds(time.UTC)
	if st.Zone == nil || st.Prefs.Zones == session.ShowUTC {
		return "UTC " + utc
	}
	local := workflow.StampAt(st.Now, st.Zone).ClockSeconds(st.Zone)
	if st.Prefs.Zones == session.ShowLocal {
		return "Local " + local
	}
	return "UTC " + utc + ", local " + local
}

func actionWords(open []workflow.Assignment, now time.Time) (string, kit.Tone) {
	late := 0
	for _, a := range open {
		if a.Late(now) {
			late++
		}
	}
	if late > 0 {
		return fmt.Sprintf("%d open, %d late", len(open), late), kit.Bad
	}
	if len(open) == 0 {
		return "", kit.Neutral
	}
	return fmt.Sprintf("%d open", len(open)), kit.Neutral
}

func repoWords(st session.State) (string, kit.Tone) {
	switch {
	case st.RepoSays != "" && st.Repo.Folder != "":
		return "Repository not found", kit.Warn
	case st.Repo.Name == "" && st.RepoSays == "":
		return "", kit.Neutral
	case st.Repo.Name == "":
		return "No repository", kit.Neutral
	case st.Survey.Branch != "": // looked at again whenever git moves
		return st.Repo.Name + ": " + st.Survey.Branch, kit.Neutral
	case st.Repo.Branch != "":
		return st.Repo.Name + ": " + st.Repo.Branch, kit.Neutral
	default:
		return st.Repo.Name, kit.Neutral
	}
}
