package data

import (
	"context"
	"errors"
	"fmt"
	"strings"

	sqlite3 "modernc.org/sqlite/lib"
)

// Damaged says that a database cannot be used as it lies there, and why.
// Nothing was changed. Repair saves what can be read and makes it usable.
type Damaged struct {
	Trouble
	Path     string
	Findings []Finding
}

// Unwrap answers the sentences for a person.
func (d *Damaged) Unwrap() error { return &d.Trouble }

// newDamaged puts findings into the sentences of a refusal.
func newDamaged(path string, cause error, findings ...Finding) *Damaged {
	var says []string
	for _, f := range findings {
		says = append(says, f.Says)
	}
	return &Damaged{Path: path, Findings: findings, Trouble: Trouble{
		Code: "damaged",
		Says: fmt.Sprintf("%s: %s", opening, strings.Join(says, " ")),
		Safe: "Nothing was changed, and nothing is thrown away.",
		Do:   "Run firebreak doctor --repair: it saves everything that can be read, and keeps the damaged files.",
		Err:  cause,
	}}
}

// asDamaged tells damage from other trouble by what the engine said.
func asDamaged(path string, err error) (*Damaged, bool) {
	var already *Damaged
	if errors.As(err, &already) {
		return already, true
	}
	switch resultCode(err) {
	case sqlite3.SQLITE_NOTADB:
		return newDamaged(path, err, damage(NotADatabase, "%s is not a database, or its beginning is destroyed.", path)), true
	case sqlite3.SQLITE_CORRUPT:
		return newDamaged(path, err, damage(PagesDamaged, "a part of %s is damaged.", path)), true
	default:
		return nil, false
	}
}

// OpenMended opens a database, and repairs it first when it is damaged. repaired
// says what was done; nil: there was nothing to do.
func OpenMended(ctx context.Context, path string, opts Options) (s *Store, repaired *Repaired, err error) {
	s, err = Open(ctx, path, opts)
	var damaged *Damaged
	if !errors.As(err, &damaged) {
		return s, nil, err
	}
	done, err := Repair(ctx, RepairWish{Path: path, Clock: opts.Clock, NewID: opts.NewID})
	if err != nil {
		return nil, nil, err
	}
	s, err = Open(ctx, path, opts)
	return s, &done, err
}
