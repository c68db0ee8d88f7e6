package workflow_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// sumOf is a checksum of one digit.
func sumOf(digit byte) string { return strings.Repeat(string(digit), 64) }

func graph() workflow.Attachment {
	return workflow.Attachment{Name: "graph.png", Media: "image/png", SHA256: sumOf('a'), Bytes: 120 << 10}
}

func trace() workflow.Attachment {
	return workflow.Attachment{Name: "trace.txt", Media: "text/plain", SHA256: sumOf('b'), Bytes: 812}
}

// attached are the names of an entry's files.
func (s *scene) attached(text string) []string {
	names := []string{}
	for _, f := range s.entry(text).Files() {
		names = append(names, f.Name)
	}
	return names
}

func TestANoteBringsItsFiles(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "error rate", Files: []workflow.Attachment{graph(), trace(), graph()}})
	assert.Equal(t, []string{"graph.png", "trace.txt"}, s.attached("error rate"), "the same file is there once")
	all := s.in.Attachments()
	require.Len(t, all, 2)
	assert.Equal(t, s.last().ID, all[0].Entry.ID)
	assert.Equal(t, "Jane", all[0].By)
	same(t, s.in, workflow.Fold(s.in.ID, s.in.Events()))
}

func TestAFileAloneIsANote(t *testing.T) {
	s := fire(t).do(workflow.Note{Files: []workflow.Attachment{graph()}})
	assert.Equal(t, []string{"graph.png"}, s.attached("1 file attached"))
	s.do(workflow.Note{Text: "  ", Files: []workflow.Attachment{graph(), trace()}})
	assert.Equal(t, []string{"graph.png", "trace.txt"}, s.attached("2 files attached"))
	s.refuses(workflow.Note{Text: " "}, "note.empty")
}

func TestFilesComeToAnEntryAndGoAgain(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "error rate"})
	id := s.last().ID
	s.do(workflow.Attach{Entry: id, Files: []workflow.Attachment{graph()}})
	before := s.in
	s.do(workflow.Attach{Entry: id, Files: []workflow.Attachment{graph(), trace()}})
	assert.Equal(t, []string{"graph.png", "trace.txt"}, s.attached("error rate"), "what is there already does not come twice")

	s.do(workflow.Detach{Entry: id, File: graph()})
	assert.Equal(t, []string{"trace.txt"}, s.attached("error rate"))
	older, _ := before.Entry(id)
	assert.Len(t, older.Files(), 1, "an older state that a screen still holds stays what it was")
	assert.Equal(t, "took graph.png off an entry", s.canUndo())
	s.do(workflow.Undo{})
	assert.Equal(t, []string{"graph.png", "trace.txt"}, s.attached("error rate"))
	assert.Equal(t, "attached trace.txt", s.canUndo())
	s.do(workflow.Undo{}, workflow.Undo{})
	assert.Empty(t, s.attached("error rate"))
	s.do(workflow.Redo{})
	assert.Equal(t, []string{"graph.png"}, s.attached("error rate"))
	same(t, s.in, workflow.Fold(s.in.ID, s.in.Events()))
}

func TestWhatCannotBeAttachedIsRefused(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "error rate", Files: []workflow.Attachment{graph()}})
	id := s.last().ID
	file := func(change func(*workflow.Attachment)) []workflow.Attachment {
		a := trace()
		change(&a)
		return []workflow.Attachment{a}
	}
	many := make([]workflow.Attachment, 200)
	for i := range many {
		many[i] = workflow.Attachment{Name: fmt.Sprint(i), SHA256: sumOf('c')}
	}
	for _, c := range []struct {
		code  string
		files []workflow.Attachment
	}{
		{"attachment.none", nil},
		{"attachment.same", []workflow.Attachment{graph()}},
		{"attachment.unknown", file(func(a *workflow.Attachment) { a.SHA256 = "../../etc/passwd" })},
		{"attachment.unknown", file(func(a *workflow.Attachment) { a.SHA256 = strings.ToUpper(sumOf('a')) })},
		{"attachment.unknown", file(func(a *workflow.Attachment) { a.Bytes = -1 })},
		{"attachment.too-large", file(func(a *workflow.Attachment) { a.Bytes = workflow.AttachmentLimit + 1 })},
		{"attachment.too-many", many},
	} {
		s.refuses(workflow.Attach{Entry: id, Files: c.files}, c.code)
	}
	s.refuses(workflow.Note{Text: "x", Files: file(func(a *workflow.Attachment) { a.SHA256 = "" })}, "attachment.unknown")
	s.refuses(workflow.Attach{Entry: "gone", Files: []workflow.Attachment{trace()}}, "entry.gone")
	s.refuses(workflow.Detach{Entry: "gone", File: graph()}, "entry.gone")
	s.refuses(workflow.Detach{Entry: id, File: trace()}, "attachment.gone")
	says := s.refuses(workflow.Attach{Entry: id, Files: file(func(a *workflow.Attachment) { a.Bytes = 31 << 20 })}, "attachment.too-large").Says
	assert.Contains(t, says, "trace.txt has 31 MB, and an attachment can have 25 MB.")
}

