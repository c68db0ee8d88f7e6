package view

import (
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// repositoryCard is the folder that documents go to, and what was found there.
type repositoryCard struct {
	ask    Asker
	folder *typedSetting
	icon   *kit.Icon
	found  *kit.Text
	more   *kit.Text
	enable *kit.Button
	open   *kit.Button
	trust  *kit.Text // which commands of the playbook may run there
	wrong  *kit.Text
	chosen string
	root   string // where files are written
	fit    func()
}

// newPlace is the repository.
func newPlace(ask Asker, fit func()) *settingGroup {
	c := &repositoryCard{
		ask: ask, fit: fit, icon: kit.NewIcon("branch").Edge(18),
		found: kit.NewText("").Wrapped(), more: kit.NewCaption("").Wrapped(), wrong: kit.NewCaption("").In(look.ErrorText).Wrapped(),
		trust: kit.NewCaption("").Wrapped(),
	}
	c.folder = newTypedSetting(ask, "Folder of the repository", folderDraft, "Use this folder", func(text string) {
		c.folder.settled()
		says := "Documents go to " + text + "."
		if text == "" {
			says = "No repository is chosen."
		}
		if text != c.chosen {
			ask.ChooseRepository(text, says)
		}
	})
	c.folder.field.Mono().Placeholder("/home/jane/src/shop").Help("Type or paste its whole path. Documents are written there and nowhere else, and only when you say so. Nothing is moved or deleted when it changes.")
	c.enable = kit.NewButton("Enable SpecWeave", c.enableSpecWeave)
	c.open = kit.NewQuiet("Open folder", func() { ask.OpenPath(c.root) }).Icon("folder")
	c.wrong.Hide()
	commands := kit.NewQuiet("Commands of this playbook…", func() { ask.Run("incident.trust") }).Icon("lock")
	return &settingGroup{
		id: "repository", title: "Repository", words: "git specweave export folder path branch", side: true,
		body: kit.Column(look.Space2, c.folder.field, c.verdict(), c.more, c.trust, c.wrong, kit.Wrap(look.Space2, c.folder.button, c.enable, c.open, commands)),
		show: c.Show,
	}
}

func (c *repositoryCard) verdict() fyne.CanvasObject {
	return kit.TopRow(look.Space2, c.icon, kit.Grow(c.found))
}

func (c *repositoryCard) enableSpecWeave() {
	c.ask.EnableSpecWeave(func(err error) {
		if err != nil {
			c.wrong.SetText(err.Error())
		}
		show(c.wrong, err != nil)
		c.fit()
	})
}

// Show says what was found in the folder, in words.
func (c *repositoryCard) Show(st session.State) {
	c.chosen = chosenFolder(st)
	c.folder.Show(st, c.chosen)
	r := st.Repo
	c.root = r.Root
	icon, role, found := "step-done", look.SuccessText, ""
	switch {
	case !st.Sample && c.chosen == "":
		icon, role, found = "info", look.Primary, "No repository is chosen yet. Everything works without one; only the export and the increment need it."
	case !st.Sample && r.Folder != c.chosen:
		icon, role, found = "clock", look.Muted, "Looking at the folder…"
	case st.RepoSays != "":
		icon, role, found = "error", look.ErrorText, st.RepoSays
	default:
		found = foundWords(r)
	}
	c.icon.Set(icon, role)
	c.found.SetText(found)
	there := r.Root != "" && st.RepoSays == ""
	c.more.SetText(moreWords(st, there))
	show(c.more, c.more.Text() != "")
	c.trust.SetText(st.Trust.Words())
	show(c.trust, there)
	show(c.enable, there && !r.SpecWeave)
	show(c.open, there)
	c.fit()
}

// chosenFolder is the folder that was chosen: for the open incident, else for
// all that are to come.
func chosenFolder(st session.State) string {
	if st.Chosen != "" && !st.Sample {
		return st.Chosen
	}
	return st.Prefs.Repository
}

// foundWords say what the folder is: "shop, branch main, with changes of its own".
func foundWords(r session.Repo) string {
	says := r.Name
	if r.Branch != "" {
		says += ", branch " + r.Branch
	}
	if r.Dirty {
		says += ", with changes that are not committed"
	}
	if r.SpecWeave {
		says += ", with SpecWeave"
	}
	return says + "."
}

// moreWords say why this folder, and what would be missing.
func moreWords(st session.State, there bool) string {
	if !there {
		return ""
	}
	r := st.Repo
	says := "Files are written below " + r.Root + "."
	if r.Why != "" {
		says += " " + strings.TrimRight(capital(r.Why), ".") + "."
	}
	if r.Warning != "" {
		says += " " + r.Warning
	}
	if !r.SpecWeave {
		says += " SpecWeave is not set up here, so an increment has no number. Enabling it writes .specweave/config.json and nothing else; the post-mortem can be exported all the same."
	}
	if title := st.Incident.Triage.Title.Get(); !st.Sample && st.Incident.Open() && title != "" {
		says = "This is the repository of “" + shortText(title) + "”, and the first choice for the next incident. " + says
	}
	if st.Sample {
		says = "The sample is open: its files go to a repository of its own. " + says
	}
	return says
}
