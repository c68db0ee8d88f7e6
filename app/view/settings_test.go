package view

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/session"
)

func onSettings(t *testing.T, change func(*session.State)) (*fakeAsker, *settings, fyne.Window) {
	t.Helper()
	f := newFakeAsker(t, quietState(t))
	if change != nil {
		change(&f.state)
	}
	pane, w := stage(t, f, newSettings, 1110, 700)
	return f, pane.(*settings), w
}

// pressWord presses the button that says a word, wherever it is on the screen.
func pressWord(t *testing.T, root fyne.CanvasObject, word string) {
	t.Helper()
	for _, b := range buttonsIn(root) {
		if b.Word() == word {
			b.Press()
			return
		}
	}
	t.Fatalf("no button says %q", word)
}

func buttonsIn(o fyne.CanvasObject) []*kit.Button {
	if !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *kit.Button:
		return []*kit.Button{o}
	case kit.Parent:
		return buttonsAmong(o.Children())
	case *fyne.Container:
		return buttonsAmong(o.Objects)
	}
	return nil
}

func buttonsAmong(objects []fyne.CanvasObject) []*kit.Button {
	var out []*kit.Button
	for _, o := range objects {
		out = append(out, buttonsIn(o)...)
	}
	return out
}

func shownGroups(s *settings) string {
	var ids []string
	for _, g := range s.groups {
		if g.panel.Visible() {
			ids = append(ids, g.id)
		}
	}
	return strings.Join(ids, " ")
}

func group(s *settings, id string) *settingGroup {
	for _, g := range s.groups {
		if g.id == id {
			return g
		}
	}
	return nil
}

func groupSays(s *settings, id string) string {
	return strings.Join(kit.TextsIn(group(s, id).body), "\n")
}

func TestSettingsTakeEffectAtOnceAndOfferUndo(t *testing.T) {
	f, s, _ := onSettings(t, nil)
	pressWord(t, s.content, "Larger")
	assert.InDelta(t, 1.1, f.state.Prefs.Scale, 0.001)
	pressWord(t, s.content, "Larger")
	assert.InDelta(t, 1.2, f.state.Prefs.Scale, 0.001)
	pressWord(t, s.content, "Back to 100 %")
	assert.InDelta(t, 1, f.state.Prefs.Scale, 0.001)
	assert.Equal(t, []string{"Text size: 110 %.", "Text size: 120 %.", "Text size: 100 %."}, f.says)
}

func TestSettingsAreChosenByKeys(t *testing.T) {
	f, s, w := onSettings(t, nil)
	w.Canvas().Focus(kit.FirstFocusable(group(s, "appearance").body))
	press(w, fyne.KeyRight)
	assert.Equal(t, "light", f.state.Prefs.Theme)
	press(w, fyne.KeyEnd)
	assert.Equal(t, "contrast", f.state.Prefs.Theme)

	w.Canvas().Focus(kit.FirstFocusable(group(s, "time").body))
	press(w, fyne.KeyEnd)
	assert.Equal(t, session.ShowBoth, f.state.Prefs.Zones)
	w.Canvas().Focus(kit.FirstFocusable(group(s, "keys").body))
	press(w, fyne.KeySpace)
	assert.False(t, f.state.Prefs.SingleKeys)
	assert.Equal(t, []string{"Theme: Light.", "Theme: High contrast.", "Times are shown: Both.", "Single letters do nothing."}, f.says)
}

func TestSettingsFollowAnUndo(t *testing.T) {
	f, s, _ := onSettings(t, nil)
	pressWord(t, s.content, "Larger")
	f.state.Prefs.Scale = 1
	f.Show()
	assert.Contains(t, groupSays(s, "appearance"), "100 %")
	assert.Len(t, f.says, 1, "showing a setting changes none")
}

func TestSettingsKeepTheTextSizeInItsRange(t *testing.T) {
	f, s, _ := onSettings(t, func(st *session.State) { st.Prefs.Scale = 2 })
	pressWord(t, s.content, "Larger")
	assert.InDelta(t, 2, f.state.Prefs.Scale, 0.001)
	assert.Empty(t, f.says)
}

