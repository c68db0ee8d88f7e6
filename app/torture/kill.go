package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

// kill lets two processes write into one store and kills them at random
// moments; then it opens the store and holds it against what they had been
// answered.
func kill(ctx context.Context, s scale) (result, error) {
	k := newKilling(s)
	for round := range s.rounds(50, 1000) {
		if ctx.Err() != nil {
			return k.total, ctx.Err()
		}
		if round%lifetime == 0 {
			if err := k.fresh(ctx); err != nil {
				return k.total, err
			}
		}
		if err := k.round(ctx, round); err != nil {
			return k.total, fmt.Errorf("round %d (%s): %w", round, k.path, err)
		}
	}
	k.total.Says = fmt.Sprintf("%d batches were there though not yet answered; %d files and %d backups were looked at; killed while: %s; opened again in at most %d ms",
		k.arrived, k.files, k.backups, counted(k.at), k.slowest.Milliseconds())
	return k.total, nil
}

// lifetime is how many rounds a store is used for.
const lifetime = 12

// killing is the trial under way.
type killing struct {
	scale   scale
	dice    *rand.Rand
	stores  int
	path    string
	told    *told
	total   result
	arrived int
	files   int
	backups int
	at      map[string]int // kills, by what was being done
	slowest time.Duration
}

func newKilling(s scale) *killing {
	return &killing{scale: s, dice: rand.New(rand.NewPCG(s.seed, 0)), at: map[string]int{}}
}

// fresh begins a new store. Every second one is of the oldest schema, so that
// the first to open it has to migrate.
func (k *killing) fresh(ctx context.Context) error {
	if k.stores > 0 {
		if err := os.RemoveAll(filepath.Dir(k.path)); err != nil {
			return err
		}
	}
	k.stores++
	k.path = filepath.Join(k.scale.folder, fmt.Sprint("store-", k.stores), "firebreak.db")
	k.told = nothingTold()
	if k.stores%2 == 0 {
		return nil
	}
	fixtures, err := fixtures()
	if err != nil {
		return err
	}
	return k.told.begin(ctx, k.path, fixtures[0])
}

// aims are the moments at which a writer is killed, after what it has just
// said.
func (k *killing) aim() (aim, string) {
	soon := func(most time.Duration) time.Duration { return time.Duration(k.dice.Int64N(int64(most))) }
	switch k.dice.IntN(13) {
	case 0, 1:
		return aim{says: saysOpening, after: soon(25 * time.Millisecond)}, ""
	case 2:
		return aim{says: saysWill, what: doesImport, after: soon(60 * time.Millisecond)}, doesImport
	case 3:
		return aim{says: saysWill, what: doesCheckpoint, after: soon(8 * time.Millisecond)}, doesCheckpoint
	case 4:
		return aim{says: saysWill, what: doesIndex, after: soon(15 * time.Millisecond)}, doesIndex
	case 6, 7:
		return aim{says: saysWill, what: doesBackup, after: soon(40 * time.Millisecond)}, doesBackup
	case 8:
		return aim{says: saysWill, what: doesFile, after: soon(15 * time.Millisecond)}, doesFile
	case 5:
		return aim{says: saysClosing, after: soon(8 * time.Millisecond)}, ""
	default:
		return aim{says: saysOpened, after: soon(250 * time.Millisecond)}, ""
	}
}

// round is two lives. One of the two, or both, is killed.
func (k *killing) round(ctx context.Context, number int) error {
	var lives []*life
	spared := k.dice.IntN(4) - 1 // which of them is left alone; mostly it is nobody or the second
	for i, who := range []string{"a", "b"} {
		at, favours := k.aim()
		if i == spared {
			at = aim{}
		}
		one, err := start(ctx, job{Path: k.path, Seed: k.dice.Uint64(), Name: fmt.Sprintf("%d%s", number, who), Favours: favours}, at)
		if err != nil {
			return err
		}
		lives = append(lives, one)
	}
	for _, one := range lives {
		if one.aim.says == saysClosing {
			time.AfterFunc(time.Duration(k.dice.IntN(150))*time.Millisecond, one.stop)
		} else if one.aim.says != "" {
			<-one.ended
		}
	}
	for _, one := range lives {
		if one.aim.says == "" {
			time.Sleep(time.Duration(k.dice.IntN(40)) * time.Millisecond) // it works on beside the dead
			one.stop()
		}
		<-one.ended
	}
	return k.examine(ctx, lives)
}

// examine opens the store after a round.
func (k *killing) examine(ctx context.Context, lives []*life) error {
	a := &autopsy{told: k.told}
	k.total.Rounds++
	for _, one := range lives {
		if err := one.fault(); err != nil {
			return err
		}
		if one.killed {
			k.total.Kills++
			k.at[one.doing()]++
		}
		unanswered, answered, err := k.told.heard(one)
		if err != nil {
			return err
		}
		k.total.Acknowledged += answered
		if err := a.wait(unanswered); err != nil {
			return err
		}
	}
	err := a.examine(ctx, k.path)
	k.total.Lost += a.missing
	k.arrived += a.arrived
	k.files += a.filesSeen
	k.backups += a.backupsSeen
	k.slowest = max(k.slowest, a.opened)
	k.told.settle()
	return err
}

// wait remembers what was under way at the end of a life.
func (a *autopsy) wait(it *word) error {
	if it == nil {
		return nil
	}
	if len(it.Events) == 0 {
		a.beside = append(a.beside, *it)
		return nil
	}
	b, err := batchOf(*it, 0)
	a.pending = append(a.pending, b)
	return err
}

// fixtures are the schemas that were ever released, with rows in them, the
// oldest first.
func fixtures() ([]string, error) {
	root, err := moduleRoot()
	if err != nil {
		return nil, err
	}
	found, err := filepath.Glob(filepath.Join(root, "data", "testdata", "schema-*.sql"))
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("there are no schemas in %s", filepath.Join(root, "data", "testdata"))
	}
	return found, err
}

// moduleRoot is the folder of the sources, from wherever in it the trial runs.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		} else if !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			return "", fmt.Errorf("run it inside of the sources: %w", err)
		}
		dir = filepath.Dir(dir)
	}
}

// buildFrom makes a database from a fixture's statements, as an older version
// of the program left it.
func buildFrom(ctx context.Context, path, fixture string) error {
	statements, err := os.ReadFile(fixture)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, string(statements))
	return errors.Join(err, db.Close())
}
