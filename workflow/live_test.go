package workflow_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// plain leaves words as they are.
func plainly(says string) string { return says }

func TestALiveBlockSaysWhatTheLogSaysAndFollowsIt(t *testing.T) {
	s := fire(t).at(5).do(workflow.Note{Text: "Restarted the pods"})
	id := s.last().ID
	text := "First: " + s.in.LiveEntry(id) + "."
	assert.Equal(t, "First: {{timeline op-00004}}.", text)
	assert.Equal(t, "First: 14:37 - Restarted the pods.", s.in.Live(text, plainly))

	s.do(workflow.Correct{Entry: id, Text: to("Restarted **all** pods"), At: to(workflow.StampAt(alert, nil))})
	assert.Equal(t, "First: 14:32 - Restarted **all** pods.", s.in.Live(text, plainly), "a correction is at once in the text")
	s.do(workflow.Correct{Entry: id, Hidden: to(true)})
	assert.Equal(t, "First: (timeline op-00004: an entry that was hidden).", s.in.Live(text, plainly), "what was hidden is not said, and that is said")
	s.do(workflow.Undo{}, workflow.Undo{}, workflow.Undo{})
	assert.Equal(t, "First: (timeline op-00004: an entry that is not in this timeline).", s.in.Live(text, plainly))
}

func TestALiveMetricSaysItsNumberOrWhyThereIsNone(t *testing.T) {
	s := fire(t)
	text := "It took " + workflow.LiveMetric(workflow.TimeToAcknowledge) + "."
	assert.Equal(t, "It took (time to acknowledge is pending: Acknowledged is not recorded yet).", s.in.Live(text, plainly))
	s.at(3).do(workflow.Mark{Milestone: workflow.Acknowledged})
	assert.Equal(t, "It took 3 minutes.", s.in.Live(text, plainly))
	assert.Equal(t, "3 minutes 3 minutes", s.in.Live("{{ Metric\tTIME-TO-acknowledge }} {{metric time-to-acknowledge}}", plainly), "blanks and case survive a hand")
}

func TestWhatIsNoLiveBlockStaysAsItWasTyped(t *testing.T) {
	s := fire(t)
	for _, text := range []string{
		"{{}}", "{{metric}}", "{{metric no-such}}", "{{poem of-the-day}}", "{{metric time-to-resolve now}}", "{{metric time-to-resolve", "}} {{", "{ {metric time-to-resolve} }",
		"`{{metric time-to-resolve}}`", "```\n{{metric time-to-resolve}}\n```", "``a ` {{metric time-to-resolve}}``", "~~~\n{{metric time-to-resolve}}",
	} {
		assert.Equal(t, text, s.in.Live(text, plainly))
	}
	says, meaning := s.in.Meaning(workflow.Lives("{{metric no-such}}")[0])
	assert.Equal(t, workflow.LiveUnknown, meaning)
	assert.Equal(t, "a metric that does not exist", says)
}

func TestWordsOfTheLogAreMadeSafeWhereTheyGo(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "a\n# b"})
	got := s.in.Live(s.in.LiveEntry(s.last().ID), func(says string) string { return "<" + says + ">" })
	assert.Equal(t, "<14:32 - a # b>", got)
}

func TestTwoEntriesWithOneEndAreToldApart(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "one"}, workflow.Note{Text: "two"})
	s.device = "other-laptop"
	s.ids = 3
	s.do(workflow.Note{Text: "three"})
	_, meaning := s.in.Meaning(workflow.Live{What: "timeline", Which: "op-00004"})
	require.Equal(t, workflow.LiveAmbiguous, meaning)
	text := s.in.LiveEntry("other-laptop-00004")
	assert.Equal(t, "14:32 - three", s.in.Live(text, plainly))
	assert.Equal(t, "{{timeline op-00004}}", s.in.Live("{{timeline op-00004}}", plainly), "in doubt it stays as it was typed")
}

func TestCodeIsFoundLineByLine(t *testing.T) {
	text := "a `b` c\n```x\nd\n```\ne `` f ` g `` h ` i\n> ~~~\n> j\n> ~~~\nk"
	var got []string
	workflow.OutsideCode(text, func(from, to int) { got = append(got, text[from:to]) })
	assert.Equal(t, []string{"a ", " c\n", "e ", " h ` i\n", "k"}, got)
}

func TestASectionHasFilesOfItsOwn(t *testing.T) {
	s := fire(t)
	want := workflow.AttachToSection{Section: workflow.ImpactSection, Files: []workflow.Attachment{graph(), trace(), graph()}}
	s.do(want)
	files := s.in.Review.Files(workflow.ImpactSection)
	require.Len(t, files, 2)
	assert.Equal(t, "Jane", files[0].By)
	assert.Empty(t, s.in.Review.Files(workflow.SummarySection))
	assert.Equal(t, "attached graph.png, trace.txt to the post-mortem, Impact", s.canUndo())
	assert.Len(t, workflow.Named(s.in.Events()[len(s.in.Events())-1]), 2, "their bytes are kept as long as the log")
	assert.Empty(t, s.in.Attachments(), "they are no entry's")
	s.refuses(want, "attachment.same")
	s.refuses(workflow.AttachToSection{Section: "poem", Files: want.Files}, "section.unknown")
	s.refuses(workflow.AttachToSection{Section: workflow.TimelineSection, Files: want.Files}, "section.generated")
	s.refuses(workflow.AttachToSection{Section: workflow.ImpactSection}, "attachment.none")
	s.refuses(workflow.AttachToSection{Section: workflow.ImpactSection, Files: []workflow.Attachment{{Name: "x"}}}, "attachment.unknown")
	before := s.in
	s.do(workflow.Undo{})
	assert.Empty(t, s.in.Review.Files(workflow.ImpactSection))
	assert.Len(t, before.Review.Files(workflow.ImpactSection), 2, "an older state that a screen still holds stays what it was")
	same(t, s.in, workflow.Fold(s.in.ID, s.in.Events()))
}