func TestSettingsShowTheTimeAsItWillBeShown(t *testing.T) {
	f, s, _ := onSettings(t, func(st *session.State) {
		st.Zone, st.Prefs.Zones = time.FixedZone("", 3600), session.ShowBoth
	})
	assert.Contains(t, groupSays(s, "time"), "UTC 14:32:00, local 15:32:00")
	f.state.Now = f.state.Now.Add(time.Second)
	f.Show()
	assert.Contains(t, groupSays(s, "time"), "UTC 14:32:01, local 15:32:01")
}

func TestSettingsNameIsADraftUntilEnter(t *testing.T) {
	f, s, w := onSettings(t, nil)
	w.Canvas().Focus(kit.FirstFocusable(group(s, "you").body))
	write(w, "Dr. ")
	assert.Equal(t, "Dr. Jane", f.state.Drafts["app.settings.name"].Text)
	assert.Equal(t, "Jane", f.state.Prefs.Name)
	f.Show()
	press(w, fyne.KeyReturn)
	assert.Equal(t, "Dr. Jane", f.state.Prefs.Name)
	assert.NotContains(t, f.state.Drafts, "app.settings.name")
	assert.Equal(t, []string{"You are Dr. Jane from now on."}, f.says)
}

func TestSettingsAskForAName(t *testing.T) {
	f, s, w := onSettings(t, nil)
	target := kit.FirstFocusable(group(s, "you").body)
	w.Canvas().Focus(target)
	for range 4 {
		press(w, fyne.KeyDelete)
	}
	f.Show()
	press(w, fyne.KeyReturn)
	assert.Equal(t, "Jane", f.state.Prefs.Name)
	assert.Empty(t, f.says)
	assert.Contains(t, groupSays(s, "you"), "Type a name: each line of the log says who wrote it.")
	assert.Same(t, target, w.Canvas().Focused(), "the caret stays where the name is missing")
}

func TestSettingsSayWhatWasFoundInTheFolder(t *testing.T) {
	for says, change := range map[string]func(*session.State){
		"shop, branch main, with SpecWeave.":                                     func(*session.State) {},
		"shop, branch main, with changes that are not committed, with SpecWeave": func(st *session.State) { st.Repo.Dirty = true },
		"No repository is chosen yet.":                                           func(st *session.State) { st.Prefs.Repository, st.Repo = "", session.Repo{} },
		"Looking at the folder…":                                                 func(st *session.State) { st.Prefs.Repository = "/srv/other" },
		"/srv/shop is not there.": func(st *session.State) {
			st.Repo, st.RepoSays = session.Repo{Folder: "/srv/shop"}, "/srv/shop is not there."
		},
		"its files go to a repository of its own": func(st *session.State) { st.Sample = true },
	} {
		_, s, _ := onSettings(t, change)
		assert.Contains(t, groupSays(s, "repository"), says)
	}
}

func TestSettingsChangeTheRepositoryWithEnter(t *testing.T) {
	f, s, w := onSettings(t, func(st *session.State) { st.Prefs.Repository, st.Repo = "", session.Repo{} })
	w.Canvas().Focus(kit.FirstFocusable(group(s, "repository").body))
	write(w, "/srv/other ")
	press(w, fyne.KeyReturn)
	assert.Equal(t, "/srv/other", f.state.Prefs.Repository)
	assert.Equal(t, []string{"Documents go to /srv/other."}, f.says)
}

func TestSettingsOfferSpecWeaveOnlyWhereThereIsNone(t *testing.T) {
	f, s, _ := onSettings(t, nil)
	for _, b := range buttonsIn(group(s, "repository").body) {
		assert.NotEqual(t, "Enable SpecWeave", b.Word())
	}
	f.state.Repo.SpecWeave = false
	f.Show()
	assert.Contains(t, groupSays(s, "repository"), "SpecWeave is not set up here")
	f.refuse = errors.New("/srv/shop is read-only. Nothing was written.")
	pressWord(t, group(s, "repository").body, "Enable SpecWeave")
	assert.Equal(t, []string{"enable SpecWeave"}, f.calls)
	assert.Contains(t, groupSays(s, "repository"), "/srv/shop is read-only. Nothing was written.")
}

