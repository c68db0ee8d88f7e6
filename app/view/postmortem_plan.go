package view

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// planView is the export preview, in place of the editor: which files, what
// happens to each, and the difference. After the export it says what was done.
type planView struct {
	content fyne.CanvasObject
	ask     Asker
	plan    *session.Plan
	rev     workflow.Revision // of the incident that the plan was made from
	accept  []string          // files of somebody else that may be overwritten
	file    string            // the file whose difference is shown

	title    *kit.Text
	says     *kit.Text
	empty    *planNote
	stale    *planNote
	wrong    *planNote // why the export did not work
	leaks    *planNote // what would leave that perhaps should not
	judge    *kit.Button
	again    *kit.Button
	rows     *kit.Rows
	steps    map[string]session.PlanStep
	choice   *kit.Choice // the files, in a narrow window
	name     *kit.Text
	copies   *kit.Button
	conflict *conflictPanel
	diff     *diffView
	nothing  *kit.Text
	write    *kit.Button
	close    *kit.Button
	open     *kit.Button
	look     *kit.Button // at the printable page
	commits  *kit.Button
	page     *kit.Check // also as a printable page
	paper    *fyne.Container
	commit   *commitView
	fit      func()
}

func newPlanView(ask Asker, export func(accept []string), again func(), page func(on bool)) *planView {
	v := &planView{
		ask: ask, fit: func() {}, steps: map[string]session.PlanStep{}, diff: newDiffView(),
		title: kit.NewSubheading("").Cut(), says: kit.NewCaption("").Wrapped(),
		empty: newPlanNote("info", look.Primary), stale: newPlanNote("warning", look.WarningText),
		wrong: newPlanNote("error", look.ErrorText),
		name:  kit.NewMono("").Cut(), nothing: kit.NewCaption("").Wrapped(),
	}
	v.conflict = newConflictPanel(v.overwrite, v.keep, v.showText)
	v.leaks = newPlanNote("lock", look.WarningText)
	v.judge = kit.NewButton("Look at the findings", func() { ask.Run("incident.leaks") }).Key("Ctrl+Shift+L").Small()
	v.again = kit.NewQuiet("Preview again", again).Icon("redo").Small()
	v.write = kit.NewPrimary("Export", func() { export(v.accept) }).Icon("export").Key("Ctrl+Enter")
	v.close = kit.NewButton("Back to writing", ask.ClosePreview).Key("Esc")
	v.open = kit.NewButton("Open folder", v.openFolder).Icon("folder")
	v.look = kit.NewButton("Open the page", v.openPage).Icon("show")
	v.commits = kit.NewButton("Commit these files", v.previewCommit).Icon("save")
	v.page = kit.NewCheck("Also as a printable page", page)
	v.commit = newCommitView(ask, func() { kit.Focus(v.commits) })
	v.diff.escape = ask.ClosePreview
	v.rows = kit.NewRows(newPlanRow, v.drawRow)
	v.rows.OnSelect = v.choose
	v.rows.OnKey = v.diff.rows.OnKey
	v.copies = kit.NewQuiet("Copy path", func() { ask.Copy(path.Join(v.plan.Root, v.file), "The path is copied.") }).Icon("copy").Small()
	v.choice = kit.NewChoice("", nil, v.choose)
	v.content = v.arrange()
	return v
}

func (v *planView) arrange() fyne.CanvasObject {
	head := kit.Column(look.Space1, kit.Row(look.Space2, kit.Grow(v.title), v.again), v.says, v.page, v.stale.box, kit.Row(look.Space2, kit.Grow(v.leaks.box), v.judge), v.empty.box)
	one := kit.Column(look.Space2, kit.Row(look.Space2, kit.Grow(v.name), v.copies), v.conflict.panel, v.nothing, kit.Grow(v.diff.rows))
	buttons := kit.Wrap(look.Space2, v.write, v.look, v.commits, v.open, v.close)
	v.wrong.box.Hide()
	wide := kit.FullRow(look.Space4, kit.Fixed(320, v.rows), kit.Grow(one))
	narrow := kit.Column(look.Space2, v.choice, kit.Grow(one))
	files := kit.NewResponsive(900, wide, narrow)
	page := kit.NewScroller(kit.Column(look.Space3, head, kit.Grow(files)))
	v.paper = kit.Grow(kit.Column(look.Space2, kit.Grow(page), v.wrong.box, buttons))
	v.commit.place = kit.Grow(v.commit.content)
	v.commit.place.Hide()
	return kit.Column(0, v.paper, v.commit.place)
}

// Show shows a plan. A new one begins at the first file that asks for something.
func (v *planView) Show(st session.State) {
	rev := st.Incident.Revision()
	if st.Plan != v.plan {
		v.take(st.Plan, rev)
	}
	v.page.Set(st.Prefs.Page)
	v.commit.Show(st)
	if turned := v.paper.Visible() != (st.Commit == nil); turned {
		show(v.paper, st.Commit == nil)
		show(v.commit.place, st.Commit != nil)
		v.content.Refresh()
	}
	show(v.stale.box, !v.plan.Written && rev != v.rev)
	some := !v.plan.Written && st.Leaks.Looked && len(st.Leaks.List) > 0
	v.leaks.text.SetText(leaksWords(st.Leaks.List))
	show(v.leaks.box, some)
	show(v.judge, some)
	show(v.again, !v.plan.Written)
	v.stale.text.SetText("The incident has changed since this preview. The export writes what holds now; preview it again to see it.")
}