const sectionFileLog = "testdata/section-files-v1.jsonl"

func TestTheFirstLogWithFilesOfASectionIsReadForEver(t *testing.T) {
	if _, err := os.Stat(sectionFileLog); err != nil && *update {
		s := fire(t).do(
			workflow.AttachToSection{Section: workflow.ImpactSection, Files: []workflow.Attachment{graph(), {Name: "../a\u202eb", SHA256: sumOf('c'), Bytes: 3}}},
			workflow.WriteSection{Section: workflow.ImpactSection, Text: graph().Link() + "\r\n{{metric time-to-resolve}}\t\n"},
		)
		var log strings.Builder
		for _, e := range s.in.Events() {
			line, err := workflow.Encode(e)
			require.NoError(t, err)
			log.Write(append(line, '\n'))
		}
		require.NoError(t, os.WriteFile(filepath.FromSlash(sectionFileLog), []byte(log.String()), 0o644))
	}
	events, lines := readLog(t, sectionFileLog)
	for i, e := range events {
		again, err := workflow.Encode(e)
		require.NoError(t, err)
		assert.Equal(t, lines[i], string(again), "a line is written as it was")
	}
	in := workflow.Fold(events[0].Incident, events)
	assert.Len(t, in.Review.Files(workflow.ImpactSection), 2)
	text, _ := in.Written(workflow.ImpactSection)
	assert.Equal(t, "![graph.png](attachment:aaaaaaaaaaaa)\r\n{{metric time-to-resolve}}\t\n", text, "to the byte")
}

func TestAnAddressInATextFindsItsAttachment(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "x", Files: []workflow.Attachment{trace()}}, workflow.AttachToSection{Section: workflow.ImpactSection, Files: []workflow.Attachment{graph()}})
	assert.Equal(t, "![graph.png](attachment:aaaaaaaaaaaa)", graph().Link())
	assert.Equal(t, "[trace.txt](attachment:bbbbbbbbbbbb)", trace().Link())
	for _, want := range []workflow.Attachment{graph(), trace()} {
		got, ok := s.in.AttachmentAt(want.Address())
		assert.True(t, ok)
		assert.Equal(t, want, got)
	}
	for _, address := range []string{"attachment:", "attachment:aaa", "attachment:cccccccccccc", "attachment:AAAAAAAAAAAA", "https://x", "attachment:aaaaaaaaaaa/"} {
		_, ok := s.in.AttachmentAt(address)
		assert.False(t, ok, address)
	}
}

func TestAFileOfAHiddenEntryDoesNotComeBackThroughAText(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "x", Files: []workflow.Attachment{trace()}})
	id := s.last().ID
	s.do(workflow.Correct{Entry: id, Hidden: to(true)})
	_, ok := s.in.AttachmentAt(trace().Address())
	assert.False(t, ok)
	s.do(workflow.AttachToSection{Section: workflow.ImpactSection, Files: []workflow.Attachment{trace()}})
	_, ok = s.in.AttachmentAt(trace().Address())
	assert.True(t, ok, "unless somebody attached it to the section too")
}

func TestLinksToAttachmentsAreFoundOutsideOfCode(t *testing.T) {
	text := "a ![g [x] \\] y](attachment:aaaaaaaaaaaa) b [t](attachment:bbbbbbbbbbbb)\n`![no](attachment:aaaaaaaaaaaa)` ](attachment:aaaaaaaaaaaa) [z](attachment:aa aa)"
	var got []string
	for _, f := range workflow.LinkedAttachments(text) {
		got = append(got, text[f.From:f.To])
	}
	assert.Equal(t, []string{"![g [x] \\] y](attachment:aaaaaaaaaaaa)", "[t](attachment:bbbbbbbbbbbb)"}, got)
	assert.True(t, workflow.LinkedAttachments(text)[0].Picture)
	assert.Equal(t, "t", workflow.LinkedAttachments(text)[1].Words)
	strange := workflow.Attachment{Name: "a]b[\\.png", Media: "image/png", SHA256: sumOf('a')}
	found := workflow.LinkedAttachments(strange.Link())
	assert.Len(t, found, 1, "whatever a file is called, its link is one: "+strange.Link())
}

func FuzzLive(f *testing.F) {
	for _, seed := range []string{"{{metric time-to-resolve}}", "`{{", "```\n{{a b}}", "![a](attachment:aaaaaaaaaaaa)", "``` ` ``` {{timeline 1}} \\](attachment:"} {
		f.Add(seed)
	}
	s := fire(f)
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, l := range workflow.Lives(text) {
			require.GreaterOrEqual(t, l.From, at)
			require.True(t, strings.HasPrefix(text[l.From:l.To], "{{") && strings.HasSuffix(text[l.From:l.To], "}}"))
			at = l.To
		}
		at = 0
		for _, l := range workflow.LinkedAttachments(text) {
			require.GreaterOrEqual(t, l.From, at)
			at = l.To
		}
		s.in.Live(text, plainly)
	})
}