func TestSettingsShowAFaultyPlaybookAsItIs(t *testing.T) {
	fault := "/srv/shop/.firebreak/playbook.yaml:41: no level is called SEV9. Name one of SEV1 to SEV4."
	f, s, _ := onSettings(t, func(st *session.State) { st.Fault = fault })
	assert.Contains(t, groupSays(s, "playbook"), fault)
	assert.Contains(t, groupSays(s, "playbook"), "Firebreak default, version 1")
	pressWord(t, group(s, "playbook").body, "Copy the fault")
	assert.Equal(t, []string{"copy: " + fault}, f.calls)
	f.state.Fault = ""
	f.Show()
	assert.NotContains(t, groupSays(s, "playbook"), "has a fault")
}

func TestSettingsShowWhereEverythingLies(t *testing.T) {
	f, s, _ := onSettings(t, nil)
	f.state.Places = samplePlaces()
	f.Show()
	says := groupSays(s, "data")
	assert.Contains(t, says, "Database\n412 KB\n/home/jane/.local/share/firebreak/firebreak.db")
	assert.Contains(t, says, "Logs\nnothing yet")
	pressWord(t, group(s, "data").body, "Open folder")
	pressWord(t, group(s, "data").body, "Copy path")
	assert.Equal(t, []string{"open /home/jane/.local/share/firebreak", "copy: /home/jane/.local/share/firebreak/firebreak.db"}, f.calls)
}

func TestSettingsWarnOfAPlaceThatIsNotSafe(t *testing.T) {
	f, s, _ := onSettings(t, nil)
	assert.NotContains(t, groupSays(s, "data"), "network share")
	f.state.Warnings = []string{"The data folder lies on a network share (NFS)."}
	f.Show()
	assert.Contains(t, groupSays(s, "data"), "network share (NFS)")
}

func TestSettingsLeadIntoTheSampleAndOut(t *testing.T) {
	f, s, _ := onSettings(t, nil)
	pressWord(t, s.content, "Open the sample incident")
	f.state.Sample = true
	f.Show()
	pressWord(t, s.content, "Play it again from the start")
	pressWord(t, s.content, "Leave the sample")
	pressWord(t, s.content, "Show all keys")
	assert.Equal(t, []string{"sample.open", "sample.reset", "sample.leave", "view.keys"}, f.ran)
}

func TestSettingsAreFoundByWords(t *testing.T) {
	_, s, w := onSettings(t, nil)
	all := shownGroups(s)
	s.Find()
	write(w, "Telemetry")
	assert.Equal(t, "privacy", shownGroups(s))
	press(w, fyne.KeyEscape)
	assert.Equal(t, all, shownGroups(s))
	write(w, "xyz")
	assert.Empty(t, shownGroups(s))
	assert.Contains(t, s.none.Text(), "Nothing here is called “xyz”.")
	assert.True(t, s.none.Visible())
}

func TestSettingsShowOneGroupWhereThereIsRoomForOneColumn(t *testing.T) {
	f := newFakeAsker(t, quietState(t))
	pane, w := stage(t, f, newSettings, 620, 380)
	s := pane.(*settings)
	assert.Equal(t, "appearance", shownGroups(s))
	s.choice.Choose("repository")
	s.arrange()
	assert.Equal(t, "repository", shownGroups(s))
	s.choice.Choose(allGroups)
	s.arrange()
	assert.Equal(t, 11, len(strings.Fields(shownGroups(s))))
	w.Resize(fyne.NewSize(1110, 700))
	assert.Equal(t, 11, len(strings.Fields(shownGroups(s))))
	assert.LessOrEqual(t, s.content.MinSize().Height, float32(340))
}

func TestSettingsAreWalkedByTab(t *testing.T) {
	_, s, w := onSettings(t, nil)
	seen := map[string]bool{}
	for range 60 {
		w.Canvas().FocusNext()
		if b, ok := w.Canvas().Focused().(*kit.Button); ok {
			seen[b.Word()] = true
		}
	}
	for _, word := range []string{"Smaller", "Larger", "Show all keys", "Open the sample incident", "Use this name", "Use this folder", "Open folder"} {
		assert.True(t, seen[word], word)
	}
	require.NotNil(t, s.find)
}
