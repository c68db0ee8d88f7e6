package view

import (
	"time"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

// value is what an input of the editor holds.
func (e *entryEditor) value(input string) string {
	switch input {
	case atInput:
		return e.in.at.Text()
	case textInput:
		return e.in.text.Text()
	case kindInput:
		return e.in.kind.Chosen()
	case milestoneInput:
		return e.in.milestone.Chosen()
	default:
		return yesNo(e.tick(input).On())
	}
}

// set shows a value without making a draft of it.
func (e *entryEditor) set(input, value string) {
	e.showing = true
	defer func() { e.showing = false }()
	switch input {
	case atInput:
		e.in.at.SetText(value)
	case textInput:
		e.in.text.SetText(value)
	case kindInput:
		e.in.kind.Choose(value)
	case milestoneInput:
		e.in.milestone.Choose(value)
	default:
		e.tick(input).Set(value == yes)
	}
}

func (e *entryEditor) tick(input string) *kit.Check {
	switch input {
	case pinnedInput:
		return e.in.pinned
	case reportedInput:
		return e.in.reported
	default:
		return e.in.hidden
	}
}

// stamp is the time that the editor would save: the entry's own while nobody
// touched it, or what was typed.
func (e *entryEditor) stamp() (workflow.Stamp, error) {
	typed := e.in.at.Text()
	if typed == e.start[atInput] && e.target.entry != "" {
		return e.target.at, nil
	}
	began := e.st.Drafts[e.target.draft(atInput)].Started
	return readTime(typed, e.target.day(e.st), began, e.st)
}

// showReading says how the time is understood, while it is typed.
func (e *entryEditor) showReading() {
	at, err := e.stamp()
	says, role := "", look.Muted
	if err != nil {
		says, role = err.Error(), look.ErrorText
	} else {
		says = readingOf(at, e.st)
	}
	if says != e.in.reading.Text() {
		e.in.reading.SetText(says)
		e.in.reading.SetRole(role)
		e.content.Refresh()
	}
	off := ""
	if err != nil || !at.Known() {
		off = "The time is not known, so there is nothing to count from. Type one first."
	}
	for _, b := range []*kit.Button{e.in.earlier, e.in.later} {
		if b.Off() != off {
			b.SetOff(off)
		}
	}
}

// move sets the time a little earlier or later.
func (e *entryEditor) move(by time.Duration) {
	at, err := e.stamp()
	if err != nil || !at.Known() {
		return
	}
	at = moved(at, by)
	e.in.at.SetText(timeText(at, e.target.day(e.st), e.st.Shown()))
}
