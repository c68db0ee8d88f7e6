package data

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"firebreak/workflow"
)

// AttachmentReport is what a check of the attachments found.
type AttachmentReport struct {
	Whole   int                   // files that are there and are what was stored
	Bytes   int64                 // of the whole ones
	Missing []workflow.Attachment // named by the log and not there
	Damaged []string              // checksums of files that are not what was stored
	Strays  []string              // whole, but named by no event: of drafts, or of changes that were never saved
	CutOff  []string              // what a Put left behind that was cut off; swept away a day later
	Foreign []string              // paths that are not ours
}

// Sound says whether everything that the log names is there and whole.
func (r AttachmentReport) Sound() bool { return len(r.Missing) == 0 && len(r.Damaged) == 0 }

// Check reads every stored file and compares it with its checksum, and with the
// attachments that the log names; see Store.Named. It changes nothing.
func (a *Attachments) Check(ctx context.Context, named ...workflow.Attachment) (AttachmentReport, error) {
	var report AttachmentReport
	found := map[string]bool{}
	wanted := map[string]bool{}
	for _, n := range named {
		wanted[n.SHA256] = true
	}
	folders, err := a.disk.List(a.folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return report, a.missing("", err)
	}
	for _, folder := range folders {
		name := folder.Name()
		switch {
		case leftover.MatchString(name):
			report.CutOff = append(report.CutOff, name)
		case folder.IsDir() && len(name) == 2 && isHex(name):
			if err := a.checkFolder(ctx, name, wanted, found, &report); err != nil {
				return report, err
			}
		default:
			report.Foreign = append(report.Foreign, name)
		}
	}
	for _, n := range named {
		if !found[n.SHA256] {
			found[n.SHA256] = true // say it once
			report.Missing = append(report.Missing, n)
		}
	}
	return report, nil
}

func (a *Attachments) checkFolder(ctx context.Context, folder string, wanted, found map[string]bool, report *AttachmentReport) error {
	files, err := a.disk.List(filepath.Join(a.folder, folder))
	if err != nil {
		return a.missing(folder, err)
	}
	for _, file := range files {
		sha := file.Name()
		if !workflow.ValidSum(sha) || !strings.HasPrefix(sha, folder) || file.IsDir() {
			report.Foreign = append(report.Foreign, folder+"/"+sha)
			continue
		}
		found[sha] = true
		bytes, err := a.verify(ctx, sha)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			report.Damaged = append(report.Damaged, sha)
			continue
		}
		report.Whole++
		report.Bytes += bytes
		if !wanted[sha] {
			report.Strays = append(report.Strays, sha)
		}
	}
	return nil
}

// AttachmentState says how a stored file is.
type AttachmentState string

// The states.
const (
	AttachmentWhole   AttachmentState = "whole"
	AttachmentDamaged AttachmentState = "damaged" // or it cannot be read
	AttachmentMissing AttachmentState = "missing"
)

// Look reads one stored file and says whether it is what was stored; the error
// says what is wrong with it.
func (a *Attachments) Look(ctx context.Context, sha string) (AttachmentState, error) {
	_, err := a.verify(ctx, sha)
	switch {
	case err == nil:
		return AttachmentWhole, nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid):
		return AttachmentMissing, err
	default:
		return AttachmentDamaged, err
	}
}

func (a *Attachments) verify(ctx context.Context, sha string) (bytes int64, err error) {
	file, err := a.Open(sha)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	return io.Copy(io.Discard, &patient{ctx, file})
}

func isHex(text string) bool {
	_, err := hex.DecodeString(text)
	return err == nil && strings.ToLower(text) == text
}

// Named lists the attachments that the log names, each checksum once. An event
// that is damaged names none.
func (s *Store) Named(ctx context.Context) ([]workflow.Attachment, error) {
	named, err := namedIn(ctx, s.read)
	return named, explain(reading, s.path, err)
}

func namedIn(ctx context.Context, db *sql.DB) ([]workflow.Attachment, error) {
	rows, err := db.QueryContext(ctx, selectEvents+`WHERE instr(e.payload, '"sha256"') > 0 ORDER BY e.n`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var named []workflow.Attachment
	seen := map[string]bool{}
	var room []byte
	for rows.Next() {
		var r row
		if err := r.scan(rows); err != nil {
			return nil, err
		}
		event, wrong := r.event(&room)
		if wrong != "" {
			continue
		}
		for _, a := range workflow.Named(event) {
			if !seen[a.SHA256] {
				seen[a.SHA256] = true
				named = append(named, a)
			}
		}
	}
	return slices.Clip(named), rows.Err()
}
