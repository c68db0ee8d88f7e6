package session_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
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

// box keeps files in memory.
type box struct {
	content map[string]string
	full    error
}

func (b *box) Put(ctx context.Context, name string, from io.Reader) (workflow.Attachment, error) {
	content, err := io.ReadAll(from)
	if err = errors.Join(err, b.full, ctx.Err()); err != nil {
		return workflow.Attachment{}, err
	}
	sum := sha256.Sum256(content)
	sha := hex.EncodeToString(sum[:])
	b.content[sha] = string(content)
	return workflow.Attachment{Name: name, SHA256: sha, Bytes: int64(len(content))}, nil
}

func (b *box) Read(_ context.Context, sha string) ([]byte, error) {
	content, ok := b.content[sha]
	if !ok {
		return nil, errors.New("it is missing")
	}
	return []byte(content), nil
}

func (b *box) CopyTo(_ context.Context, sha, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	return os.WriteFile(path, []byte(b.content[sha]), 0o600)
}

func (m *memory) Files() session.Files {
	if m.files == nil {
		return nil
	}
	return m.files
}

// boxStand is a stand whose shelf keeps files, with an incident open.
func boxStand(t *testing.T) *stand {
	t.Helper()
	s := newStand(t)
	s.shelf.files = &box{content: map[string]string{}}
	s.declare("Checkout fails")
	return s
}

func text(name, content string) session.Incoming { return session.Bytes(name, []byte(content)) }

// attach attaches files and answers what the desk said.
func (s *stand) attach(entry workflow.EventID, files ...session.Incoming) (said error) {
	said = errors.New("nobody answered")
	s.desk.Attach(entry, files, func(err error) { said = err })
	s.pump()
	return said
}

func noteNames(st session.State) string { return workflow.NamesOf(st.NoteFiles()) }

func TestAFileDroppedOnTheNoteIsThereAfterAKillAndGoesWithTheNote(t *testing.T) {
	s := boxStand(t)
	require.NoError(t, s.attach("", text("graph.png", "png"), text("trace.txt", "trace")))
	require.NoError(t, s.attach("", text("graph.png", "png")))
	assert.Equal(t, "graph.png, trace.txt", noteNames(s.state()), "the same file is there once")

	s = s.restart()
	s.pump()
	assert.Equal(t, "graph.png, trace.txt", noteNames(s.state()))
	files := s.state().NoteFiles()
	s.do(workflow.Note{Text: "error rate", Files: files}, session.NoteFiles)
	assert.Empty(t, s.state().NoteFiles())
	assert.Equal(t, "graph.png, trace.txt", attachedNames(s.state().Incident))
	assert.Empty(t, s.restart().state().NoteFiles())
}

func attachedNames(in workflow.Incident) string {
	var all []workflow.Attachment
	for _, f := range in.Attachments() {
		all = append(all, f.Attachment)
	}
	return workflow.NamesOf(all)
}

func TestAFileCanBeTakenOffTheNote(t *testing.T) {
	s := boxStand(t)
	require.NoError(t, s.attach("", text("a", "1"), text("b", "2")))
	s.desk.TakeOffNote(s.state().NoteFiles()[0])
	assert.Equal(t, "b", noteNames(s.state()))
	s.desk.TakeOffNote(s.state().NoteFiles()...)
	assert.Empty(t, s.state().NoteFiles())
	assert.Empty(t, s.state().Drafts)
}

func TestAFileIsAttachedToAnEntryAndTakenOffAgain(t *testing.T) {
	s := boxStand(t)
	s.do(workflow.Note{Text: "error rate"})
	entries := s.state().Incident.Timeline.All()
	id := entries[len(entries)-1].ID
	require.NoError(t, s.attach(id, text("graph.png", "png")))
	assert.Equal(t, "graph.png attached.", s.state().Strip.Says)
	assert.Equal(t, "graph.png", attachedNames(s.state().Incident))

	s.state().Strip.Back()
	s.pump()
	assert.Empty(t, attachedNames(s.state().Incident))
	s.desk.Redo(nil)
	s.pump()
	s.desk.Detach(id, s.state().Incident.Attachments()[0].Attachment, nil)
	s.pump()
	assert.Empty(t, attachedNames(s.state().Incident))
	assert.Contains(t, s.state().Strip.Says, "The file is kept.")
	assert.Len(t, s.shelf.files.content, 1)
	assert.ErrorContains(t, s.attach("gone", text("x", "x")), "not in this incident's timeline")
}

