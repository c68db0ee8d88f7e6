package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"firebreak/workflow"
)

// What deeds are about. The items are those that no deed settles as a fact.
var (
	itemsMarked = []string{"status-page-updated", "deployed-to-production", "fix-verified", "post-mortem-scheduled"}
	levelsSet   = []string{"SEV1", "SEV2", "SEV3"}
	people      = []string{"Jane", "Bob", "Ann", "Sam"}
	rolesTaken  = []string{workflow.Scribe, workflow.Fixer}
	textsTyped  = []string{"impact", "symptoms", "hypothesis", "problem", "fix"}
)

func pick[T any](dice *rand.Rand, of []T) T { return of[dice.IntN(len(of))] }

// often says how often each deed is done.
var often = []struct {
	does   string
	weight int
}{
	{notes, 24},
	{rewords, 8},
	{hides, 5},
	{pins, 4},
	{attaches, 4},
	{ticks, 5},
	{skips, 2},
	{unticks, 4},
	{rates, 4},
	{claims, 4},
	{handsOff, 2},
	{assigns, 4},
	{finishes, 4},
	{retitles, 3},
	{writes, 6},
	{cancels, 1},
	{reopens, 2},
	{undoes, 14},
	{redoes, 8},
}

// someDeed is anything that can be done to an incident, sensible or not. What
// is new in it is told apart by name.
func someDeed(dice *rand.Rand, at page, name string) deed {
	d := deed{Does: someWeight(dice), On: dice.IntN(3) > 0, Text: name}
	switch d.Does {
	case notes:
		d.On = dice.IntN(5) == 0
	case rewords, hides, pins:
		d.Which = oneOf(dice, at.Notes)
	case attaches:
		d.Which, d.Count = oneOf(dice, at.Notes), 1+dice.IntN(20_000)
	case ticks, skips, unticks:
		d.Which = pick(dice, itemsMarked)
	case rates:
		d.Text = pick(dice, levelsSet)
	case claims:
		d.Which, d.Text = pick(dice, rolesTaken), pick(dice, people)
	case handsOff:
		d.Which, d.Text = workflow.Commander, pick(dice, people)
	case finishes:
		d.Which = oneOf(dice, at.Tasks)
	case writes:
		d.Which = pick(dice, textsTyped)
	}
	return d
}

func someWeight(dice *rand.Rand) string {
	all := 0
	for _, o := range often {
		all += o.weight
	}
	left := dice.IntN(all)
	for _, o := range often {
		if left -= o.weight; left < 0 {
			return o.does
		}
	}
	return notes
}

// oneOf is a key of a map, now and then one that is not there.
func oneOf[T any](dice *rand.Rand, from map[string]T) string {
	if len(from) == 0 || dice.IntN(20) == 0 {
		return "nothing"
	}
	return pick(dice, slices.Sorted(maps.Keys(from)))
}

// imported is the text of one note of an import.
func imported(name string, i int) string { return fmt.Sprintf("%s %d", name, i) }

// asked is a deed as the intent that a person would state.
func (d deed) asked(in workflow.Incident, rules workflow.Playbook) workflow.Intent {
	switch d.Does {
	case declares:
		return workflow.Declare{Title: d.Text, Severity: "SEV1", Commander: people[0], Playbook: rules}
	case notes, imports:
		return workflow.Note{Text: d.Text, Pinned: d.On}
	case rewords:
		return workflow.Correct{Entry: noteID(in, d.Which), Text: &d.Text}
	case hides:
		return workflow.Correct{Entry: noteID(in, d.Which), Hidden: &d.On}
	case pins:
		return workflow.Correct{Entry: noteID(in, d.Which), Pinned: &d.On}
	case attaches:
		return workflow.Attach{Entry: noteID(in, d.Which), Files: []workflow.Attachment{d.file()}}
	case ticks:
		return workflow.Tick{Item: d.Which}
	case skips:
		return workflow.Skip{Item: d.Which, Reason: "not now"}
	case unticks:
		return workflow.Untick{Item: d.Which, Reason: "looked again"}
	case rates:
		return workflow.SetSeverity{Level: d.Text, Reason: "looked again"}
	case claims:
		return workflow.Claim{Role: d.Which, Person: d.Text}
	case handsOff:
		return workflow.HandOff{Role: d.Which, To: d.Text, ReadBack: true}
	}
	return d.askedOfTheRest(in)
}

