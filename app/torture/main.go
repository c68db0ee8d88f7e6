// Command torture proves that the store loses nothing that it acknowledged. It
// kills writers, tears files, fills disks and cuts the power in many ways, and
// counts: rounds, kills, acknowledged changes, lost changes. The short form is
// for each change of the program; the long form fills docs/RELIABILITY.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
)

// scale says how long the trials go on.
type scale struct {
	long   bool
	seed   uint64
	folder string // of this trial's own, on a disk; thrown away when nothing was found
}

// rounds picks the count for the form that runs.
func (s scale) rounds(short, long int) int {
	if s.long {
		return long
	}
	return short
}

// result is a trial's line in the table. Lost is what must be 0.
type result struct {
	Rounds       int
	Kills        int
	Acknowledged int // changes that were answered as saved
	Lost         int // of these, how many were not there afterwards
	Says         string
}

// trial is one kind of torture. An error is a loss that was found, or a trial
// that could not be carried out; never a number that looks bad.
type trial struct {
	name string
	does string
	run  func(ctx context.Context, s scale) (result, error)
}

// trials are run in this order.
func trials() []trial {
	return []trial{
		{"kill", "two processes write and are killed at random moments", kill},
		{"power", "the power is cut at any moment of a story, and again during recovery", power},
		{"errors", "each operation on the disk fails once, or from then on", faults},
		{"model", "random stories on the real desk against a simple model", model},
		{"full", "the disk is full after N bytes, in everything that writes", full},
		{"files", "the power is cut for documents, backups, attachments and the witness", files},
		{"migrate", "an upgrade is killed at each statement and started again twice", migrate},
		{"torn", "files are cut, garbled, exchanged and removed", torn},
		{"order", "events of several devices in any order, with doubles", order},
	}
}

func main() {
	for _, another := range []func() (code int, is bool){beWriter, beScribe, beOnSmallDisk} {
		if code, is := another(); is { // a trial started this program again for itself
			os.Exit(code)
		}
	}
	long := flag.Bool("long", false, "the long form: hours, for docs/RELIABILITY.md")
	only := flag.String("only", "", "run only these trials, by name, with commas")
	seed := flag.Uint64("seed", 1, "what is random begins with it; the same seed does the same")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *only, scale{long: *long, seed: *seed}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, only string, s scale) error {
	fmt.Println("| trial | rounds | kills | acknowledged | lost | |")
	fmt.Println("|---|---|---|---|---|---|")
	for _, t := range trials() {
		if only != "" && !strings.Contains(","+only+",", ","+t.name+",") {
			continue
		}
		if err := one(ctx, t, s); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return ctx.Err()
}

// one gives a trial a folder of its own, and keeps it when something was found.
func one(ctx context.Context, t trial, s scale) error {
	if err := os.MkdirAll("build", 0o755); err != nil {
		return err
	}
	parent, err := filepath.Abs("build")
	if err != nil {
		return err
	}
	if s.folder, err = os.MkdirTemp(parent, "torture-"); err != nil {
		return err
	}
	got, err := t.run(ctx, s)
	if err == nil && got.Lost > 0 {
		err = fmt.Errorf("%d of %d acknowledged changes are lost", got.Lost, got.Acknowledged)
	}
	if err != nil {
		return fmt.Errorf("seed %d, files kept in %s: %w", s.seed, s.folder, err)
	}
	fmt.Printf("| %s | %d | %d | %d | %d | %s |\n", t.name, got.Rounds, got.Kills, got.Acknowledged, got.Lost, got.Says)
	return os.RemoveAll(s.folder)
}
