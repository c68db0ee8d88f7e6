package data

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"firebreak/workflow"
)

// attachmentsFolder is where the folder of the backups keeps attached files. They
// are called after what they hold, so each lies there once for all backups.
const attachmentsFolder = "attachments"

// carriedTable holds the attached files inside a backup that somebody asked for
// by name.
const carriedTable = "carried"

// sums lists the checksums of the files that are there, without reading them.
func (a *Attachments) sums() (sums []string, err error) {
	folders, err := a.disk.List(a.folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, folder := range folders {
		if !folder.IsDir() || len(folder.Name()) != 2 || !isHex(folder.Name()) {
			continue
		}
		files, err := a.disk.List(filepath.Join(a.folder, folder.Name()))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			if sum := file.Name(); workflow.ValidSum(sum) && strings.HasPrefix(sum, folder.Name()) && file.Type().IsRegular() {
				sums = append(sums, sum)
			}
		}
	}
	return sums, nil
}

// takeAttachments keeps the attached files with the backup. It comes after the
// pages: a file is stored before the event that names it, so every file that
// the copy names is there by now. One that cannot be read is left out and
// counted; doctor says which.
func (c *copying) takeAttachments(ctx context.Context, partial string) (inside, left int, err error) {
	if c.wish.Attachments == "" {
		return 0, 0, nil
	}
	from := AttachmentsIn(c.wish.Attachments)
	sums, err := from.sums()
	if err != nil || len(sums) == 0 {
		return 0, 0, err
	}
	if c.wish.To != "" {
		return carry(ctx, from, sums, partial)
	}
	left, err = mirror(ctx, from, sums, AttachmentsIn(filepath.Join(filepath.Dir(c.to), attachmentsFolder)))
	return 0, left, err
}

// mirror copies the files that a folder lacks.
func mirror(ctx context.Context, from *Attachments, sums []string, to *Attachments) (left int, err error) {
	there, err := to.sums()
	if err != nil {
		return 0, err
	}
	have := map[string]bool{}
	for _, sum := range there {
		have[sum] = true
	}
	for _, sum := range sums {
		if have[sum] {
			continue
		}
		content, err := from.Read(ctx, sum)
		if err != nil {
			if ctx.Err() != nil {
				return left, ctx.Err()
			}
			left++
			continue
		}
		if _, err := to.Put(ctx, sum, bytes.NewReader(content)); err != nil {
			return left, err
		}
	}
	return left, nil
}

// carry puts files into a copy that is not open, and reads each back.
func carry(ctx context.Context, from *Attachments, sums []string, path string) (inside, left int, err error) {
	db, err := connect(path, readWrite, 1)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, db.Close(), syncFile(path)) }()
	if _, err := db.ExecContext(ctx, "CREATE TABLE "+carriedTable+"(sha TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID"); err != nil {
		return 0, 0, err
	}
	for _, sum := range sums {
		content, err := from.Read(ctx, sum)
		if err != nil {
			if ctx.Err() != nil {
				return inside, left, ctx.Err()
			}
			left++
			continue
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO "+carriedTable+"(sha, content) VALUES(?,?)", sum, content); err != nil {
			return inside, left, err
		}
		if back, err := carried(ctx, db, sum); err != nil || !bytes.Equal(back, content) {
			return inside, left, errors.Join(err, fmt.Errorf("the attached file %s is not in the backup as it was stored", short(sum)))
		}
		inside++
	}
	return inside, left, nil
}

// carried reads a file out of a backup and checks it.
func carried(ctx context.Context, db *sql.DB, sum string) (content []byte, err error) {
	if err := db.QueryRowContext(ctx, "SELECT content FROM "+carriedTable+" WHERE sha=?", sum).Scan(&content); err != nil {
		return nil, err
	}
	if got := sha256.Sum256(content); hex.EncodeToString(got[:]) != sum {
		return nil, fmt.Errorf("the attached file %s in the backup is damaged", short(sum))
	}
	return content, nil
}

// carriedIn lists the files inside a backup.
func carriedIn(ctx context.Context, db *sql.DB) (sums []string, err error) {
	var there int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE type='table' AND name='"+carriedTable+"'").Scan(&there); err != nil || there == 0 {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "SELECT sha FROM "+carriedTable)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var sum string
		if err := rows.Scan(&sum); err != nil {
			return nil, err
		}
		sums = append(sums, sum)
	}
	return sums, rows.Err()
}

// countCarried is how many files are inside a backup; none when it cannot tell.
func countCarried(path string) int {
	db, err := connect(path, readOnly, 1)
	if err != nil {
		return 0
	}
	defer db.Close()
	sums, err := carriedIn(context.Background(), db)
	if err != nil {
		return 0
	}
	return len(sums)
}

// bringFilesBack puts attached files back that are missing or damaged: those
// inside the backup, and of those beside the backups the ones that the restored
// log names. It is done before the swap, and harms nothing without it.
func (r *restoring) bringFilesBack(ctx context.Context) error {
	if r.wish.Attachments == "" {
		return nil
	}
	to := AttachmentsIn(r.wish.Attachments)
	source, err := connect(r.wish.From, readOnly, 1)
	if err != nil {
		return err
	}
	defer source.Close()
	inside, err := carriedIn(ctx, source)
	if err != nil {
		return err
	}
	for _, sum := range inside {
		content, err := carried(ctx, source, sum)
		if err == nil {
			err = r.bringBack(ctx, to, sum, bytes.NewReader(content))
		}
		if err != nil {
			return err
		}
	}
	named, err := namedIn(ctx, source)
	if err != nil {
		return err
	}
	beside := AttachmentsIn(filepath.Join(r.wish.BackupsDir, attachmentsFolder))
	for _, n := range named {
		if _, err := os.Stat(beside.path(n.SHA256)); err != nil {
			continue
		}
		file, err := beside.Open(n.SHA256)
		if err != nil {
			continue
		}
		err = errors.Join(r.bringBack(ctx, to, n.SHA256, file), file.Close())
		if err != nil && ctx.Err() == nil && !beside.holds(n.SHA256) {
			continue // it is damaged there: doctor says so
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *restoring) bringBack(ctx context.Context, to *Attachments, sum string, content io.Reader) error {
	if to.holds(sum) {
		return nil
	}
	got, err := to.Put(ctx, sum, content)
	if err != nil {
		return err
	}
	if got.SHA256 == sum {
		r.done.Files++
	}
	return nil
}
