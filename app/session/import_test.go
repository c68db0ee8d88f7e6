package session_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

const oldChat = "14:10 Release went out\n14:12? errors\nsomebody laughed\n14:40 Rolled back\n# Lessons"

func (s *stand) paste(text string) *session.Import {
	s.t.Helper()
	s.desk.ReadImport(session.Bytes("chat.txt", []byte(text)))
	s.pump()
	require.NotNil(s.t, s.state().Import)
	return s.state().Import
}

func (s *stand) took() error {
	s.t.Helper()
	var answer error
	heard := 0
	s.desk.TakeImport(func(err error) { answer, heard = err, heard+1 })
	s.pump()
	require.Equal(s.t, 1, heard)
	return answer
}

func (s *stand) entries() []string {
	var out []string
	for _, e := range s.state().Incident.Timeline.All() {
		if e.Source.Document != "" {
			out = append(out, e.At.Get().Clock(time.UTC)+" "+e.Text.Get())
		}
	}
	return out
}

func TestADocumentIsReadBesideTheThreadAndNothingOfItIsTakenOver(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	written := len(s.shelf.logs[id])
	s.desk.ReadImport(session.Bytes("chat.txt", []byte(oldChat)))
	assert.True(t, s.state().Import.Busy)
	s.pump()
	i := s.state().Import
	assert.False(t, i.Busy)
	assert.Empty(t, i.Says)
	assert.Len(t, i.Lines, 3)
	assert.Equal(t, []bool{false}, i.Rest)
	assert.Equal(t, []session.SectionPick{{Take: true, To: workflow.LessonsSection}}, i.Sections)
	assert.False(t, i.Past, "a fire burns: it goes into that one")
	assert.Equal(t, "Old outage", i.Title)
	assert.Equal(t, "SEV2", i.Severity)
	assert.Len(t, s.shelf.logs[id], written)
}

func TestWhatIsChosenIsTakenOverAsOneChange(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	before := s.state().Incident.Timeline.Shown()
	s.paste(oldChat)
	s.desk.PickLines(session.PickSure)
	s.desk.PickLine(0, false)
	s.desk.PickRest(0, true)
	s.desk.MarkLine(2, workflow.Mitigated)
	plan := s.state().ImportPlan(s.state().Import.Want())
	assert.Equal(t, "2 entries and 1 section", plan.Words())
	require.NoError(t, s.took())
	assert.Equal(t, []string{"14:40 Rolled back", "??:?? somebody laughed"}, s.entries())
	assert.True(t, s.state().Incident.Reached(workflow.Mitigated))
	assert.Equal(t, "about Lessons", s.state().Incident.SectionText(workflow.LessonsSection))
	assert.Nil(t, s.state().Import, "the document is put away")
	assert.Equal(t, "Imported 2 entries and 1 section from chat.txt. Undo takes it back.", s.state().Strip.Says)

	s.state().Strip.Back()
	s.pump()
	assert.Equal(t, before, s.state().Incident.Timeline.Shown())
	assert.Empty(t, s.entries())
}

func TestAnotherZoneReadsTheDocumentAgainAndKeepsWhatWasChosen(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.paste(oldChat)
	s.desk.PickLine(1, false)
	s.desk.MarkLine(2, workflow.Mitigated)
	s.desk.PickRest(0, true)
	s.desk.PickSection(0, session.SectionPick{Take: true, To: workflow.ImpactSection})
	s.desk.ReadImportAs(workflow.ReadAs{Zone: "CET"})
	assert.True(t, s.state().Import.Busy)
	s.pump()
	i := s.state().Import
	assert.Equal(t, "13:10", i.Reading.Lines[0].At.Clock(time.UTC))
	assert.Equal(t, []session.LinePick{{Take: true}, {}, {Take: true, Milestone: workflow.Mitigated, Chosen: true}}, i.Lines)
	assert.Equal(t, []bool{true}, i.Rest)
	assert.Equal(t, workflow.ImpactSection, i.Sections[0].To)
	reads := len(s.hands.read)
	s.desk.ReadImportAs(workflow.ReadAs{Zone: "CET"})
	assert.Empty(t, s.queue, "the same choice reads nothing again")
	assert.Len(t, s.hands.read, reads)
}

func TestTheNewestChoiceWinsAndALateReadingIsDropped(t *testing.T) {
	s := newStand(t)
	s.paste(oldChat)
	s.desk.ReadImportAs(workflow.ReadAs{Zone: "CET"})
	s.desk.ReadImportAs(workflow.ReadAs{Zone: ""})
	s.pump()
	assert.Equal(t, "14:10", s.state().Import.Reading.Lines[0].At.Clock(time.UTC))

	s.desk.ReadImport(session.Bytes("b.txt", []byte("10:00 b")))
	s.desk.CloseImport()
	s.pump()
	assert.Nil(t, s.state().Import, "it was closed while it was read")
}

