package view

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// newPolicy is the playbook in force, and why the team's own is not.
func newPolicy(ask Asker) *settingGroup {
	name := kit.NewText("").Bold().Wrapped()
	from := kit.NewCaption("").Wrapped()
	fault := kit.NewMono("").Wrapped()
	var raw string
	warning := kit.NewPanel("", kit.Column(look.Space2,
		kit.TopRow(look.Space2, kit.NewIcon("warning").Edge(18).In(look.WarningText), kit.Grow(kit.NewText("The team's playbook has a fault, so it is not in force. The last good one holds.").Wrapped())),
		fault,
		kit.Wrap(look.Space2, kit.NewButton("Copy the fault", func() { ask.Copy(raw, "The fault is copied.") }).Icon("copy")),
	)).Filled(look.WarningFill, look.WarningText)
	return &settingGroup{
		id: "playbook", title: "Playbook", words: "policy checklist severity levels gates yaml", side: true,
		body: kit.Column(look.Space2, name, warning, from),
		show: func(st session.State) {
			raw = st.Fault
			name.SetText(policyWords(st))
			fault.SetText(st.Fault)
			show(warning, st.Fault != "")
			from.SetText(policyFrom(st))
		},
	}
}

func policyWords(st session.State) string {
	return fmt.Sprintf("%s, version %d", st.Policy.Name, st.Policy.Version)
}

func policyFrom(st session.State) string {
	says := "A team's own is .firebreak/playbook.yaml in the repository; without one the built-in holds. It is read again whenever the repository is looked at."
	if in := st.Incident; in.Declared() && (in.Playbook.Name != st.Policy.Name || in.Playbook.Version != st.Policy.Version) {
		return says + fmt.Sprintf(" The open incident keeps the one it was declared under: %s, version %d.", in.Playbook.Name, in.Playbook.Version)
	}
	return says + " An incident keeps the one it was declared under."
}

// newData is what is kept where, and how large it is.
func newData(ask Asker) *settingGroup {
	lines := kit.Column(look.Space3)
	warning := kit.NewText("").Wrapped()
	warned := kit.NewPanel("", kit.TopRow(look.Space2, kit.NewIcon("warning").Edge(18).In(look.WarningText), kit.Grow(warning))).
		Filled(look.WarningFill, look.WarningText)
	var shown []session.PlaceLine
	return &settingGroup{
		id: "data", title: "Data", words: "folder path size database backup logs where", side: true,
		body: kit.Column(look.Space3, warned, lines, kit.NewCaption("All of it is on this computer. In a terminal: firebreak paths.").Wrapped()),
		show: func(st session.State) {
			warning.SetText(strings.Join(st.Warnings, "\n"))
			show(warned, len(st.Warnings) > 0)
			if samePlaces(shown, st.Places) && len(lines.Objects) > 0 {
				return
			}
			shown = slices.Clone(st.Places)
			lines.Objects = nil
			for _, p := range shown {
				lines.Add(placeLine(ask, p))
			}
			show(lines, len(shown) > 0)
		},
	}
}

func placeLine(ask Asker, p session.PlaceLine) fyne.CanvasObject {
	open := kit.NewButton("Open folder", func() { ask.OpenPath(p.Folder) }).Small()
	if p.Folder == "" {
		open.SetOff("There is nothing yet")
	}
	return kit.Row(look.Space2,
		kit.Grow(kit.Column(0,
			kit.Row(look.Space2, kit.NewText(p.Name).Bold(), kit.Grow(kit.NewCaption(placeSays(p)).Cut())),
			kit.NewMono(p.Path).In(look.Muted).Cut())),
		kit.NewQuiet("Copy path", func() { ask.Copy(p.Path, "The path is copied.") }).Small(),
		open,
	)
}

func placeSays(p session.PlaceLine) string {
	if p.Folder == "" {
		return "nothing yet"
	}
	return sizeSays(p.Size)
}

func sizeSays(bytes int64) string {
	switch {
	case bytes <= 0:
		return "empty"
	case bytes < 1<<20:
		return fmt.Sprintf("%d KB", (bytes+1023)>>10)
	case bytes < 1<<30:
		return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
	default:
		return fmt.Sprintf("%.1f GB", float64(bytes)/(1<<30))
	}
}

func samePlaces(a, b []session.PlaceLine) bool { return slices.Equal(a, b) }

// newSampleChoice opens the sample, plays it again and leaves it.
func newSampleChoice(ask Asker) *settingGroup {
	says := kit.NewText("").Wrapped()
	open := kit.NewButton("Open the sample incident", func() { ask.Run("sample.open") })
	again := kit.NewButton("Play it again from the start", func() { ask.Run("sample.reset") })
	leave := kit.NewButton("Leave the sample", func() { ask.Run("sample.leave") })
	return &settingGroup{
		id: "sample", title: "Sample incident", words: "demo example try learn",
		body: kit.Column(look.Space2, says, kit.Wrap(look.Space2, open, again, leave)),
		show: func(st session.State) {
			words := "An auth outage to try everything on. It lies in a file of its own, is marked as sample data, and touches nothing real."
			if st.Sample {
				words = "The sample is open. Playing it again throws away what you did in it, and nothing else."
			}
			says.SetText(words)
			show(open, !st.Sample)
			show(again, st.Sample)
			show(leave, st.Sample)
		},
	}
}

// newPrivacy lists every network request that the program makes by itself.
func newPrivacy() *settingGroup {
	return &settingGroup{
		id: "privacy", title: "Privacy", words: "network telemetry request update internet offline",
		body: points("No network, no telemetry, no update check.",
			"Network requests that Firebreak makes by itself: none. Probes that you wrote or accepted ask their addresses, while you let them.",
			"It starts git on this computer to read the branch and what has changed there. It does not fetch, push or commit.",
			"A link or a folder is opened by your own programs, and only when you press it."),
		show: func(session.State) {},
	}
}

// newPromises is what can be relied on.
func newPromises() *settingGroup {
	return &settingGroup{
		id: "promises", title: "What you can rely on", words: "promise trust safe saved",
		body: points("What is shown as saved is on your disk.",
			"What is half-typed is on your disk within a second, and comes back after a crash.",
			"Your incidents are one SQLite file on this computer.",
			"Nothing is deleted: what is hidden, corrected or undone stays in the log.",
			"A file that somebody changed since the last export is never overwritten unasked."),
		show: func(session.State) {},
	}
}

// points is a list of sentences.
func points(sentences ...string) fyne.CanvasObject {
	column := kit.Column(look.Space2)
	for _, s := range sentences {
		column.Add(kit.TopRow(look.Space2, kit.NewIcon("step-done").Edge(16).In(look.SuccessText), kit.Grow(kit.NewText(s).Wrapped())))
	}
	return column
}
