package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"firebreak/data"
)

// migrate opens databases of every schema that was ever released, and none at
// all. It is killed before each statement and each operation on the disk,
// killed once more somewhere during the second start, and started again twice.
func migrate(ctx context.Context, s scale) (result, error) {
	u := &upgrading{scale: s, dice: rand.New(rand.NewPCG(s.seed, 0))}
	fixtures, err := fixtures()
	if err != nil {
		return u.total, err
	}
	var says []string
	for _, fixture := range append([]string{""}, fixtures...) {
		found, err := u.from(ctx, fixture, s.rounds(12, 1<<20))
		if err != nil {
			return u.total, fmt.Errorf("from %s: %w", nameOfFixture(fixture), err)
		}
		says = append(says, fmt.Sprintf("from %s: %d statements, %d operations", nameOfFixture(fixture), found.Statements, found.Operations))
	}
	u.total.Says = strings.Join(says, "; ")
	return u.total, nil
}

func nameOfFixture(fixture string) string {
	if fixture == "" {
		return "nothing"
	}
	return strings.TrimSuffix(filepath.Base(fixture), ".sql")
}

// upgrading is the trial under way.
type upgrading struct {
	scale scale
	dice  *rand.Rand
	total result
}

// from kills upgrades of one schema, at most so many of each kind, spread over
// the whole upgrade.
func (u *upgrading) from(ctx context.Context, fixture string, most int) (upgraded, error) {
	whole, _, err := u.try(ctx, fixture, nil)
	if err != nil {
		return whole, err
	}
	for _, kind := range []struct {
		count int
		stop  func(at int) upgrade
	}{
		{whole.Statements, func(at int) upgrade { return upgrade{Statement: at} }},
		{whole.Operations, func(at int) upgrade { return upgrade{Operation: at} }},
	} {
		stride := max(1, (kind.count+most-1)/most)
		for at := 1 + u.dice.IntN(stride); at <= kind.count; at += stride {
			again := kind.stop(1 + u.dice.IntN(kind.count))
			if _, killed, err := u.try(ctx, fixture, []upgrade{kind.stop(at), again}); err != nil {
				return whole, fmt.Errorf("killed at %+v (%v) and then at %+v: %w", kind.stop(at), killed, again, err)
			}
		}
	}
	return whole, nil
}

// try upgrades once, with a start that is killed for each stop, and then two
// that are left alone. Without stops it only counts.
func (u *upgrading) try(ctx context.Context, fixture string, stops []upgrade) (whole upgraded, killed int, err error) {
	path := filepath.Join(u.scale.folder, "upgrade", "firebreak.db")
	if err := os.RemoveAll(filepath.Dir(path)); err != nil {
		return whole, 0, err
	}
	before := nothingTold()
	if fixture != "" {
		if err := before.begin(ctx, path, fixture); err != nil {
			return whole, 0, err
		}
	}
	if len(stops) == 0 {
		whole, _, err = upgradeIn(ctx, upgrade{Path: path})
		if err != nil {
			return whole, 0, err
		}
	}
	for _, stop := range stops {
		if ctx.Err() != nil {
			return whole, killed, ctx.Err()
		}
		stop.Path = path
		_, dead, err := upgradeIn(ctx, stop)
		if err != nil {
			return whole, killed, err
		}
		if dead {
			killed++
		}
	}
	u.total.Rounds++
	u.total.Kills += killed
	u.total.Acknowledged += len(before.payloads)
	for range 2 {
		a := &autopsy{told: before}
		if err := a.examine(ctx, path); err != nil {
			u.total.Lost += a.missing
			return whole, killed, err
		}
	}
	return whole, killed, keptBefore(ctx, path, before, fixture)
}

// keptBefore says whether the copy from before the upgrade is among the backups
// and holds everything, where an upgrade was due.
func keptBefore(ctx context.Context, path string, before *told, fixture string) error {
	all, err := fixtures()
	if err != nil || fixture == "" || fixture == all[len(all)-1] {
		return err
	}
	list, err := data.Backups(filepath.Join(filepath.Dir(path), "backups"))
	if err != nil {
		return err
	}
	for _, b := range list {
		if !strings.Contains(filepath.Base(b.Path), "before-v") {
			continue
		}
		checked, err := data.CheckBackup(ctx, b.Path, nil)
		if err == nil && checked.Verdict == data.VerdictSound && checked.Changes == before.upTo {
			return nil
		}
	}
	return fmt.Errorf("no backup from before the upgrade holds the %d events", before.upTo)
}
