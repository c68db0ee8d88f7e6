package view

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// composerDraft is the draft of the half-typed note.
const composerDraft = "composer"

// composer is in reach on every screen: key, text, Enter. The note's time is
// that of its first key; "@14:29 " or "@-5m " at the start says another one.
type composer struct {
	ask     *Shell
	content fyne.CanvasObject
	clock   *kit.Text
	field   *kit.Field
	kind    *kit.Choice
	files   *composerFiles
	state   session.State
	showing bool
}

func newComposer(s *Shell) *composer {
	c := &composer{ask: s, clock: kit.NewText(""), field: kit.NewField("")}
	var kinds []kit.Option
	for _, k := range workflow.EntryKinds() {
		kinds = append(kinds, kit.Option{ID: string(k), Word: capital(string(k))})
	}
	c.kind = kit.NewChoice("", kinds, nil)
	c.kind.Choose(string(workflow.NoteEntry))
	c.field.OnChanged = c.typed
	c.field.OnSubmit = func(string) { c.submit() }
	c.field.OnBigPaste = c.bigPaste
	c.field.OnPaste = c.pasted
	c.field.OnEscape = func() bool { s.escape(); return true }
	c.files = newComposerFiles(s)
	attach := kit.NewQuiet("Attach", func() { s.Run("incident.attach") }).Icon("attach")
	c.content = kit.NewGround(look.Panel, kit.Inset(look.Space4, look.Space2, kit.Column(look.Space2,
		kit.Row(look.Space3, c.clock, kit.Grow(c.field), attach, c.kind), c.files.content)))
	return c
}

// Focus puts the caret into the field.
func (c *composer) Focus() { c.field.Focus() }

// Show brings the composer in line with a state; a half-typed note comes back.
func (c *composer) Show(st session.State) {
	c.state = st
	if d, ok := st.Drafts[composerDraft]; ok && !c.field.Focused() && c.field.Text() != d.Text {
		c.set(d.Text)
	} else if !ok && !c.field.Focused() && c.field.Text() != "" {
		c.set("")
	}
	hint := "Note, then Enter. @-5m sets the time."
	if !st.Incident.Declared() {
		hint = "Declare an incident first; then notes go here."
	}
	c.field.Placeholder(hint)
	if c.files.Show(st) {
		c.content.Refresh()
		c.ask.composerGrew()
	}
	c.showClock()
}

func (c *composer) set(text string) {
	c.showing = true
	if c.field.Text() != text {
		c.field.SetText(text)
		c.field.CursorToEnd() // half a note is written on, not in front of
	}
	c.showing = false
}

// showClock shows the time that the note would get.
func (c *composer) showClock() {
	at := c.state.Now
	if began := noteBegan(c.state); !began.IsZero() {
		at = began
	}
	stamp := workflow.StampAt(at, c.state.Shown())
	text := stamp.ClockSeconds(c.state.Shown())
	if c.state.Shown() == time.UTC {
		text += "Z"
	}
	if said, rest, err := c.split(c.field.Text()); err == nil && said.Typed != "" && rest != "" {
		text = clockOf(said, c.state)
	}
	wider := len(text) != len(c.clock.Text())
	c.clock.SetText(text)
	if wider {
		c.content.Refresh()
	}
}

func (c *composer) typed(text string) {
	c.field.SetError("")
	if c.showing {
		return
	}
	c.ask.Draft(composerDraft, text)
	c.state.Drafts = c.ask.State().Drafts
	c.showClock()
}

// bigPaste keeps a paste that no field can edit: it stays whole, read only,
// and becomes one block of the timeline.
func (c *composer) bigPaste(text string) {
	whole := c.field.Text() + text
	c.ask.Draft(composerDraft, whole)
	c.set(whole)
	c.field.SetHelp(fmt.Sprintf("%d KB pasted and kept whole. It is too long to edit here: Enter adds it to the timeline as one block.", len(whole)>>10))
}

// split takes a leading "@time" off a note.
func (c *composer) split(text string) (workflow.Stamp, string, error) {
	trimmed := strings.TrimSpace(text)
	if !strings.HasPrefix(trimmed, "@") {
		return workflow.Stamp{}, trimmed, nil
	}
	words := strings.Fields(trimmed[1:])
	var refused error
	for n := min(len(words), 4); n > 0; n-- { // "@yesterday 23:50 text", "@2:32 PM PST text"
		at, err := workflow.ParseStamp(strings.Join(words[:n], " "), workflow.StampRef{Now: c.state.Now, Zone: c.state.Shown()})
		if err == nil {
			return at, strings.Join(words[n:], " "), nil
		}
		refused = err
	}
	if refused == nil {
		return workflow.Stamp{}, trimmed, nil
	}
	return workflow.Stamp{}, trimmed, refused
}

func (c *composer) submit() {
	at, text, err := c.split(c.field.Text())
	if err != nil {
		c.field.SetError(err.Error())
		return
	}
	if at == (workflow.Stamp{}) {
		if began := noteBegan(c.ask.State()); !began.IsZero() {
			at = workflow.StampAt(began, c.state.Shown())
		}
	}
	sent, files := c.field.Text(), c.ask.State().NoteFiles()
	note := workflow.Note{Kind: workflow.EntryKind(c.kind.Chosen()), Text: text, At: at, Files: files}
	c.ask.Do(note, func(err error) {
		if err != nil {
			c.refuse(err)
			return
		}
		c.takeOut(sent)
		c.ask.TakeOffNote(files...) // one that came meanwhile goes with the next note
		c.field.SetHelp("")
		c.kind.Choose(string(workflow.NoteEntry))
	}, composerDraft, session.NoteFiles)
}

// noteBegan is when the note was begun: with its first key, or its first file.
func noteBegan(st session.State) time.Time {
	text, files := st.Drafts[composerDraft].Started, st.Drafts[session.NoteFiles].Started
	if text.IsZero() || !files.IsZero() && files.Before(text) {
		return files
	}
	return text
}

// pasted offers to attach files whose paths were pasted, and asks for the image
// where the clipboard holds no text.
func (c *composer) pasted(text string) {
	if text == "" {
		c.ask.pasteTo(attachTarget{}.note())
		return
	}
	c.ask.Offer(text, func() {
		if rest, behind := strings.CutSuffix(c.field.Text(), strings.TrimRight(text, "\n")); behind {
			c.field.SetText(rest)
		}
	})
}

// takeOut empties the field of what is on the disk now. What was typed behind
// it, while the disk took its time, stays and becomes the next note.
func (c *composer) takeOut(sent string) {
	rest, behind := strings.CutPrefix(c.field.Text(), sent)
	if !behind {
		return // another text stands there, and is a draft of its own
	}
	rest = strings.TrimLeft(rest, " ")
	c.set(rest)
	c.ask.Draft(composerDraft, "")
	c.ask.Draft(composerDraft, rest) // its time is not that of the first note's first key
	c.state.Drafts = c.ask.State().Drafts
}

func (c *composer) refuse(err error) {
	var rule *workflow.RuleError
	if errors.As(err, &rule) {
		c.field.SetError(rule.Says)
		return
	}
	c.field.SetError(notSavedHere)
}

// notSavedHere stands under the note when the disk refused it. The message above
// says why, at length: twice there would be no room for the note.
const notSavedHere = "Not saved. Your words are kept here; the message above says why."
