package view

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"firebreak/app/session"
	"firebreak/workflow"
)

// oldPaper is what a grammar might have understood of an old post-mortem.
func oldPaper(paper session.Paper, as workflow.ReadAs) workflow.Reading {
	name := "CET"
	if as.Zone != "" {
		name = strings.ToUpper(as.Zone)
	}
	zone := time.FixedZone(name, map[string]int{"CET": 3600}[name])
	at := func(hour, minute int, typed string) workflow.Stamp {
		s := workflow.StampAt(time.Date(2024, 11, 25, hour, minute, 0, 0, zone), zone)
		s.Typed = typed
		return s
	}
	day := workflow.Origin{From: workflow.FromHeading, Says: "“Timeline, 25 November 2024” in line 14"}
	says := workflow.Origin{From: workflow.FromPreamble, Says: "“All times are in CET” in line 15"}
	if as.Zone != "" {
		says = workflow.Origin{From: workflow.FromChoice}
	}
	roll := workflow.Origin{From: workflow.FromRoll}
	line := func(n int, at workflow.Stamp, text string, sure workflow.Confidence, notes ...string) workflow.ReadLine {
		return workflow.ReadLine{Line: n, At: at, Day: day, Zone: says, Text: text, Kind: workflow.NoteEntry, Sure: sure, Notes: notes}
	}
	deploy := line(17, at(15, 12, "15:12"), "Release 1.8.3 went out to all regions with [the change to the token check](https://example.org/423)", workflow.SureLine)
	deploy.Who, deploy.Kind, deploy.Links = "Bob", workflow.ActionEntry, []string{"https://example.org/423"}
	pager := line(18, at(15, 33, "15:33"), "Pager rang: 31 % of logins fail", workflow.SureLine)
	pager.Kind, pager.Milestone = workflow.AlertEntry, workflow.Detected
	about := at(15, 40, "~15:40")
	about.Sure = workflow.About
	back := line(21, at(16, 5, "16:05–16:10"), "Rolled back, error rate falls", workflow.SureLine)
	back.At.End, back.Milestone = back.At.Time.Add(5*time.Minute), workflow.Mitigated
	late := line(23, at(24, 20, "0:20"), "Everybody went home", workflow.LikelyLine, "The clock went back from 16:55 to 0:20, so it is taken for the next day.")
	late.Day = roll
	clear := line(22, at(16, 55, "16:55"), "All good again, watched for half an hour", workflow.SureLine)
	clear.Milestone = workflow.AllClear
	return workflow.Reading{
		Source: paper.Name, Form: workflow.MarkdownForm, Title: "Post-Mortem: SEV2 Logins failed 2024-11-25", Severity: "SEV2",
		Notes: []string{"All times are taken as " + name + ", because line 15 says so."},
		Lines: []workflow.ReadLine{
			deploy, pager, line(19, about, "Bob suspects the token check", workflow.LikelyLine, "It says “about”."),
			line(20, workflow.UnknownStamp("13:55 PM"), "Asked the vendor", workflow.DoubtfulLine, "13:55 is no time with PM, so it is kept as it stands."),
			back, clear, late,
		},
		Sections: []workflow.ReadSection{
			{Line: 3, Heading: "Summary", Section: workflow.SummarySection, Text: "Logins failed for a third of the users for eighty minutes, because the token check refused dashes."},
			{Line: 30, Heading: "Lessons", Section: workflow.LessonsSection, Text: "1. Test tokens with dashes.\n2. Roll back sooner."},
			{Line: 40, Heading: "Follow-up", Section: workflow.ActionsSection, Text: "- [ ] Test with dashes\n- [x] Alert on refused tokens"},
			{Line: 50, Heading: "Background", Text: "Tokens have had dashes since the mobile app’s version 5."},
		},
		Rest: []workflow.Unread{
			{Line: 24, Text: "see the dashboard for the rest", Why: "no time"},
			{Line: 26, Text: "25:61 somebody mistyped", Why: "an hour has 60 minutes"},
		},
	}
}

// longChat is a chat of many lines.
func longChat(n int) func(session.Paper, workflow.ReadAs) workflow.Reading {
	return func(paper session.Paper, _ workflow.ReadAs) workflow.Reading {
		r := workflow.Reading{Source: paper.Name, Form: workflow.ChatForm}
		for i := range n {
			at := workflow.StampAt(time.Date(2024, 11, 25, 14, 0, 0, 0, time.UTC).Add(time.Duration(i)*time.Second), time.UTC)
			r.Lines = append(r.Lines, workflow.ReadLine{Line: i + 1, At: at, Text: fmt.Sprint("message ", i), Kind: workflow.NoteEntry, Sure: workflow.SureLine})
		}
		return r
	}
}

// importDesk is a desk that reads every document as oldPaper, or as told.
func importDesk(t *testing.T, after time.Duration, width, height float32, understand func(session.Paper, workflow.ReadAs) workflow.Reading) *shellDesk {
	t.Helper()
	if understand == nil {
		understand = oldPaper
	}
	r := &fakeRepository{understand: understand}
	if after >= 0 {
		return weaveDesk(t, after, r, width, height)
	}
	d := &shellDesk{t: t, now: newDesk(t, 0).state.Now, shelf: newMemoryShelf(), hands: r}
	return d.open(width, height)
}

// reads pastes a document into the import.
func (d *shellDesk) readsIn(text string) *shellDesk {
	d.t.Helper()
	d.copied = text
	if !d.shell.layers.IsOpen(importLayer) {
		d.run("data.import")
	}
	d.push("Paste the clipboard")
	return d
}
