package view

import (
	"fmt"
	"path"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// exportBar is the foot of the screen: where the document goes, and the way
// there.
type exportBar struct {
	content fyne.CanvasObject
	icon    *kit.Icon
	place   *kit.Text
	says    *kit.Text
	unsaved *kit.Button
	choose  *kit.Button // where there is no repository yet
	preview *kit.Button
	export  *kit.Button
	wrong   string // why the last preview or export did not work
}

func newExportBar(p *postmortem) *exportBar {
	b := &exportBar{
		icon:  kit.NewIcon("branch").Edge(18).In(look.Muted),
		place: kit.NewText("").Bold().Cut(),
		says:  kit.NewCaption("").Wrapped(),
	}
	b.unsaved = kit.NewButton("Save all text", p.saveAll)
	b.choose = kit.NewButton("Choose a repository", func() { p.ask.Run("go.settings") }).Icon("folder")
	b.preview = kit.NewButton("Preview export", p.previewExport).Key("Ctrl+E")
	b.export = kit.NewButton("Export", p.export).Icon("export").Key("Ctrl+Shift+X")
	words := kit.TopRow(look.Space2, b.icon, kit.Grow(kit.Column(0, b.place, b.says)))
	buttons := kit.Wrap(look.Space2, b.unsaved, b.choose, b.preview, b.export)
	b.content = kit.NewResponsive(600,
		kit.Row(look.Space3, kit.Grow(words), kit.Row(look.Space2, b.unsaved, b.choose, b.preview, b.export)),
		kit.Column(look.Space2, words, buttons))
	return b
}

// Show brings the bar in line with a state.
func (b *exportBar) Show(st session.State) {
	place, says, role := repositoryWords(st)
	b.icon.Set("branch", role)
	half := halfTyped(st)
	switch {
	case b.wrong != "":
		b.icon.Set("error", look.ErrorText)
		says, role = b.wrong, look.ErrorText
	case len(half) > 0:
		names := make([]string, len(half))
		for i, s := range half {
			names[i] = s.Name
		}
		says, role = "Only saved text is exported. Not saved yet: "+strings.Join(names, ", ")+".", look.WarningText
	}
	b.place.SetText(place)
	b.says.SetText(says)
	b.says.SetRole(role)
	show(b.unsaved, len(half) > 1)
	kind := kit.Secondary
	if len(half) == 0 && !st.Incident.Open() {
		kind = kit.Primary
	}
	b.export.As(kind)
	off := ""
	if st.Repo.Root == "" {
		off = "Choose a repository first"
	}
	b.export.SetOff(off)
	b.preview.SetOff(off)
	show(b.preview, off == "")
	show(b.choose, off != "")
	b.content.Refresh()
}

// repositoryWords say which repository documents go to, or why to none.
func repositoryWords(st session.State) (place, says string, role fyne.ThemeColorName) {
	r := st.Repo
	if r.Root == "" {
		says = st.RepoSays
		if says == "" {
			says = "Choose one in Settings; documents are written there and nowhere else."
		}
		return "No repository", says, look.WarningText
	}
	place = r.Name
	if r.Branch != "" {
		place += ", branch " + r.Branch
	}
	if r.Dirty {
		place += ", with changes of its own"
	}
	if last, ok := lastExport(st.Incident); ok {
		return place, fmt.Sprintf("Last exported %s: %s", last.At.Full(st.Shown()), path.Join(last.Root, last.Path)), look.Muted
	}
	says = r.Root
	if r.Warning != "" {
		return place, r.Warning, look.WarningText
	}
	return place, says + ". Git is left alone.", look.Muted
}

// lastExport is the newest export of the post-mortem.
func lastExport(in workflow.Incident) (workflow.Export, bool) {
	for i := len(in.Review.Exports) - 1; i >= 0; i-- {
		if x := in.Review.Exports[i]; x.Document == string(session.PostmortemDocument) {
			return x, true
		}
	}
	return workflow.Export{}, false
}
