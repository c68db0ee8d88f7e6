package view

import (
	"firebreak/app/kit"
	"firebreak/app/look"
)

// About is what a copy of the program knows of itself.
type About struct {
	Version string
	Data    string // the folder that everything is kept in
	Logs    string // the folder of the log and of what a crash left
	// Diagnostics is what somebody needs who looks for a fault: version,
	// platform, the last crash; never what people wrote. nil: the version alone.
	Diagnostics func() string
}

// about lets a pane ask; see Asker.
func (s *Shell) about() About { return s.About }

func (a About) version() string {
	if a.Version == "" {
		return "Built from source"
	}
	return "Version " + a.Version
}

func (a About) place() string {
	if a.Data == "" {
		return "Everything is kept in one file on this machine. Settings shows which."
	}
	return "Everything is kept on this machine, in " + a.Data
}

const quietPromise = "No network, no telemetry. Nothing leaves this machine unless you send it."

func (s *Shell) openAbout() {
	folder := kit.NewButton("Open the data folder", func() { s.OpenPath(s.About.Data) }).Icon("folder")
	if s.About.Data == "" {
		folder.Hide()
	}
	body := kit.NewScroller(kit.Column(look.Space4,
		kit.Row(look.Space4, kit.NewIcon("firebreak").Edge(56), kit.Grow(kit.Column(look.Space1,
			kit.NewHeading("Firebreak"), kit.NewText(s.About.version()).In(look.Muted)))),
		kit.NewText("The hotfix workflow as an app for the laptop of the person in command: fix production fast, but not recklessly.").Wrapped(),
		kit.Column(look.Space1,
			kit.NewText(s.About.place()).Wrapped(),
			kit.NewText(quietPromise).Wrapped()),
		kit.NewCaption("Made with Fyne, SQLite, goldmark and Cobra. MIT licence.").Wrapped(),
	)).Fitted()
	diagnostics := kit.NewButton("Copy diagnostics", s.copyDiagnostics).Icon("copy")
	keys := kit.NewButton("Key list", func() { s.CloseLayer("about"); s.openKeys() }).Key("Ctrl+/")
	s.openSheet(&kit.Layer{ID: "about", Title: "About", Body: body, Actions: []*kit.Button{keys, diagnostics, folder}}, nil)
}
