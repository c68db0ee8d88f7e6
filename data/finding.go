package data

import (
	"fmt"
)

// Fault names a kind of damage. Programs read it, so it keeps its name.
type Fault string

// The faults that an examination can find.
const (
	NoDatabase       Fault = "database.missing"   // there is none, but traces of one
	NotADatabase     Fault = "database.foreign"   // the file is something else, or its head is destroyed
	CutShort         Fault = "database.cut-short" // the file ends before its own last page
	PagesDamaged     Fault = "database.pages"     // the engine cannot read a part of it
	SchemaDamaged    Fault = "database.schema"    // a table, an index or a guard is not defined as it was made
	ForeignWAL       Fault = "wal.foreign"        // the write-ahead log belongs to another database
	GarbledWAL       Fault = "wal.garbled"        // commits in the write-ahead log would be dropped
	EndLost          Fault = "log.end-lost"       // the newest events are gone
	LogReplaced      Fault = "log.replaced"       // other events stand where known ones were
	EventDamaged     Fault = "event.damaged"      // an event's bytes are not those that were written
	EventsMissing    Fault = "event.missing"      // numbers of a device's events are missing
	ChainBroken      Fault = "event.chain"        // an event does not follow the one before it
	SummaryDamaged   Fault = "summary.damaged"    // a copy that can be made anew from the log
	UnfinishedMend   Fault = "repair.unfinished"  // a repair was interrupted, or was asked for
	UnfinishedChange Fault = "change.unfinished"  // the engine takes it back by itself
	CopyDamaged      Fault = "backup.damaged"     // a backup that could not be used
	NoCopy           Fault = "backup.none"        // there is no backup
	FileMissing      Fault = "attachment.missing" // a file that an event names
	FileDamaged      Fault = "attachment.damaged" // its bytes are not those that were attached
	NotPrivate       Fault = "permissions.open"   // others may read what is private
	LittleRoom       Fault = "disk.room"          // the disk is nearly full
	NotLocal         Fault = "disk.network"       // the folder lies on another computer
	KnownLoss        Fault = "log.known-loss"     // what an earlier repair could not bring back
	WitnessUnread    Fault = "witness.unread"     // the witness file cannot be read
)

// Gravity says how much a finding matters.
type Gravity string

// The gravities. Harm wants a repair; a warning wants to be read; a note is
// history.
const (
	Harm    Gravity = "damage"
	Warning Gravity = "warning"
	Note    Gravity = "note"
)

// Finding is one thing that an examination found, in a sentence.
type Finding struct {
	Fault   Fault
	Gravity Gravity
	Says    string // what is wrong, or odd
	Do      string // what to do about it; empty: a repair does it
}

func damage(fault Fault, format string, args ...any) Finding {
	return Finding{Fault: fault, Gravity: Harm, Says: fmt.Sprintf(format, args...)}
}

// Sentence is the finding with a capital letter, and what to do about it.
func (f Finding) Sentence() string {
	if f.Do == "" {
		return capital(f.Says)
	}
	return capital(f.Says) + " " + f.Do
}