func (v *planView) take(plan *session.Plan, rev workflow.Revision) {
	v.plan, v.rev, v.accept = plan, rev, nil
	v.steps = map[string]session.PlanStep{}
	items := make([]kit.Item, len(plan.Steps))
	first := ""
	for i, s := range plan.Steps {
		items[i] = kit.Item{ID: s.Path}
		v.steps[s.Path] = s
		if first == "" || s.What == "changed" && v.steps[first].What != "changed" {
			first = s.Path
		}
	}
	if _, still := v.steps[v.file]; still && v.steps[first].What != "changed" {
		first = v.file
	}
	v.rows.SetItems(items)
	v.file = first
	v.rows.Select(first)
	v.changed()
}

// words says what the plan comes to.
func (v *planView) words() {
	touched, same, kept := v.counts()
	v.title.SetText("What the export will do")
	v.says.SetText(fmt.Sprintf("In %s: %s. Nothing is written yet, and git is left alone.", v.plan.Root, sayCounts(touched, same, kept, "to write", "kept")))
	if v.plan.Written {
		v.title.SetText("Exported")
		v.says.SetText(fmt.Sprintf("In %s: %s.", v.plan.Root, sayCounts(touched, same, kept, "written", "kept")))
	}
	v.write.SetWord(fmt.Sprintf("Export %s", files(touched)))
	show(v.write, !v.plan.Written && touched > 0)
	show(v.open, v.plan.Written)
	show(v.look, v.plan.Written && v.pagePath() != "")
	show(v.commits, v.plan.Written && kept < len(v.plan.Steps))
	show(v.page, !v.plan.Written)
	v.empty.text.SetText(planGaps(*v.plan))
	show(v.empty.box, v.empty.text.Text() != "")
	v.fit()
}

// planGaps says what the documents lack, and what stands between the incident and
// its increment. It stops nothing.
func planGaps(p session.Plan) string {
	var gaps []string
	if len(p.Empty) > 0 {
		gaps = append(gaps, "Still empty: "+strings.Join(p.Empty, ", ")+". That stops nothing; the document says so in its place.")
	}
	if len(p.Lost) > 0 {
		gaps = append(gaps, "Missing or damaged, so not written: "+strings.Join(p.Lost, ", ")+". The document says so in their place; a backup may have them.")
	}
	return strings.Join(append(gaps, p.Says...), " ")
}

func (v *planView) counts() (touched, same, kept int) {
	for _, s := range v.plan.Steps {
		switch {
		case s.What == "same":
			same++
		case v.keeps(s):
			kept++
		default:
			touched++
		}
	}
	return touched, same, kept
}

// keeps says whether a file is left alone because somebody changed it.
func (v *planView) keeps(s session.PlanStep) bool {
	if v.plan.Written {
		return s.Kept
	}
	return s.Kept || s.What == "changed" && !slices.Contains(v.accept, s.Path)
}

func files(n int) string {
	if n == 1 {
		return "1 file"
	}
	return fmt.Sprintf("%d files", n)
}

func sayCounts(touched, same, kept int, written, left string) string {
	parts := []string{files(touched) + " " + written}
	if same > 0 {
		parts = append(parts, fmt.Sprintf("%d the same already", same))
	}
	if kept > 0 {
		parts = append(parts, fmt.Sprintf("%d changed by somebody else and %s", kept, left))
	}
	return strings.Join(parts, ", ")
}

func (v *planView) choose(file string) {
	v.file = file
	v.rows.Select(file)
	v.choice.Choose(file)
	v.showFile()
	v.fit()
}

// showFile shows the difference of the chosen file.
func (v *planView) showFile() {
	s := v.steps[v.file]
	v.name.SetText(s.Path)
	v.conflict.Show(s.What == "changed", v.plan.Written, !v.keeps(s), s.Ours != "")
	v.showText()
	switch {
	case s.Diff != "":
		v.nothing.SetText("")
	case s.Binary && s.What != "same":
		v.nothing.SetText(binaryWords(s))
	case s.What == "same":
		v.nothing.SetText("This file says the same already. It is not touched.")
	default:
		v.nothing.SetText("There is no difference to show.")
	}
	show(v.nothing, v.nothing.Text() != "")
	show(v.diff.rows, s.Diff != "")
}

// binaryWords says what happens to a file that has no lines to compare.
func binaryWords(s session.PlanStep) string {
	size := workflow.SizeWords(s.Bytes)
	switch s.What {
	case "create":
		return "New file, " + size + ". The post-mortem links to it."
	case "changed":
		return "Somebody changed this file. The attachment has " + size + "."
	default:
		return "New content, " + size + "."
	}
}

func (v *planView) changed() {
	v.rows.Update(v.file)
	options := make([]kit.Option, len(v.plan.Steps))
	for i, s := range v.plan.Steps {
		_, _, word := v.fate(s)
		options[i] = kit.Option{ID: s.Path, Word: word + ": " + path.Base(s.Path)}
	}
	v.choice.SetOptions(options)
	v.choice.Choose(v.file)
	v.showFile()
	v.words()
}

func (v *planView) openFolder() {
	folder := v.plan.Root
	if s, ok := v.steps[v.file]; ok {
		folder = path.Join(folder, path.Dir(s.Path))
	}
	v.ask.OpenPath(folder)
}

// refused says why an export did not work; an empty text takes it away.
func (v *planView) refused(says string) {
	v.wrong.text.SetText(says)
	show(v.wrong.box, says != "")
}

// Focus puts the focus where the next key is wanted.
func (v *planView) Focus() {
	switch {
	case v.commit.shown != nil:
		v.commit.Focus()
	case v.write.Visible():
		kit.Focus(v.write)
	default:
		kit.Focus(v.close)
	}
}