func TestAnOldDocumentBecomesAnIncidentOfThePast(t *testing.T) {
	s := newStand(t)
	assert.True(t, s.paste(oldChat).Past, "no fire burns")
	s.desk.ImportInto(true, "The old one", "SEV3")
	require.NoError(t, s.took())
	in := s.state().Incident
	assert.Equal(t, "The old one", in.Triage.Title.Get())
	assert.Equal(t, "SEV3", in.Triage.Severity.Get())
	assert.Equal(t, workflow.Resolved, in.Stage())
	assert.Equal(t, workflow.Resolved, s.state().History[0].Stage)
	assert.Len(t, s.entries(), 3)
	s.desk.Undo(nil)
	s.pump()
	assert.Empty(t, s.entries())
}

func TestAnImportThatIsRefusedStaysOnTheDesk(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.paste(oldChat)
	s.desk.PickLines(session.PickNone)
	s.desk.PickSection(0, session.SectionPick{})
	var rule *workflow.RuleError
	require.ErrorAs(t, s.took(), &rule)
	assert.Equal(t, "import.nothing", rule.Code)
	assert.NotNil(t, s.state().Import)

	s.desk.PickLines(session.PickAll)
	s.shelf.fail = errDisk
	s.desk.TakeImport(nil)
	s.pump()
	assert.NotNil(t, s.state().Import, "the disk failed: it is still there to try again")
}

func TestADocumentThatCannotBeReadSaysWhy(t *testing.T) {
	s := newStand(t)
	dir := t.TempDir()
	for name, one := range map[string]struct {
		in   session.Incoming
		says string
	}{
		"a folder":         {session.DocumentAt(dir), "is a folder. Nothing was changed. Choose the documents"},
		"nothing there":    {session.DocumentAt(filepath.Join(dir, "x.md")), "cannot be read: no such file"},
		"a picture":        {session.Bytes("a.png", []byte("\x89PNG\x00\x00")), "a.png is no text"},
		"a PDF":            {session.Bytes("a.pdf", []byte("%PDF-1.7 x")), "a.pdf is a PDF"},
		"an archive":       {session.Bytes("a.docx", []byte("PK\x03\x04x")), "an archive or an office file"},
		"an empty file":    {session.Bytes("a.md", []byte(" \n")), "a.md is empty"},
		"a far too large":  {session.Bytes("a.md", make([]byte, session.PaperLimit+1)), "has more than 16"},
		"one that breaks":  {session.Incoming{Name: "a.md", Open: func() (io.ReadCloser, error) { return io.NopCloser(broken{}), nil }}, "a.md cannot be read: the cable"},
		"one from nowhere": {session.Incoming{Name: "a.md", Open: func() (io.ReadCloser, error) { return nil, errDisk }}, errDisk.Error()},
	} {
		s.desk.ReadImport(one.in)
		s.pump()
		assert.Contains(t, s.state().Import.Says, one.says, name)
		assert.False(t, s.state().Import.Busy, name)
		assert.Error(t, s.took(), name)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) {
	return 0, &os.PathError{Op: "read", Path: "a.md", Err: errCable}
}

type cable string

func (c cable) Error() string { return string(c) }

const errCable = cable("the cable is out")

func TestTextOfOtherProgramsIsReadAsText(t *testing.T) {
	for name, content := range map[string]string{
		"UTF-8":                    "14:10 für",
		"UTF-16, little end first": "\xff\xfe1\x004\x00:\x001\x000\x00 \x00f\x00\xfc\x00r\x00",
		"UTF-16, big end first":    "\xfe\xff\x001\x004\x00:\x001\x000\x00 \x00f\x00\xfc\x00r",
	} {
		paper, err := session.ReadPaper(session.Bytes("a", []byte(content)))
		require.NoError(t, err, name)
		assert.Equal(t, "14:10 für", string(paper.Text), name)
		assert.Empty(t, paper.Note, name)
	}
	paper, err := session.ReadPaper(session.Bytes("a", []byte("14:10 f\xfcr")))
	require.NoError(t, err)
	assert.Equal(t, "14:10 f\uFFFDr", string(paper.Text))
	assert.Contains(t, paper.Note, "Save the document as UTF-8")

	s := newStand(t)
	assert.Equal(t, []string{paper.Note}, s.paste("14:10 f\xfcr").Reading.Notes)
}

func TestAZoneOrADayThatIsNoneIsRefusedBeforeAnythingIsRead(t *testing.T) {
	for _, zone := range []string{"", "UTC", "CET", "pst", "+01:00", "-8", "UTC+2", "Europe/Berlin"} {
		assert.NoError(t, session.CheckReadAs(workflow.ReadAs{Zone: zone}), zone)
	}
	for zone, says := range map[string]string{"IST": "India Standard Time", "Mars/Phobos": "Europe/Berlin", "soon": "is no zone", "15:00": "is no zone", "-15:00": "is no zone", "+99": "is no zone"} {
		assert.ErrorContains(t, session.CheckReadAs(workflow.ReadAs{Zone: zone}), says, zone)
	}
	assert.NoError(t, session.CheckReadAs(workflow.ReadAs{Day: "2024-11-25"}))
	assert.ErrorContains(t, session.CheckReadAs(workflow.ReadAs{Day: "25.11.2024"}), "as 2024-11-25")
}

func TestALongChatIsTakenOverWhole(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.paste(strings.Repeat("14:10 x\n14:11 y\n", 5_000))
	require.NoError(t, s.took())
	assert.Len(t, s.entries(), 10_000)
}