func TestWhatCannotBeStoredIsSaidAndTheRestIsAttached(t *testing.T) {
	s := boxStand(t)
	folder := t.TempDir()
	err := s.attach("", session.FileAt(folder), text("b", "2"), session.FileAt(filepath.Join(folder, "none")))
	assert.ErrorContains(t, err, "is a folder")
	assert.Equal(t, "b", noteNames(s.state()))
	assert.ErrorContains(t, s.attach("", session.FileAt(filepath.Join(folder, "none"))), "Check its name")
	assert.ErrorContains(t, s.attach(""), "no file")
	s.shelf.files.full = errors.New("the disk is full")
	assert.ErrorContains(t, s.attach("", text("c", "3")), "the disk is full")
	s.shelf.files = nil
	assert.ErrorContains(t, s.attach("", text("c", "3")), "cannot be kept here")
	assert.Equal(t, "b", noteNames(s.state()), "what was there is there")

	none := newStand(t)
	assert.ErrorContains(t, none.attach("", text("c", "3")), "Declare an incident first")
}

func TestAFileGoesWhereItWasDroppedAlthoughAnotherIncidentIsOpenByNow(t *testing.T) {
	s := boxStand(t)
	first := s.state().Incident.ID
	require.NoError(t, s.attach("", text("before", "0")))
	s.desk.Attach("", []session.Incoming{text("graph.png", "png")}, nil)
	s.desk.PutAway()
	s.pump()
	s.declare("Another one")
	assert.Empty(t, s.state().NoteFiles())
	s.openIncident(first)
	assert.Equal(t, "before, graph.png", noteNames(s.state()))
}

func TestALargeFileSaysHowFarItIsAndCanBeStopped(t *testing.T) {
	s := boxStand(t)
	var progress []string
	big := strings.Repeat("x", 3<<20)
	s.desk.Attach("", []session.Incoming{text("heap.dump", big), text("b", big)}, nil)
	for len(s.queue) > 0 {
		s.step()
		if strip := s.state().Strip; strip != nil {
			progress = append(progress, strip.Says)
			assert.Equal(t, "Stop", strip.Undo)
		}
	}
	require.NotEmpty(t, progress)
	assert.Contains(t, progress[0], "Attaching heap.dump… 1")
	assert.Contains(t, progress[len(progress)-1], "MB, file 2 of 2")
	assert.Nil(t, s.state().Strip, "nothing is left to say")

	stopped := boxStand(t)
	var said error
	stopped.desk.Attach("", []session.Incoming{text("heap.dump", big)}, func(err error) { said = err })
	stopped.desk.Attach("", []session.Incoming{text("next", "n")}, nil)
	stopped.desk.StopAttaching()
	stopped.pump()
	assert.ErrorContains(t, said, "Attaching was stopped")
	assert.Equal(t, "next", noteNames(stopped.state()), "what waited has its turn")
}

func TestClosingWaitsForAFileThatIsBeingStored(t *testing.T) {
	s := boxStand(t)
	s.desk.Attach("", []session.Incoming{text("graph.png", "png")}, nil)
	closed := false
	s.desk.Close(func() { closed = true })
	s.pump()
	assert.True(t, closed)
	assert.Equal(t, "graph.png", noteNames(s.restart().state()))
	var said error
	s.desk.Attach("", []session.Incoming{text("late", "l")}, func(err error) { said = err })
	assert.ErrorContains(t, said, "closing")
}

