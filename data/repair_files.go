package data

import (
	"context"
	"path/filepath"
)

// RepairFiles brings attached files back that are missing or damaged, as far as
// the backups have them. It answers how many came back.
func RepairFiles(ctx context.Context, wish ExamineWish) (back int, err error) {
	d, err := Examine(ctx, wish)
	if err != nil {
		return 0, err
	}
	sums := d.Files.Damaged
	for _, a := range d.Files.Missing {
		sums = append(sums, a.SHA256)
	}
	from := AttachmentsIn(filepath.Join(backupsOf(d.Path, wish.Backups), "attachments"))
	to := AttachmentsIn(wish.Attachments)
	for _, sha := range sums {
		file, err := from.Open(sha)
		if err != nil {
			continue // it stays missing, and an examination goes on saying so
		}
		_, err = to.Put(ctx, sha, file)
		_ = file.Close()
		if ctx.Err() != nil {
			return back, ctx.Err()
		}
		if err == nil {
			back++
		}
	}
	return back, nil
}
