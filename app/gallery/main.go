// Command gallery draws every named state of every screen in each theme and
// size, to be looked at.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/look"
	"firebreak/app/sample"
	"firebreak/app/stage"
	"firebreak/app/stage/fixture"
	"firebreak/app/view"
	"firebreak/data/repo"
)

// scene is a moment of the sample, and what is looked at then.
type scene struct {
	name    string
	played  time.Duration // of the sample; negative: nothing was declared
	screens []view.Screen
	keys    []string // pressed before the picture: a sheet, a preview; with a dot, a command; behind "tab ", what has that name
	before  func(s *stage.Stage, folder string) error
}

func scenes() []scene {
	never := -time.Minute
	return []scene{
		{"first", never, []view.Screen{view.TriageScreen, view.BoardScreen, view.TimelineScreen, view.HistoryScreen}, nil, nil},
		{"declared", 0, []view.Screen{view.TriageScreen, view.BoardScreen}, nil, nil},
		{"cause", 12 * time.Minute, []view.Screen{view.TriageScreen, view.BoardScreen, view.TimelineScreen, view.PostmortemScreen}, nil, nil},
		{"gate", 24 * time.Minute, []view.Screen{view.BoardScreen}, nil, nil},
		{"deployed", 26 * time.Minute, []view.Screen{view.BoardScreen}, nil, nil},
		{"over", 71 * time.Minute, view.Screens(), nil, nil},
		{"preview", 71 * time.Minute, []view.Screen{view.PostmortemScreen}, []string{"Ctrl+E"}, nil},
		{"palette", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+K"}, nil},
		{"keys", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+/"}, nil},
		{"severity", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+S"}, nil},
		{"decision", 10 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+D"}, nil},
		{"decision-clean", 10 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+D"}, history},
		{"decision-hard", 10 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+D"}, hardHistory},
		{"decision-since", 10 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+D"}, decidedOn},
		{"decided", 10 * time.Minute, []view.Screen{view.BoardScreen}, nil, decidedOn},
		{"update", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+R"}, nil},
		{"handoff", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+H"}, nil},
		{"changes", 24 * time.Minute, []view.Screen{view.TimelineScreen}, []string{"Ctrl+H"}, nil},
		{"nothing-woven", 7 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+I"}, nil},
		{"increment", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+I"}, nil},
		{"increment-over", 71 * time.Minute, []view.Screen{view.PostmortemScreen}, []string{"Ctrl+Shift+I"}, nil},
		{"link", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"incident.link"}, nil},
		{"health", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+G"}, nil},
		{"backups", 24 * time.Minute, []view.Screen{view.SettingsScreen}, nil, backUp},
		{"restore", 24 * time.Minute, []view.Screen{view.SettingsScreen}, []string{"backup.restore"}, backUp},
		{"attached", 24 * time.Minute, []view.Screen{view.TimelineScreen, view.BoardScreen}, nil, attach},
		{"import-choose", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+I"}, nil},
		{"import", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+I"}, readOld},
		{"import-past", 71 * time.Minute, []view.Screen{view.HistoryScreen}, []string{"Ctrl+I"}, readOld},
		{"imported", 71 * time.Minute, []view.Screen{view.TimelineScreen, view.PostmortemScreen, view.HistoryScreen}, nil, takeOld},
		{"leaks", 71 * time.Minute, []view.Screen{view.PostmortemScreen}, []string{"Ctrl+E", "Ctrl+Shift+L"}, paste},
		{"leaks-plan", 71 * time.Minute, []view.Screen{view.PostmortemScreen}, []string{"Ctrl+E"}, paste},
		{"leaks-blot", 71 * time.Minute, []view.Screen{view.PostmortemScreen}, []string{"Ctrl+Shift+L", "b"}, paste},
		{"leaks-anyway", 71 * time.Minute, []view.Screen{view.PostmortemScreen}, []string{"Ctrl+Shift+X"}, paste},
		{"written", 71 * time.Minute, []view.Screen{view.PostmortemScreen}, []string{"tab Preview"}, write},
		{"address", 71 * time.Minute, []view.Screen{view.PostmortemScreen}, []string{"tab Preview", "tab the runbook"}, write},
		{"writing", 71 * time.Minute, []view.Screen{view.PostmortemScreen}, nil, writeSection},
		{"insert", 71 * time.Minute, []view.Screen{view.PostmortemScreen}, []string{"Ctrl+J"}, writeSection},
		{"trust", 24 * time.Minute, []view.Screen{view.BoardScreen, view.SettingsScreen}, []string{"incident.trust"}, acceptSome},
		{"trust-all", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"incident.trust"}, acceptCommands},
		{"deploy-closed", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+Y"}, nil},
		{"deploy-open", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+Y"}, acceptCommands},
		{"deploy-lost", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+Y"}, dieOnTheWay},
		{"deploy-failed", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+Y"}, failTheDeploy},
		{"deploy-way", 24 * time.Minute, []view.Screen{view.BoardScreen}, nil, acceptCommands},
		{"deploy-lost-way", 24 * time.Minute, []view.Screen{view.BoardScreen}, nil, dieOnTheWay},
		{"deploy-failed-way", 24 * time.Minute, []view.Screen{view.BoardScreen}, nil, failTheDeploy},
		{"approve", 23 * time.Minute, []view.Screen{view.BoardScreen}, []string{"incident.approve"}, nil},
		{"fix", 16 * time.Minute, []view.Screen{view.BoardScreen, view.SettingsScreen}, nil, branchOff},
		{"verify-none", 26 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+W"}, nil},
		{"verify-add", 26 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+W", "Ctrl+Enter"}, nil},
		{"verify-before", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+W"}, probing(false, failing, 90*time.Second)},
		{"verify-watching", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+W"}, probing(true, healed, 130*time.Second)},
		{"verify-board", 24 * time.Minute, []view.Screen{view.BoardScreen}, nil, probing(true, healed, 130*time.Second)},
		{"verify-again", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+W"}, probing(true, relapsed, 130*time.Second)},
		{"verify-unknown", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+W"}, probing(true, gone, 60*time.Second)},
		{"verify-proven", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+W"}, probing(true, healed, 320*time.Second)},
		{"verify-change", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+W", "tab Change…"}, probing(false, failing, 0)},
		{"tests", 21 * time.Minute, []view.Screen{view.BoardScreen}, []string{"incident.tests"}, nil},
		{"tests-accepted", 21 * time.Minute, []view.Screen{view.BoardScreen}, []string{"incident.tests"}, acceptCommands},
		{"tests-passed", 21 * time.Minute, []view.Screen{view.BoardScreen}, []string{"incident.tests"}, testWith(greenTests)},
		{"tests-failed", 21 * time.Minute, []view.Screen{view.BoardScreen}, []string{"incident.tests"}, testWith(redTests)},
		{"tests-way", 20 * time.Minute, []view.Screen{view.BoardScreen}, nil, acceptCommands},
		{"tests-running", 21 * time.Minute, []view.Screen{view.BoardScreen}, []string{"incident.tests"}, acceptCommands},
		{"tests-running-way", 20 * time.Minute, []view.Screen{view.BoardScreen}, nil, acceptCommands},
		{"deploy-running", 24 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+Y"}, dieOnTheWay},
		{"deploy-running-way", 24 * time.Minute, []view.Screen{view.BoardScreen}, nil, dieOnTheWay},
		{"scope", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+M"}, shopOn(fixture.BadFix)},
		{"scope-way", 19 * time.Minute, []view.Screen{view.BoardScreen}, nil, shopOn(fixture.BadFix)},
		{"scope-clean", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+M"}, shopOn(fixture.GoodFix)},
		{"scope-unbegun", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+M"}, shopOn("main")},
		{"scope-none", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+M"}, noRepository},
		{"scope-busy", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+M"}, nil},
		{"scope-settled", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+M"}, settledScope},
		{"scope-long", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+M"}, sprawl},
		{"scope-accept", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+M", "a"}, shopOn(fixture.BadFix)},
		{"scope-ticket", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+M", "t"}, shopOn(fixture.BadFix)},
		{"scope-declare", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+M", "d"}, shopOn(fixture.BadFix)},
		{"scope-file", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+M", "o"}, shopOn(fixture.BadFix)},
		{"decision-shop", 12 * time.Minute, []view.Screen{view.BoardScreen}, []string{"Ctrl+Shift+D"}, shopOn("main")},
		{"away", 24 * time.Minute, []view.Screen{view.BoardScreen, view.TimelineScreen}, nil, takeAway},
	}
}

// size is one window size with a text scale.
type size struct {
	name  string
	size  fyne.Size
	scale float32
}

func sizes() []size {
	return []size{
		{"1280x800", fyne.NewSize(1280, 800), 1},
		{"800x600", fyne.NewSize(800, 600), 1},
		{"800x600-150", fyne.NewSize(800, 600), 1.5},
	}
}

func main() {
	out := flag.String("out", filepath.Join("build", "gallery"), "folder for the pictures")
	only := flag.String("only", "", "draw only the scene of this name")
	flag.Parse()
	drawn := 0
	for _, sc := range scenes() {
		if *only != "" && *only != sc.name {
			continue
		}
		n, err := draw(*out, sc)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", sc.name, err)
			os.Exit(1)
		}
		drawn += n
		fmt.Printf("  %-10s %d pictures\n", sc.name, n)
	}
	fmt.Printf("%d pictures in %s\n", drawn, *out)
}

// draw plays the sample up to a scene once, and takes its pictures in every
// theme and size.
func draw(out string, sc scene) (int, error) {
	folder, err := os.MkdirTemp("", "gallery")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(folder)
	repository := filepath.Join(folder, "shop")
	if _, err := repo.Init(repository); err != nil {
		return 0, err
	}
	s, err := stage.Open(stage.Set{
		Folder: filepath.Join(folder, "data"), Repository: repository,
		Start: sample.Alert().Add(-time.Minute), Name: "Jane", Size: sizes()[0].size,
	})
	if err != nil {
		return 0, err
	}
	defer s.Close()
	if err := s.PlaySample(sc.played); err != nil {
		return 0, err
	}
	if sc.before != nil {
		if err := sc.before(s, folder); err != nil {
			return 0, err
		}
	}
	drawn := 0
	for _, mode := range []look.Mode{look.Dark, look.Light, look.Contrast} {
		for _, at := range sizes() {
			n, err := pictures(s, out, sc, mode, at)
			if err != nil {
				return drawn, err
			}
			drawn += n
		}
	}
	return drawn, nil
}

func pictures(s *stage.Stage, out string, sc scene, mode look.Mode, at size) (int, error) {
	dress(s, mode, at.scale)
	s.Win.Resize(at.size)
	for _, screen := range sc.screens {
		s.Shell.Go(screen)
		s.Pump()
		for _, key := range sc.keys {
			if err := ask(s, key); err != nil {
				return 0, err
			}
		}
		s.Pass(time.Second)
		if moment := underWay()[sc.name]; moment != nil {
			st := s.Desk.State()
			moment(&st)
			s.Shell.Show(st)
		}
		name := fmt.Sprintf("%s-%s-%s-%s.png", sc.name, screen, mode, at.name)
		if err := s.Picture(filepath.Join(out, name)); err != nil {
			return 0, err
		}
		for range sc.keys {
			_ = s.Press("Esc")
		}
		s.Desk.ClosePreview()
		s.Pump()
	}
	return len(sc.screens), nil
}

func ask(s *stage.Stage, key string) error {
	if len(key) == 1 { // a letter in a list
		s.Pass(time.Second)
		return s.Type(key)
	}
	if name, named := strings.CutPrefix(key, "tab "); named {
		tabTo(s, name)
		return nil
	}
	if !strings.Contains(key, ".") {
		return s.Press(key)
	}
	s.Shell.Run(key)
	s.Pump()
	return nil
}

func dress(s *stage.Stage, mode look.Mode, scale float32) {
	prefs := s.Desk.State().Prefs
	prefs.Theme, prefs.Scale = string(mode), scale
	s.Desk.SetPrefs(prefs, "")
	s.Desk.Dismiss()
	s.Pump()
}