func (d deed) askedOfTheRest(in workflow.Incident) workflow.Intent {
	switch d.Does {
	case assigns:
		return workflow.Assign{Text: d.Text, Owner: people[1], Box: time.Minute}
	case finishes:
		return workflow.FinishAssignment{ID: taskID(in, d.Which), Result: d.Text}
	case retitles:
		return workflow.Retitle{Title: d.Text}
	case writes:
		if d.Which == "problem" || d.Which == "fix" {
			return workflow.WriteText{Which: workflow.Text(d.Which), Text: d.Text}
		}
		return workflow.Assess{Field: workflow.AssessmentField(d.Which), Text: d.Text}
	case cancels:
		return workflow.Cancel{Reason: "a mistake"}
	case reopens:
		return workflow.Reopen{Reason: "none after all"}
	case redoes:
		return workflow.Redo{}
	default:
		return workflow.Undo{}
	}
}

// content is what is in a file that is attached.
func (d deed) content() []byte { return bytes.Repeat([]byte(d.Text+"\n"), d.Count) }

// file is how the log names it.
func (d deed) file() workflow.Attachment {
	content := d.content()
	return workflow.Attachment{
		Name: d.Text + ".log", Media: "text/plain", SHA256: fmt.Sprintf("%x", sha256.Sum256(content)), Bytes: int64(len(content)),
	}
}

func noteID(in workflow.Incident, text string) workflow.EventID {
	for _, e := range in.Timeline.All() {
		if !e.Machine && e.Original == text {
			return e.ID
		}
	}
	return "nothing"
}

func taskID(in workflow.Incident, text string) workflow.EventID {
	for _, a := range in.Crew.Assignments {
		if a.Text == text {
			return a.ID
		}
	}
	return "nothing"
}

// read copies onto paper what the program shows of an incident.
func read(in workflow.Incident) page {
	p := blankPage()
	p.Title, p.Severity, p.Cancelled = in.Triage.Title.Get(), in.Triage.Severity.Get(), in.Triage.Cancelled.Get() != ""
	for _, e := range in.Timeline.All() {
		if !e.Machine {
			p.Notes[e.Original] = line{Text: e.Text.Get(), Hidden: e.Hidden.Get(), Pinned: e.Pinned.Get(), Files: len(e.Files())}
		}
	}
	for _, id := range itemsMarked {
		if item, _ := in.Item(id); item.State != workflow.ItemOpen {
			p.Marks[id] = string(item.State)
		}
	}
	for _, role := range append([]string{workflow.Commander}, rolesTaken...) {
		if person := in.Holder(role).Person; person != "" {
			p.Roles[role] = person
		}
	}
	for _, a := range in.Crew.Assignments {
		p.Tasks[a.Text] = a.Done.Get()
	}
	for _, which := range textsTyped {
		if text := typed(in, which); text != "" {
			p.Texts[which] = text
		}
	}
	return p
}

func typed(in workflow.Incident, which string) string {
	switch which {
	case "problem":
		return in.Fix.Problem.Get()
	case "fix":
		return in.Fix.Plan.Get()
	default:
		return in.Assessment(workflow.AssessmentField(which))
	}
}

// freshPage is what paper says after a declaration.
func freshPage(title string) page {
	p := blankPage()
	p.Title, p.Severity = title, "SEV1"
	p.Roles[workflow.Commander] = people[0]
	return p
}
