package data

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"firebreak/workflow"
)

// Blotting says which secrets are to be blotted out of an incident's log, and
// on whose word.
type Blotting struct {
	Incident workflow.IncidentID
	Secrets  []workflow.Secret
	// Whole are events of which no word stays: what was decided about the
	// secrets, because a fingerprint lets a short one be guessed.
	Whole []workflow.EventID
	By    string
	Why   string
}

// Blotted counts what was changed.
type Blotted struct {
	Events int // that held a secret
	Drafts int // half-typed texts that held one
}

// Blot puts markers where secrets are in an incident's log, for good, and
// leaves every other word: in the log, in search, in the history's row, in
// half-typed text, and in what the engine would leave behind of them in its
// files. The events' place, number and link in the chain stay, and each says
// what was blotted out of it and by whom. All of it happens in one transaction.
//
// Backups that were made before still hold the words, and so may files that
// were exported, files that a repair set aside, and a disk that keeps old
// blocks: none of them is in this store's power.
func (s *Store) Blot(ctx context.Context, wish Blotting) (Blotted, error) {
	var done Blotted
	err := s.lasting(func() (err error) {
		done, err = s.blot(ctx, wish)
		return err
	})
	if err != nil {
		return Blotted{}, explain("Nothing was blotted out", s.path, err)
	}
	// Also when nothing was found: an earlier sweep may have failed.
	return done, explain("The words are out of the log, but may still lie in unused parts of the file: blot them out once more", s.path, s.sweep(ctx))
}

func (s *Store) blot(ctx context.Context, wish Blotting) (done Blotted, err error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return done, err
	}
	defer tx.Rollback() // after a commit there is nothing to roll back
	rows, err := rowsOf(ctx, tx, wish.Incident)
	if err != nil {
		return done, err
	}
	var events []workflow.Event
	var room []byte
	for _, r := range rows {
		event, wrong := r.event(&room)
		if wrong != "" {
			if holdsAny(r.payload, wish.Secrets) {
				return Blotted{}, fmt.Errorf("the change at place %d of the log is damaged (%s) and holds the words: run firebreak doctor first", r.n, wrong)
			}
			continue
		}
		left, held := event.Blotted(wish.By, wish.Why, s.clock(), wish.Secrets...)
		if held {
			if err := overwrite(ctx, tx, r.n, left); err != nil {
				return Blotted{}, err
			}
			done.Events++
		}
		events = append(events, left)
	}
	if done.Events > 0 {
		if err := s.forget(ctx, tx, wish, events); err != nil {
			return Blotted{}, err
		}
	}
	if done.Drafts, err = blotDrafts(ctx, tx, wish); err != nil {
		return Blotted{}, err
	}
	return done, tx.Commit()
}

// forget takes the secrets out of what is made from the log: the decisions
// about them, the history's row, and what a repair has set aside in the file.
func (s *Store) forget(ctx context.Context, tx *sql.Tx, wish Blotting, events []workflow.Event) error {
	for _, id := range wish.Whole {
		if _, err := s.redactEvent(ctx, tx, id, Redaction{By: wish.By, Why: wish.Why}); err != nil {
			return err
		}
	}
	sum := workflow.Fold(wish.Incident, events).Summary()
	if sum.Title == "" {
		sum.Title = unnamed
	}
	if err := s.putSummary(ctx, tx, sum, firstRecorded(events)); err != nil {
		return err
	}
	return blotDamaged(ctx, tx, wish)
}

// rowsOf reads an incident's rows before any of them is changed.
func rowsOf(ctx context.Context, tx *sql.Tx, incident workflow.IncidentID) ([]row, error) {
	rows, err := tx.QueryContext(ctx, selectEvents+"WHERE e.incident=? ORDER BY e.n", string(incident))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []row
	for rows.Next() {
		var r row
		if err := r.scan(rows); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// blotDrafts puts markers into half-typed text: of the incident, and into that
// which belongs to none.
func blotDrafts(ctx context.Context, tx *sql.Tx, wish Blotting) (int, error) {
	done := 0
	for _, secret := range wish.Secrets {
		result, err := tx.ExecContext(ctx, "UPDATE draft SET text=replace(text, ?1, ?2) WHERE incident IN (?3, '') AND instr(text, ?1) > 0",
			secret.Reveal(), secret.Marker(), string(wish.Incident))
		if err != nil {
			return 0, err
		}
		changed, err := result.RowsAffected()
		if err != nil {
			return 0, err
		}
		done += int(changed)
	}
	return done, nil
}

// blotDamaged takes the words out of damaged events that a repair has kept.
func blotDamaged(ctx context.Context, tx *sql.Tx, wish Blotting) error {
	for _, secret := range wish.Secrets {
		for _, spelled := range spellings(secret) {
			if _, err := tx.ExecContext(ctx, "UPDATE damaged SET payload=CAST(replace(CAST(payload AS TEXT), ?1, ?2) AS BLOB) WHERE incident=?3 AND instr(payload, CAST(?1 AS BLOB)) > 0",
				spelled, secret.Marker(), string(wish.Incident)); err != nil {
				return err
			}
		}
	}
	return nil
}

// spellings are the ways in which a text can stand in an event's bytes.
func spellings(secret workflow.Secret) []string {
	out := []string{secret.Reveal()}
	if quoted, err := json.Marshal(secret.Reveal()); err == nil {
		if inside := strings.Trim(string(quoted), `"`); inside != out[0] {
			out = append(out, inside)
		}
	}
	return out
}

func holdsAny(payload []byte, secrets []workflow.Secret) bool {
	for _, secret := range secrets {
		for _, spelled := range spellings(secret) {
			if bytes.Contains(payload, []byte(spelled)) {
				return true
			}
		}
	}
	return false
}