func TestTakingAFileOffDoesNotTakeWhatAnotherDeviceAttachesMeanwhile(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "error rate", Files: []workflow.Attachment{graph()}})
	id := s.last().ID
	apart := s.in
	other := s.env()
	other.Device = "other"
	theirs, err := workflow.Decide(apart.With(mustDecide(t, apart, workflow.Detach{Entry: id, File: graph()}, other)...), workflow.Attach{Entry: id, Files: []workflow.Attachment{graph()}}, other)
	require.NoError(t, err)
	s.do(workflow.Detach{Entry: id, File: graph()})

	both := s.in.With(theirs...)
	entry, _ := both.Entry(id)
	require.Len(t, entry.Files(), 1, "the file that the other device attached stands")
	same(t, both, workflow.Fold(both.ID, append(theirs, s.in.Events()...)))
}

func mustDecide(t *testing.T, in workflow.Incident, want workflow.Intent, env workflow.Env) []workflow.Event {
	t.Helper()
	events, err := workflow.Decide(in, want, env)
	require.NoError(t, err)
	return events
}

func TestAFileWhoseEntryIsNotThereChangesNothing(t *testing.T) {
	s := fire(t)
	for _, body := range []workflow.Body{
		workflow.Attached{Entry: "gone", Files: []workflow.Attachment{graph()}}, workflow.Detached{Entry: "gone", From: []workflow.EventID{"x"}},
	} {
		e := workflow.Event{ID: "z", Batch: "z", Incident: s.in.ID, Device: "d", Clock: 1 << 60, Body: body}
		assert.Equal(t, len(s.in.Timeline.All()), len(s.in.With(e).Timeline.All()))
	}
}

func TestSearchFindsFilesByTheirNames(t *testing.T) {
	long := strings.Repeat("word ", 200)
	s := fire(t).do(workflow.Note{Text: long + "needle", Files: []workflow.Attachment{graph()}})
	s.do(workflow.Attach{Entry: s.last().ID, Files: []workflow.Attachment{trace()}})
	events := s.in.Events()
	noted, attached := workflow.SearchText(events[len(events)-2]), workflow.SearchText(events[len(events)-1])
	assert.Contains(t, noted, "needle", "a long note is found by its last word")
	assert.Contains(t, noted, "graph.png")
	assert.Equal(t, "trace.txt", attached)
	assert.Equal(t, []workflow.Attachment{graph()}, workflow.Named(events[len(events)-2]))
	assert.Equal(t, []workflow.Attachment{trace()}, workflow.Named(events[len(events)-1]))
	assert.Empty(t, workflow.Named(events[0]))
}

const attachmentLog = "testdata/attachments-v1.jsonl"

func TestTheFirstLogWithAttachmentsIsReadForEver(t *testing.T) {
	if _, err := os.Stat(attachmentLog); err != nil && *update {
		s := fire(t).do(workflow.Note{Text: "error rate", Files: []workflow.Attachment{graph()}})
		id := s.last().ID
		s.do(workflow.Attach{Entry: id, Files: []workflow.Attachment{trace(), {Name: "../a\u202eb", SHA256: sumOf('c'), Bytes: 3}}}, workflow.Detach{Entry: id, File: graph()}, workflow.Undo{})
		var log strings.Builder
		for _, e := range s.in.Events() {
			line, err := workflow.Encode(e)
			require.NoError(t, err)
			log.Write(append(line, '\n'))
		}
		require.NoError(t, os.WriteFile(filepath.FromSlash(attachmentLog), []byte(log.String()), 0o644))
	}
	events, lines := readLog(t, attachmentLog)
	for i, e := range events {
		again, err := workflow.Encode(e)
		require.NoError(t, err)
		assert.Equal(t, lines[i], string(again), "a line is written as it was")
	}
	in := workflow.Fold(events[0].Incident, events)
	var names []string
	for _, f := range in.Attachments() {
		names = append(names, f.Name)
	}
	assert.Equal(t, []string{"graph.png", "trace.txt", "../a\u202eb"}, names)
}
