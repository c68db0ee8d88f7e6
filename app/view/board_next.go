package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// nextActionID is what the one next action is found by, on every screen.
const nextActionID = "next-action"

// nextCard is the one next action in full, with the form that settles it.
type nextCard struct {
	widget.BaseWidget

	ask   Asker
	panel *kit.Panel
	head  cardHead
	form  *kit.Scroller
	inner *fyne.Container // what the form shows: the notes and the way
	notes cardNotes
	ways  map[way]*answer
	foot  cardFoot

	state session.State
	step  workflow.Next // what the card shows, which may lag behind while somebody types
	plan  plan
	taken way  // the way that the person took; "" for the first
	on    way  // the way that is shown
	go_   bool // the person has just settled something here: the caret may follow
}
