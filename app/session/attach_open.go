package session

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"firebreak/workflow"
)

// openedFor is how long a copy is kept that another program may be showing.
const openedFor = 24 * time.Hour

// OpenAttachment makes a copy of an attachment that another program can show,
// checked and under a harmless name; then is called with its path. The stored
// file is never given away, so that nobody can change it.
func (d *Desk) OpenAttachment(a workflow.Attachment, then func(path string), done func(error)) {
	files, err := filesOf(d.shelf)
	if err != nil {
		d.answer(done, err)
		return
	}
	folder, now := d.attached.copies, d.clock.Now()
	if folder == "" {
		d.answer(done, sentence("There is no place for a copy here. Save the attachment instead."))
		return
	}
	d.Run("open attachment", func(ctx context.Context) (func(), error) {
		path, err := copyToOpen(ctx, files, a, folder, now)
		return func() { then(path) }, err
	}, func(err error) { d.answer(done, err) })
}

func copyToOpen(ctx context.Context, files Files, a workflow.Attachment, folder string, now time.Time) (string, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", sentence(fmt.Sprintf("It cannot be opened: %s cannot be made: %v. The attachment is whole; save it to another folder instead.", folder, plain(err)))
	}
	dropOpened(folder, now.Add(-openedFor))
	own, err := os.MkdirTemp(folder, a.SHA256[:min(8, len(a.SHA256))]+"-")
	if err != nil {
		return "", sentence(fmt.Sprintf("It cannot be opened: nothing can be written to %s: %v. The attachment is whole; save it to another folder instead.", folder, plain(err)))
	}
	path := filepath.Join(own, a.FileName())
	return path, files.CopyTo(ctx, a.SHA256, path)
}

// dropOpened throws copies away that were made before a moment. What is still
// open in a program that holds it stays.
func dropOpened(folder string, before time.Time) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && info.IsDir() && info.ModTime().Before(before) {
			_ = os.RemoveAll(filepath.Join(folder, entry.Name()))
		}
	}
}

// SaveAttachment writes an attachment to a path that a person chose. A file
// that is there is kept.
func (d *Desk) SaveAttachment(a workflow.Attachment, path string, done func(error)) {
	files, err := filesOf(d.shelf)
	if err != nil {
		d.answer(done, err)
		return
	}
	path = atHome(path)
	if !filepath.IsAbs(path) {
		d.answer(done, sentence("Not saved: say the whole path, from the root of the disk or from ~."))
		return
	}
	d.finish("save attachment", func(ctx context.Context) (func(), error) {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			path = filepath.Join(path, a.FileName())
		}
		err := files.CopyTo(ctx, a.SHA256, path)
		return func() { d.Say(Strip{Says: "Saved: " + path}) }, err
	}, func(err error) { d.answer(done, err) })
}

// SaveThere is where an attachment is saved unless somebody says otherwise.
func SaveThere(a workflow.Attachment) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if info, err := os.Stat(filepath.Join(home, "Downloads")); err == nil && info.IsDir() {
		home = filepath.Join(home, "Downloads")
	}
	return filepath.Join(home, a.FileName())
}
