package main

import "encoding/json"

// word is what a writer tells its parent, one line each. What it is about to do
// comes first, so that the parent can tell a change that was on its way from
// one that was made up.
type word struct {
	Says string `json:"says"`
	What string `json:"what,omitempty"` // what is being done

	Incident string            `json:"incident,omitempty"`
	Deed     deed              `json:"deed,omitzero"`
	Events   []json.RawMessage `json:"events,omitempty"` // as they go into the log
	Position uint64            `json:"position,omitempty"`

	Field  string `json:"field,omitempty"` // a draft's field, a setting's name, an exported path; a draft that a note clears
	Text   string `json:"text,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// What a writer says.
const (
	saysOpening = "opening"
	saysOpened  = "opened"
	saysWill    = "will" // it begins now
	saysDid     = "did"  // it was answered as saved
	saysNo      = "no"   // it was refused, and nothing was written
	saysClosing = "closing"
	saysClosed  = "closed"
	saysFault   = "fault" // something failed that must not
)

// What a writer does.
const (
	doesBatch      = "batch"
	doesImport     = "import"
	doesDraft      = "draft"
	doesDrop       = "drop"
	doesSetting    = "setting"
	doesExported   = "exported"
	doesIndex      = "index"
	doesCheckpoint = "checkpoint"
	doesBackup     = "backup"
	doesFile       = "file" // the bytes of a file, before the event that names it
)