func TestPastedTextThatNamesFilesIsOfferedAsThem(t *testing.T) {
	s := boxStand(t)
	folder := t.TempDir()
	a, b := filepath.Join(folder, "a b.png"), filepath.Join(folder, "b.txt")
	for _, path := range []string{a, b} {
		require.NoError(t, os.WriteFile(path, []byte(path), 0o600))
	}
	taken := 0
	s.desk.Offer("file://"+strings.ReplaceAll(filepath.ToSlash(a), " ", "%20")+"\n"+b+"\n", func() { taken++ })
	s.pump()
	require.NotNil(t, s.state().Strip)
	assert.Equal(t, "These are 2 files: a b.png, b.txt.", s.state().Strip.Says)
	assert.Zero(t, taken, "nothing happens before the person says so")
	s.state().Strip.Back()
	s.pump()
	assert.Equal(t, 1, taken)
	assert.Equal(t, "a b.png, b.txt", noteNames(s.state()))

	s.desk.Dismiss()
	for _, other := range []string{"rolled back", a + "\nrolled back", filepath.Join(folder, "none"), folder, "file://server/share/x", ""} {
		s.desk.Offer(other, nil)
		s.pump()
		assert.Nil(t, s.state().Strip, other)
	}
}

func TestACopyForAnotherProgramHasTheNameAndIsThrownAwayLater(t *testing.T) {
	s := boxStand(t)
	require.NoError(t, s.attach("", text("../invoice\u202egnp.exe", "bytes")))
	a := s.state().NoteFiles()[0]
	open := func() (path string) {
		s.desk.OpenAttachment(a, func(p string) { path = p }, nil)
		s.pump()
		require.NotEmpty(t, path)
		return path
	}
	first := open()
	assert.Equal(t, "invoicegnp.exe", filepath.Base(first))
	content, err := os.ReadFile(first)
	require.NoError(t, err)
	assert.Equal(t, "bytes", string(content))
	assert.NotEqual(t, first, open(), "a copy that somebody changed is never shown again")

	old := s.hand.now.Add(-25 * time.Hour)
	require.NoError(t, os.Chtimes(filepath.Dir(first), old, old))
	open()
	assert.NoFileExists(t, first)

	a.SHA256 = strings.Repeat("0", 64)
	s.shelf.files.content = nil
	said := error(nil)
	s.desk.Thumbnail(a, func(_ image, err error) { said = err })
	s.pump()
	assert.ErrorContains(t, said, "missing")
}

func TestAnAttachmentIsSavedWhereThePersonSays(t *testing.T) {
	s := boxStand(t)
	require.NoError(t, s.attach("", text("graph.png", "png")))
	a := s.state().NoteFiles()[0]
	folder := t.TempDir()
	save := func(path string) (said error) {
		s.desk.SaveAttachment(a, path, func(err error) { said = err })
		s.pump()
		return said
	}
	require.NoError(t, save(folder), "into a folder it goes under its name")
	assert.FileExists(t, filepath.Join(folder, "graph.png"))
	assert.ErrorIs(t, save(filepath.Join(folder, "graph.png")), fs.ErrExist)
	assert.ErrorContains(t, save("graph.png"), "whole path")
	assert.Equal(t, "graph.png", filepath.Base(session.SaveThere(a)))
}

func TestAFileOfASectionIsOnRecordBeforeItsTextNamesIt(t *testing.T) {
	s := boxStand(t)
	var got []workflow.Attachment
	said := errors.New("nobody answered")
	add := func(section workflow.Section, files ...session.Incoming) {
		got = nil
		s.desk.AttachToSection(section, files, func(stored []workflow.Attachment) {
			assert.NotEmpty(t, s.state().Incident.Review.Files(section), "the log has it already")
			got = stored
		}, func(err error) { said = err })
		s.pump()
	}
	add(workflow.ImpactSection, text("graph.png", "png"), text("trace.txt", "trace"))
	require.NoError(t, said)
	assert.Equal(t, "graph.png, trace.txt", workflow.NamesOf(got))
	add(workflow.ImpactSection, text("graph.png", "png"))
	require.NoError(t, said, "the same file once more is only named once more")
	assert.Equal(t, "graph.png", workflow.NamesOf(got))
	assert.Len(t, s.restart().state().Incident.Review.Files(workflow.ImpactSection), 2)

	add(workflow.TimelineSection, text("x", "y"))
	require.ErrorContains(t, said, "This section follows from the log.")
	assert.Empty(t, got)
	add(workflow.ImpactSection)
	require.ErrorContains(t, said, "There was no file in it.")
}
