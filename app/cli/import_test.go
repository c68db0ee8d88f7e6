package cli_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// oldPaper is a document as the grammar might have understood it.
func oldPaper() *workflow.Reading {
	cet := time.FixedZone("CET", 3600)
	at := func(hour, minute int) workflow.Stamp {
		s := workflow.StampAt(time.Date(2024, 11, 25, hour, minute, 0, 0, cet), cet)
		s.Typed = s.Clock(nil)
		return s
	}
	likely := workflow.Origin{From: workflow.FromHeading, Says: "“25 November” in line 3"}
	cetSays := workflow.Origin{From: workflow.FromPreamble, Says: "“All times are in CET” in line 4"}
	return &workflow.Reading{
		Form: workflow.MarkdownForm, Title: "Post-Mortem: SEV2 Payments were slow 2024-11-25", Severity: "sev-2",
		Notes: []string{"All times are taken as CET."},
		Lines: []workflow.ReadLine{
			{Line: 8, At: at(15, 12), Day: likely, Zone: cetSays, Text: "Release 1.8.3 went out", Who: "Bob", Kind: workflow.ActionEntry, Sure: workflow.SureLine},
			{Line: 9, At: at(15, 33), Day: likely, Zone: cetSays, Text: "Pager rang", Kind: workflow.AlertEntry, Milestone: workflow.Detected, Sure: workflow.SureLine},
			{Line: 10, At: workflow.UnknownStamp("13:55 PM"), Day: likely, Zone: cetSays, Text: "Somebody turned it off", Kind: workflow.NoteEntry, Sure: workflow.DoubtfulLine, Notes: []string{"13:55 is no time with PM; it is kept as it stands."}},
			{Line: 11, At: at(16, 40), Day: likely, Zone: cetSays, Text: "All good again", Kind: workflow.NoteEntry, Milestone: workflow.AllClear, Sure: workflow.LikelyLine, Notes: []string{"It is after the others by an hour."}},
		},
		Sections: []workflow.ReadSection{
			{Line: 5, Heading: "Summary", Section: workflow.SummarySection, Text: "Payments were slow."},
			{Line: 20, Heading: "To do", Section: workflow.ActionsSection, Text: "- [ ] Alert on the queue"},
			{Line: 24, Heading: "Background", Text: "It began in spring."},
		},
		Rest: []workflow.Unread{{Line: 13, Text: "see the dashboards", Why: "no time"}},
	}
}

func importer(t *testing.T) *shell {
	s := newShell(t)
	s.reading = oldPaper()
	s.file("old.md", "the text")
	return s
}

func TestADryRunSaysWhatWasUnderstoodAndWritesNothing(t *testing.T) {
	s := importer(t)
	golden(t, "import-none.txt", s.does("import", "old.md", "--dry-run", "--only", "sure"))
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	before := s.does("history", "--json")
	golden(t, "import.txt", s.does("import", "old.md", "--dry-run"))
	golden(t, "import.json", s.does("import", "old.md", "--dry-run", "--json"))
	assert.Contains(t, s.does("import", "old.md", "--dry-run", "--new"), "As a new incident it would bring 4 entries, 2 sections and 1 action item.")
	assert.Equal(t, before, s.does("history", "--json"))
	assert.Equal(t, "the text", s.paper)
}

