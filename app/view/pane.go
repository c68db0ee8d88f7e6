package view

import (
	"image"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

// Screen names one of the six screens.
type Screen string

// The screens, in the order of the rail.
const (
	TriageScreen     Screen = "triage"
	BoardScreen      Screen = "board"
	TimelineScreen   Screen = "timeline"
	PostmortemScreen Screen = "post-mortem"
	HistoryScreen    Screen = "history"
	SettingsScreen   Screen = "settings"
)

// Screens lists the screens in the order of the rail.
func Screens() []Screen {
	return []Screen{TriageScreen, BoardScreen, TimelineScreen, PostmortemScreen, HistoryScreen, SettingsScreen}
}

// Pane is one screen.
type Pane interface {
	// Content is what the pane shows; it is built once.
	Content() fyne.CanvasObject
	// Show brings the widgets in line with a state. It never moves the focus
	// and never changes a text that somebody is typing.
	Show(session.State)
	// Enter gives the focus to where the hand wants to be.
	Enter()
	// Main does the pane's main action (Ctrl+Enter); false when it has none now.
	Main() bool
}

// Leaver is a pane with something in its place that Escape leaves; false when
// there is nothing to leave.
type Leaver interface{ Leave() bool }

// Finder is a pane that can be searched with Ctrl+F.
type Finder interface{ Find() }

// Asker is everything that a pane can do to the world. Answers come back on
// the UI thread; a refusal is a *workflow.RuleError whose Field names the input
// that it belongs under.
type Asker interface {
	// Do asks for a change. The fields are the drafts that it was typed in:
	// they are dropped in the same commit.
	Do(want workflow.Intent, done func(error), fields ...string)
	// DoAndOffer is Do with a strip that says what was done and offers Undo.
	DoAndOffer(want workflow.Intent, says string, done func(error), fields ...string)
	// Draft keeps half-typed text of a field. Fields of no incident start with
	// "app.".
	Draft(field, text string)
	// DraftLater is Draft for a long text: read is asked when it is saved.
	DraftLater(field string, read func() string)

	OpenIncident(id workflow.IncidentID, done func(error))
	Search(query string, limit int, done func([]session.Hit, error))
	SetPrefs(to session.Prefs, says string)
	// ChooseRepository chooses the folder whose repository the open incident is
	// fixed in, and which new ones begin with.
	ChooseRepository(folder, says string)

	CreateIncrement(done func(error))
	PreviewExport(done func(error), docs ...session.Document)
	Export(accept []string, done func(error), docs ...session.Document)
	ClosePreview()
	// FindLeaks looks for what the incident would give away; the state has it
	// afterwards.
	FindLeaks(done func(error))
	// ExportAnyway is Export with secrets in it on which nobody has decided.
	ExportAnyway(accept []string, why string, done func(error), docs ...session.Document)
	// Outgoing gives the incident as it may leave, with what was to be redacted
	// taken out: for all that is copied or saved.
	Outgoing(then func(workflow.Incident, error))
	// PreviewCommit shows what a commit of the exported files would be; Commit
	// makes the one that is shown, under a message, and CloseCommit puts it away.
	PreviewCommit(message string, done func(error))
	Commit(message string, done func(error))
	CloseCommit()
	// EnableSpecWeave makes the chosen repository a SpecWeave project.
	EnableSpecWeave(done func(error))
	// WeaveIncrement looks at the increment's files now and brings both sides
	// in step.
	WeaveIncrement(done func(error))
	// Settle answers a question between the incident and its increment, about
	// the two texts as they were shown.
	Settle(q workflow.Difference, keep workflow.Keep, done func(error))
	// Increments lists the increments of the repository.
	Increments(done func([]session.Listed, error))
	// LinkIncrement ties the incident to an increment that is there already.
	LinkIncrement(id string, done func(error))
	// CompleteIncrement runs SpecWeave's own command for closing the increment.
	CompleteIncrement(done func(error))

	// OfferFiles looks whether a pasted text names files, and offers to attach
	// them to what is written instead; take is called before that.
	OfferFiles(pasted string, take func())
	// Detach takes a file off an entry; the strip offers to take that back.
	Detach(entry workflow.EventID, file workflow.Attachment, done func(error))
	// Thumbnail answers a small picture of an attached image, or why not.
	Thumbnail(a workflow.Attachment, done func(image.Image, error))
	// OpenAttachment shows an attachment in its own program.
	OpenAttachment(a workflow.Attachment)
	// SaveAttachmentAs asks where a copy of an attachment goes.
	SaveAttachmentAs(a workflow.Attachment)

	// RunTests runs a test command for the fix, and records how it ended.
	RunTests(want session.TestsWanted, done func(error))
	// Trusted says whether a command of the playbook may run on this machine.
	Trusted(workflow.PlaybookCommand) bool

	// CancelBackup gives up the backup that is under way.
	CancelBackup()

	// Run runs a command of the table by its id, as its key would.
	Run(command string)
	// Copy puts text on the clipboard, and says so.
	Copy(text, says string)
	// OpenPath shows a file or folder of this machine in its own program.
	OpenPath(path string)
	// OpenAddress shows an http, https or mailto address in its own program. The
	// person has seen the whole of it before.
	OpenAddress(address string)
	// Layer shows a sheet over the screen.
	Layer(l Sheet)
	// CloseSheet closes it again.
	CloseSheet(id string)
}

// Sheet is a layer that a pane asks for.
type Sheet struct {
	ID    string
	Title string
	Body  fyne.CanvasObject
	First fyne.Focusable
	Width float32
	Side  bool // down the right side instead of in the middle

	Actions []*kit.Button // at the bottom, the main one first
	Default *kit.Button   // pressed by Ctrl+Enter
	// Follow brings the sheet in line with each state while it is open.
	Follow func(session.State)
}
