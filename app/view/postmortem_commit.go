package view

import (
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// commitDraft is the field that a half-typed message is kept under.
const commitDraft = "postmortem.commit"

// commitView shows a commit of what was exported before it is made, in full: on
// which branch, by whom, which files, every line. Afterwards it says what git
// made of it.
type commitView struct {
	content fyne.CanvasObject
	place   *fyne.Container // in the plan
	ask     Asker
	left    func() // gives the focus back
	shown   *session.Commit

	title   *kit.Text
	says    *kit.Text
	message *kit.Field
	notes   *planNote
	wrong   *planNote
	diff    *diffView
	commit  *kit.Button
	back    *kit.Button
}

func newCommitView(ask Asker, left func()) *commitView {
	v := &commitView{
		ask: ask, left: left, title: kit.NewSubheading("").Cut(), says: kit.NewCaption("").Wrapped(), message: kit.NewLongField("Message of the commit", 2, 4),
		notes: newPlanNote("info", look.Primary), wrong: newPlanNote("error", look.ErrorText), diff: newDiffView(),
	}
	v.message.OnChanged = v.typed
	v.message.OnSubmit = func(string) { v.make() }
	v.message.OnEscape = func() bool { v.leave(); return true }
	v.commit = kit.NewPrimary("Commit", func() { v.make() }).Icon("save").Key("Ctrl+Enter")
	v.back = kit.NewButton("Back to the files", v.leave).Key("Esc")
	v.diff.escape = v.leave
	v.wrong.box.Hide()
	head := kit.Column(look.Space1, v.title, v.says, v.notes.box)
	page := kit.NewScroller(kit.Column(look.Space3, head, v.message, kit.Grow(v.diff.rows)))
	v.content = kit.Column(look.Space2, kit.Grow(page), v.wrong.box, kit.Wrap(look.Space2, v.commit, v.back))
	return v
}

// Show shows a commit. A message that is being typed stays.
func (v *commitView) Show(st session.State) {
	c := st.Commit
	if c == v.shown {
		return
	}
	v.shown = c
	if c == nil {
		return
	}
	v.refused("")
	message := c.Message
	if draft, typed := st.Drafts[commitDraft]; typed && !c.Made() {
		message = draft.Text
	}
	v.message.SetText(message)
	v.title.SetText("What the commit will hold")
	v.says.SetText(commitWords(*c) + " What else is changed or staged stays as it is, and nothing is pushed.")
	if c.Made() {
		v.title.SetText("Committed")
		v.says.SetText(commitWords(*c) + " Nothing was pushed.")
	}
	v.notes.text.SetText(strings.Join(c.Says, " "))
	show(v.notes.box, len(c.Says) > 0)
	show(v.message, !c.Made())
	show(v.commit, !c.Made())
	v.diff.Show(c.Diff)
}

// typed keeps a message of the person's own; the proposed one needs no keeping.
func (v *commitView) typed(text string) {
	if v.shown == nil || v.shown.Made() {
		return
	}
	if text == v.shown.Message {
		text = ""
	}
	v.ask.Draft(commitDraft, text)
}

// commitWords says what a commit is in one or two sentences.
func commitWords(c session.Commit) string {
	where := " on no branch"
	if c.Branch != "" {
		where = " on branch " + c.Branch
	}
	if c.Made() {
		where += " as " + c.ID[:min(len(c.ID), 8)]
	}
	return files(len(c.Files)) + where + ", by " + c.Author + "."
}

// make makes the commit; false when it is made already.
func (v *commitView) make() bool {
	if !v.commit.Visible() {
		return false
	}
	v.ask.Commit(strings.TrimSpace(v.message.Text()), v.heard)
	return true
}

func (v *commitView) heard(err error) {
	if err != nil {
		v.refused(err.Error())
		return
	}
	v.ask.Draft(commitDraft, "")
	kit.Focus(v.back)
}

func (v *commitView) leave() {
	v.ask.CloseCommit()
	v.left()
}

func (v *commitView) refused(says string) {
	v.wrong.text.SetText(says)
	show(v.wrong.box, says != "")
	v.content.Refresh()
}

// Focus goes to the message, whose Ctrl+Enter commits.
func (v *commitView) Focus() {
	if v.message.Visible() {
		v.message.Focus()
		return
	}
	kit.Focus(v.back)
}