func TestADocumentIsImportedAndOneUndoTakesItBack(t *testing.T) {
	s := importer(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	before := s.does("show")
	said := s.does("import", "old.md")
	assert.Contains(t, said, "4 entries, 2 sections and 1 action item from old.md.")
	assert.Contains(t, said, "“Detected” is marked already")
	assert.Contains(t, said, "1 place that was not understood. See them: firebreak import old.md")
	assert.Contains(t, s.does("show"), "Release 1.8.3 went out")
	assert.Contains(t, s.does("history", "release"), "imported from: – -> old.md, line 8")
	assert.Contains(t, s.does("log", "--history"), "document: – -> old.md")

	assert.Contains(t, s.fails(4, "import", "old.md"), "Everything that is chosen is in this incident already")
	_, undo, found := strings.Cut(said, "firebreak ")
	_, undo, found2 := strings.Cut(undo, "firebreak ")
	require.True(t, found && found2, said)
	s.does(strings.Fields(undo)...)
	assert.Equal(t, before, s.does("show"))
	s.does("redo")
	assert.Contains(t, s.does("show"), "Pager rang")
}

func TestTheFlagsSayWhatIsTaken(t *testing.T) {
	s := importer(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	said := s.does("import", "old.md", "--only", "sure", "--no-sections")
	assert.Contains(t, said, "2 entries from old.md.")
	assert.Contains(t, said, "2 entries that are less than sure; 3 sections; 1 place that was")
	got := s.reads("import", "old.md", "--only", "likely", "--sections=false", "--rest", "--mark", "8=impact-started")
	assert.Equal(t, true, got["imported"])
	assert.Equal(t, "2 entries", got["brings"], "two are there already")
	assert.Contains(t, s.does("show"), "see the dashboards")
	assert.Contains(t, got["undo"], "firebreak undo -i "+got["incident"].(string))

	s.does("import", "old.md", "--zone", "CET", "--day", "2024-11-25", "--day-first", "--form", "Chat", "--dry-run")
	assert.Equal(t, workflow.ReadAs{Zone: "CET", Day: "2024-11-25", DayOrder: workflow.DayFirst, Form: workflow.ChatForm}, s.asked)
	s.typing("commit abc").does("import", "-", "--month-first", "--dry-run")
	assert.Equal(t, "commit abc", s.paper)
	assert.Equal(t, workflow.MonthFirst, s.asked.DayOrder)
}

func TestAnOldDocumentBecomesAnIncidentOfThePast(t *testing.T) {
	s := importer(t)
	assert.Contains(t, s.fails(5, "import", "old.md"), "firebreak import old.md --new")
	said := s.does("import", "old.md", "--new")
	assert.Contains(t, said, "Payments were slow (SEV2)")
	row := s.reads("list")["incidents"].([]any)[0].(map[string]any)
	assert.Equal(t, "Resolved", row["stage"])
	assert.Equal(t, "Payments were slow", row["title"])
	assert.Contains(t, s.fails(5, "log", "x"), "No incident is open", "it does not burn")
	assert.Contains(t, s.fails(5, "import", "old.md"), "No incident is open to import into", "an old one is not chosen by luck")
	assert.Contains(t, s.does("postmortem"), "Payments were slow.")
	s.does("import", "old.md", "--new", "--title", "Again", "--severity", "sev3", "--mark", "8=detected")
	assert.Contains(t, s.does("list"), "Again")
}

func TestAWrongImportIsRefusedWithAHint(t *testing.T) {
	s := importer(t)
	s.file("a.pdf", "%PDF-1.7")
	for name, one := range map[string]struct {
		exit int
		args []string
		says string
	}{
		"no document":         {2, nil, "Name one document"},
		"two documents":       {2, []string{"a", "b"}, "Name one document"},
		"both orders":         {2, []string{"old.md", "--day-first", "--month-first"}, "not both"},
		"sections and none":   {2, []string{"old.md", "--sections", "--no-sections"}, "not both"},
		"a form that is none": {2, []string{"old.md", "--form", "word"}, "Take markdown, chat, slack, csv, json-lines, git-log."},
		"a zone that is none": {2, []string{"old.md", "--zone", "soon"}, "is no zone"},
		"a day that is none":  {2, []string{"old.md", "--day", "monday"}, "is no day"},
		"a word for only":     {2, []string{"old.md", "--only", "all"}, "sure or likely"},
		"a title without new": {2, []string{"old.md", "--title", "x"}, "Give --new too"},
		"a mark that is none": {2, []string{"old.md", "--new", "--mark", "8=done"}, "such as 14=detected"},
		"a line that is none": {2, []string{"old.md", "--new", "--mark", "99=detected"}, "line 99"},
		"a severity unknown":  {4, []string{"old.md", "--new", "--severity", "SEV9"}, "knows no level"},
		"no such file":        {1, []string{"nowhere.md", "--new"}, "Not imported"},
		"a PDF":               {1, []string{"a.pdf", "--new"}, "is a PDF"},
	} {
		assert.Contains(t, s.fails(one.exit, append([]string{"import"}, one.args...)...), one.says, name)
	}
	s.reading = &workflow.Reading{Form: workflow.MarkdownForm, Rest: []workflow.Unread{{Line: 1, Text: "the text", Why: "no time"}}}
	assert.Contains(t, s.fails(5, "import", "old.md", "--new"), "No entry and no section was understood in old.md.")
	got := s.reads("import", "old.md", "--dry-run")
	assert.Equal(t, []any{}, got["entries"])
	assert.Equal(t, "the text", got["not_understood"].([]any)[0].(map[string]any)["text"])
	assert.Contains(t, s.does("import", "old.md", "--dry-run"), "It would import nothing.")
}

func TestADryRunForAProgramNamesEveryPartOfALine(t *testing.T) {
	s := importer(t)
	var got struct {
		Entries []map[string]any
	}
	require.NoError(t, json.Unmarshal([]byte(s.does("import", "old.md", "--dry-run", "--json")), &got))
	first := got.Entries[0]
	assert.Equal(t, "2024-11-25T14:12:00Z", first["at"])
	assert.Equal(t, "+01:00", first["offset"])
	assert.Equal(t, "exact", first["certainty"])
	assert.Equal(t, "sure", first["confidence"])
	assert.Equal(t, "15:12", first["stamp"])
	assert.Equal(t, map[string]any{"from": "heading", "says": "“25 November” in line 3"}, first["day"])
	broken := got.Entries[2]
	assert.Equal(t, "13:55 PM", broken["stamp"])
	assert.NotContains(t, broken, "at")
	assert.Equal(t, "unknown", broken["certainty"])
}
