package view

import (
	"slices"
	"strings"
	"time"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

// The inputs of the entry editor. The names are those of a refusal's field, and
// the last part of a draft's name.
const (
	atInput        = "at"
	textInput      = "text"
	kindInput      = "kind"
	milestoneInput = "milestone"
	pinnedInput    = "pinned"
	reportedInput  = "reported"
	hiddenInput    = "hidden"
)

func editorInputs() []string {
	return []string{atInput, kindInput, milestoneInput, textInput, pinnedInput, reportedInput, hiddenInput}
}

// entryTarget is what the editor works on: an entry, or a new one at a time.
type entryTarget struct {
	entry workflow.EventID // empty: a new one
	at    workflow.Stamp
}

func (t entryTarget) draft(input string) string { return entryDraft(string(t.entry), input) }

func (t entryTarget) drafts() []string {
	var names []string
	for _, input := range editorInputs() {
		names = append(names, t.draft(input))
	}
	return names
}

// entryDraft is where a half-made change of an entry is kept.
func entryDraft(entry, input string) string {
	if entry == "" {
		entry = "new"
	}
	return "entry." + entry + "." + input
}

// day is the day that a time without a date means.
func (t entryTarget) day(st session.State) time.Time {
	if t.at.Time.IsZero() {
		return st.Now
	}
	return t.at.Time
}

const yes, no = "yes", "no"

func yesNo(on bool) string {
	if on {
		return yes
	}
	return no
}

// startValues is what the inputs hold before anybody typed.
func (t entryTarget) startValues(st session.State) map[string]string {
	at := timeText(t.at, t.day(st), st.Shown())
	if t.entry == "" {
		return map[string]string{
			atInput: at, kindInput: string(workflow.NoteEntry),
			pinnedInput: no, reportedInput: yes, hiddenInput: no,
		}
	}
	e, _ := st.Incident.Entry(t.entry)
	return map[string]string{
		atInput: at, textInput: e.Text.Get(), kindInput: string(e.Kind.Get()), milestoneInput: string(e.Milestone.Get()),
		pinnedInput: yesNo(e.Pinned.Get()), reportedInput: yesNo(e.InReport()), hiddenInput: yesNo(e.Hidden.Get()),
	}
}

// wanted turns what was changed into what to ask for.
func (t entryTarget) wanted(now, start map[string]string, at workflow.Stamp) workflow.Intent {
	if t.entry == "" {
		return workflow.Note{
			Text: now[textInput], Kind: workflow.EntryKind(now[kindInput]), At: at,
			Milestone: workflow.Milestone(now[milestoneInput]), Pinned: now[pinnedInput] == yes,
		}
	}
	c := workflow.Correct{Entry: t.entry}
	if now[atInput] != start[atInput] {
		c.At = &at
	}
	c.Text = changed[string](now, start, textInput)
	c.Kind = changed[workflow.EntryKind](now, start, kindInput)
	c.Milestone = changed[workflow.Milestone](now, start, milestoneInput)
	c.Pinned = ticked(now, start, pinnedInput)
	c.Reported = ticked(now, start, reportedInput)
	c.Hidden = ticked(now, start, hiddenInput)
	return c
}

func changed[T ~string](now, start map[string]string, input string) *T {
	if now[input] == start[input] {
		return nil
	}
	value := T(now[input])
	return &value
}

func ticked(now, start map[string]string, input string) *bool {
	if now[input] == start[input] {
		return nil
	}
	on := now[input] == yes
	return &on
}

// kindOptions are the kinds that an entry can be given, and the one that it has.
func kindOptions(has workflow.EntryKind) []kit.Option {
	kinds := workflow.EntryKinds()
	if has != "" && !slices.Contains(kinds, has) {
		kinds = append([]workflow.EntryKind{has}, kinds...)
	}
	return optionsOf(kinds)
}

func optionsOf(kinds []workflow.EntryKind) []kit.Option {
	var options []kit.Option
	for _, k := range kinds {
		options = append(options, kit.Option{ID: string(k), Word: capital(string(k)), Icon: kindIcon(k)})
	}
	return options
}

// milestoneOptions are the milestones that an entry can mark. All-clear is not
// among them: it has a gate, and an action of its own.
func milestoneOptions(p workflow.Playbook, has workflow.Milestone) []kit.Option {
	options := []kit.Option{{ID: "", Word: "No milestone"}}
	for _, m := range p.Milestones {
		if m.ID != workflow.AllClear || has == workflow.AllClear {
			options = append(options, kit.Option{ID: string(m.ID), Word: m.Name})
		}
	}
	return options
}

// draftEntry is the entry that a draft belongs to.
func draftEntry(field string) (string, bool) {
	rest, ok := strings.CutPrefix(field, "entry.")
	if !ok {
		return "", false
	}
	dot := strings.LastIndexByte(rest, '.')
	if dot < 0 || !slices.Contains(editorInputs(), rest[dot+1:]) {
		return "", false
	}
	return rest[:dot], true
}
