package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
)

// inspect reads a file that nobody writes to from its beginning to its end, and
// gives its verdict: the engine looks at its structures on one connection, the
// seals and links of the events are checked on another. Without haste the one
// waits for the other: somebody may be typing meanwhile.
func inspect(ctx context.Context, path string, b *Backup, t *track, haste bool) error {
	db, err := connect(path, readOnly, 2)
	if err != nil {
		return err
	}
	defer db.Close()
	t.expect(b.Bytes)
	var structure, log []string
	var asking, reading error
	var hands sync.WaitGroup
	hands.Go(func() { structure, asking = askStructures(ctx, db) })
	if !haste {
		hands.Wait()
	}
	hands.Go(func() { log, reading = askLog(ctx, db, b, t) })
	hands.Wait()
	if err := errors.Join(asking, reading); err != nil {
		return err
	}
	b.Verdict, b.Says = VerdictSound, ""
	if found := append(log, structure...); len(found) > 0 {
		b.Verdict, b.Says = VerdictDamaged, severalIn(found)
	}
	return nil
}

// severalIn names the first of several findings, and how many more there are.
func severalIn(found []string) string {
	const few = 3
	if more := len(found) - few; more > 0 {
		return strings.Join(found[:few], "; ") + fmt.Sprintf("; and %d more", more)
	}
	return strings.Join(found, "; ")
}

// askStructures is the engine's quick check: everything but the contents of
// indexes, which can be built anew.
func askStructures(ctx context.Context, db *sql.DB) (found []string, err error) {
	rows, err := db.QueryContext(ctx, "PRAGMA quick_check(20)")
	if err != nil {
		return damageOr(ctx, err)
	}
	defer rows.Close()
	for rows.Next() {
		var says string
		if err := rows.Scan(&says); err != nil {
			return found, err
		}
		if says != "ok" {
			found = append(found, says)
		}
	}
	if err := rows.Err(); err != nil {
		more, err := damageOr(ctx, err)
		return append(found, more...), err
	}
	return found, nil
}

// damageOr takes an error for a finding when it tells of damage.
func damageOr(ctx context.Context, err error) ([]string, error) {
	if isDamage(err) && ctx.Err() == nil {
		return []string{fmt.Sprintf("it cannot be read to its end: %v", err)}, nil
	}
	return nil, err
}

// askLog checks every seal and every link.
func askLog(ctx context.Context, db *sql.DB, b *Backup, t *track) (found []string, err error) {
	rows, err := db.QueryContext(ctx, selectEvents+"ORDER BY e.device, e.seq")
	if err != nil {
		return damageOr(ctx, err)
	}
	defer rows.Close()
	share := b.Bytes / int64(max(b.Changes, 1))
	var before row
	var room []byte
	for rows.Next() {
		var r row
		if err := r.scan(rows); err != nil {
			return found, err
		}
		if _, wrong := r.event(&room); wrong != "" {
			found = append(found, fmt.Sprintf("change %d: %s", r.n, wrong))
		}
		if gap, broken := r.after(before); broken {
			found = append(found, gap.words())
		}
		before = r
		t.add(share)
	}
	if err := rows.Err(); err != nil {
		more, err := damageOr(ctx, err)
		return append(found, more...), err
	}
	return found, nil
}

func (g Gap) words() string {
	if g.From == g.To {
		return fmt.Sprintf("change %d of device %s is missing, or does not follow the one before it", g.From, g.Device)
	}
	return fmt.Sprintf("changes %d to %d of device %s are missing", g.From, g.To, g.Device)
}

// CheckBackup reads a backup to its end and gives its verdict. It changes
// nothing. A file that is no backup of ours is an error.
func CheckBackup(ctx context.Context, path string, progress func(done, all int64)) (Backup, error) {
	b, err := checkBackup(ctx, path, newTrack(progress))
	return b, explain("The backup cannot be checked", path, err)
}

func checkBackup(ctx context.Context, path string, t *track) (Backup, error) {
	b, _ := readName(path)
	info, err := os.Stat(path)
	if err != nil {
		return b, err
	}
	if info.IsDir() {
		return b, &Trouble{
			Says: fmt.Sprintf("%s is a folder, not a backup.", path),
			Safe: "Nothing was changed.",
			Do:   "Name the file. These are there: firebreak backup list.",
		}
	}
	b.Bytes = info.Size()
	if err := recognised(ctx, path); err != nil {
		return b, err
	}
	f, err := factsIn(ctx, path)
	switch {
	case isDamage(err):
		b.Verdict, b.Says = VerdictDamaged, fmt.Sprintf("what it holds cannot be counted: %v", err)
		return b, nil
	case err != nil:
		return b, err
	}
	b.take(f)
	b.Files = countCarried(path)
	return b, inspect(ctx, path, &b, t, true)
}

// recognised refuses what is no backup of ours, or one of a newer program.
func recognised(ctx context.Context, path string) error {
	db, err := connect(path, readOnly, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	var application, version int
	err = db.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version)`).Scan(&application, &version)
	steps := migrations()
	newest := steps[len(steps)-1].version
	switch {
	case isDamage(err):
		return &Trouble{
			Says: fmt.Sprintf("%s is not a backup, or its beginning is damaged.", path),
			Safe: "Nothing was changed.", Do: "Choose another one. These are there: firebreak backup list.", Err: err,
		}
	case err != nil:
		return err
	case application != applicationID:
		return &Trouble{
			Says: fmt.Sprintf("%s is not a backup of Firebreak.", path),
			Safe: "Nothing was changed.", Do: "Choose another one. These are there: firebreak backup list.",
		}
	case version > newest:
		return &Trouble{
			Says: fmt.Sprintf("%s was written by a newer Firebreak (schema %d; this one knows %d).", path, version, newest),
			Safe: "Nothing was changed.", Do: "Install the newer version, or choose an older backup.",
		}
	}
	return nil
}
