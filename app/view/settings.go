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

// settings is the screen on which a person changes how Firebreak looks and
// where it writes. Each change takes effect at once; the strip takes it back.
type settings struct {
	content fyne.CanvasObject
	find    *kit.Field
	choice  *kit.Choice
	groups  []*settingGroup
	none    *kit.Text
	page    *kit.Scroller
	body    *kit.Responsive
	state   session.State
	shown   bool
}

// allGroups is the choice of a narrow window that leaves nothing out.
const allGroups = "all"

// settingGroup is one card of the screen.
type settingGroup struct {
	id    string
	title string
	words string // besides what stands in the card: what people may look for
	panel *kit.Panel
	body  fyne.CanvasObject
	show  func(session.State)
	tick  func(session.State) // each second; nil: nothing depends on the time
	side  bool                // in the right column of a wide window
}

func newSettings(ask Asker) Pane {
	s := &settings{
		find: kit.NewField("").Placeholder("Find a setting (Ctrl+F)"),
		none: kit.NewText("").In(look.Muted).Wrapped(),
	}
	s.groups = []*settingGroup{
		newAppearance(ask), newTimes(ask), newKeyChoice(ask), newSampleChoice(ask), newPrivacy(), newPromises(),
		newYou(ask), newPlace(ask, s.fit), newBackups(ask, s.fit), newPolicy(ask), newData(ask),
	}
	s.find.OnChanged = func(string) { s.arrange() }
	s.find.OnEscape = s.clearFind
	options := []kit.Option{{ID: allGroups, Word: "All settings"}}
	for _, g := range s.groups {
		g.panel = kit.NewPanel(g.title, g.body)
		options = append(options, kit.Option{ID: g.id, Word: g.title})
	}
	s.choice = kit.NewChoice("", options, func(string) {
		s.arrange()
		s.page.ScrollTo(0)
	})
	s.choice.Choose(s.groups[0].id)
	s.build()
	return s
}

func (s *settings) build() {
	var left, right, all []fyne.CanvasObject
	for _, g := range s.groups {
		all = append(all, g.panel)
		if g.side {
			right = append(right, g.panel)
		} else {
			left = append(left, g.panel)
		}
	}
	wide := kit.FullRow(look.Space4, kit.Grow(kit.Column(look.Space4, left...)), kit.Grow(kit.Column(look.Space4, right...)))
	narrow := kit.Column(look.Space4, all...)
	s.body = kit.NewResponsive(look.WideFrom-160, wide, narrow)
	s.page = kit.NewScroller(kit.Column(look.Space3, s.none, s.body))
	hint := kit.NewCaption("Every change takes effect at once, and Ctrl+Z takes it back.").Wrapped()
	head := kit.NewResponsive(look.WideFrom-160,
		kit.Row(look.Space4, kit.Grow(s.find), kit.Grow(hint)),
		kit.Row(look.Space3, kit.Grow(s.find), kit.Grow(s.choice)))
	s.body.OnChange = func(bool) { s.arrange() }
	s.content = kit.Inset(look.Space3, look.Space3, kit.Column(look.Space3, kit.Inset(look.Space2, 0, head), kit.Grow(s.page)))
	s.arrange()
}

// arrange shows the groups that are looked for; without a search all of them,
// or the chosen one where there is room for one column only.
func (s *settings) arrange() {
	wanted := strings.Fields(strings.ToLower(s.find.Text()))
	found := 0
	for _, g := range s.groups {
		on := g.has(wanted)
		if len(wanted) == 0 && !s.body.IsWide() {
			on = s.choice.Chosen() == g.id || s.choice.Chosen() == allGroups
		}
		if on {
			found++
		}
		show(g.panel, on)
	}
	s.none.SetText(fmt.Sprintf("Nothing here is called “%s”. Escape shows all settings again.", strings.TrimSpace(s.find.Text())))
	show(s.none, found == 0)
	s.fit()
}

func (s *settings) fit() {
	if s.page != nil {
		s.page.Refresh()
	}
}

// has says whether every word is in the group.
func (g *settingGroup) has(words []string) bool {
	if len(words) == 0 {
		return true
	}
	text := strings.ToLower(g.title + " " + g.words + " " + strings.Join(kit.TextsIn(g.body), " "))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func (s *settings) clearFind() bool {
	if s.find.Text() == "" {
		return false
	}
	s.find.SetText("")
	return true
}

// Content is what the pane shows.
func (s *settings) Content() fyne.CanvasObject { return s.content }

// Show brings the pane in line with a state.
func (s *settings) Show(st session.State) {
	before := s.state
	s.state = st
	if s.shown && settingsAlike(before, st) {
		for _, g := range s.groups {
			if g.tick != nil {
				g.tick(st)
			}
		}
		return
	}
	s.shown = true
	for _, g := range s.groups {
		g.show(st)
	}
	s.arrange()
}

// settingsAlike says whether two states look the same on this screen, but for
// the time.
func settingsAlike(a, b session.State) bool {
	return a.Prefs == b.Prefs && a.Repo == b.Repo && a.Chosen == b.Chosen && a.RepoSays == b.RepoSays && a.Fault == b.Fault && a.Sample == b.Sample &&
		a.Policy.Name == b.Policy.Name && a.Policy.Version == b.Policy.Version && a.Incident.ID == b.Incident.ID &&
		samePlaces(a.Places, b.Places) && backupsAlike(a.Backups, b.Backups) && slices.Equal(a.Warnings, b.Warnings) && a.Drafts[nameDraft].Text == b.Drafts[nameDraft].Text && a.Drafts[folderDraft].Text == b.Drafts[folderDraft].Text
}

// reveal brings one card into view.
func (s *settings) reveal(id string) {
	s.find.SetText("")
	if !s.body.IsWide() {
		s.choice.Choose(id)
		s.arrange()
		s.page.ScrollTo(0)
		return
	}
	for _, g := range s.groups {
		if g.id == id {
			s.page.Reveal(g.panel)
		}
	}
}

// Enter gives the focus to the search.
func (s *settings) Enter() { s.find.Focus() }

// Find gives the focus to the search.
func (s *settings) Find() { s.find.Focus() }

// Main does nothing: every change takes effect by itself.
func (s *settings) Main() bool { return false }
