package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"firebreak/app/keep"
	"firebreak/app/publish"
	"firebreak/app/session"
	"firebreak/data"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// prepareExport is an increment and a post-mortem that were exported before,
// and are exported again after the incident went on.
func prepareExport(ctx context.Context, on *tale) (task, error) {
	root := filepath.Join(on.folder, "shop")
	if _, err := repo.Init(root); err != nil {
		return task{}, err
	}
	hands := publish.New(keep.On(on.hands[0].store))
	in := on.world().incidents["incident-0"]
	made, err := hands.CreateIncrement(ctx, root, in)
	if err != nil {
		return task{}, err
	}
	if in, err = on.asks(in, made); err != nil {
		return task{}, err
	}
	documents := []session.Document{session.IncrementDocument, session.PostmortemDocument}
	if _, err := hands.Write(ctx, root, in, nil, documents...); err != nil {
		return task{}, err
	}
	before, err := filesOf(root)
	if err != nil {
		return task{}, err
	}
	for range 20 {
		if in, err = on.asks(in, workflow.Note{Text: on.words()}); err != nil {
			return task{}, err
		}
	}
	var failed []map[string][]byte // what was found after each failure
	return task{
		do: func(ctx context.Context) error {
			_, err := hands.Write(ctx, root, in, nil, documents...)
			return err
		},
		check: func(_ context.Context, done bool) error {
			found, err := filesOf(root)
			if err != nil || !done {
				failed = append(failed, found)
				return err
			}
			if bytes.Equal(found[changedFile(before)], before[changedFile(before)]) {
				return errors.New("the second export wrote nothing new, so the trial proves nothing")
			}
			for _, half := range failed {
				if err := oldOrNew(before, found, half); err != nil {
					return err
				}
			}
			return nil
		},
	}, nil
}

// asks is an intent that changes an incident without anybody writing it down.
func (t *tale) asks(in workflow.Incident, want workflow.Intent) (workflow.Incident, error) {
	events, err := workflow.Decide(in, want, workflow.Env{
		Now: t.now, Actor: "Jane", Device: "device",
		NewID: func() workflow.EventID { return workflow.EventID(t.name("asked")) },
	})
	return in.With(events...), err
}

// filesOf reads the documents of a working tree, without what git keeps there.
func filesOf(root string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".git":
			return filepath.SkipDir
		case entry.IsDir():
			return nil
		}
		files[path], err = os.ReadFile(path)
		return err
	})
	return files, err
}

// changedFile is the post-mortem: it tells every note.
func changedFile(files map[string][]byte) string {
	for name := range files {
		if strings.Contains(name, "incidents") {
			return name
		}
	}
	return ""
}

// oldOrNew says which file is neither what it was nor what it was to become.
func oldOrNew(before, after, found map[string][]byte) error {
	for name, content := range found {
		old, was := before[name]
		next, is := after[name]
		if (!was || !bytes.Equal(content, old)) && (!is || !bytes.Equal(content, next)) {
			return fmt.Errorf("%s has %d bytes, and is neither the old one (%d) nor the new one (%d)", name, len(content), len(old), len(next))
		}
	}
	for name := range before {
		if _, there := found[name]; !there {
			return fmt.Errorf("%s is gone", name)
		}
	}
	return nil
}

// prepareBackup is a second backup beside a first one.
func prepareBackup(ctx context.Context, on *tale) (task, error) {
	dir := filepath.Join(on.folder, "backups")
	attachments := data.AttachmentsIn(filepath.Join(on.folder, "attachments"))
	if _, err := attachments.Put(ctx, "graph.png", strings.NewReader(strings.Repeat("fire ", 3000))); err != nil {
		return task{}, err
	}
	first, err := on.hands[0].store.Backup(ctx, data.BackupWish{Dir: dir, Why: data.Asked, Attachments: attachments.Folder()})
	if err != nil {
		return task{}, err
	}
	memory, then := newMemory(), on.world()
	for range 8 {
		if err := on.step(ctx); err != nil {
			return task{}, err
		}
	}
	return task{
		do: func(ctx context.Context) error {
			_, err := on.hands[0].store.Backup(ctx, data.BackupWish{Dir: dir, Why: data.Timed, Attachments: attachments.Folder()})
			return err
		},
		check: func(ctx context.Context, done bool) error {
			list, err := data.Backups(dir)
			if err != nil {
				return err
			}
			if done && len(list) < 2 || len(list) == 0 {
				return fmt.Errorf("there are %d backups", len(list))
			}
			for _, b := range list {
				want := on.world()
				if b.Path == first.Path {
					want = then
				}
				if err := heldIn(ctx, on, memory, b, want); err != nil {
					return fmt.Errorf("%s: %w", filepath.Base(b.Path), err)
				}
			}
			return nil
		},
	}, nil
}

// heldIn opens a copy of a backup as a database and compares it.
func heldIn(ctx context.Context, on *tale, memory *memory, b data.Backup, want world) error {
	checked, err := data.CheckBackup(ctx, b.Path, nil)
	if err != nil || checked.Verdict != data.VerdictSound {
		return fmt.Errorf("the check says %q: %w", checked.Says, err)
	}
	content, err := os.ReadFile(b.Path)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp(on.folder, "restored-")
	if err != nil {
		return err
	}
	path := filepath.Join(folder, databaseName)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return err
	}
	store, err := on.open(ctx, path)
	if err != nil {
		return err
	}
	return errors.Join(memory.compare(ctx, want, store), store.Close(), os.RemoveAll(folder))
}

// prepareAttachment is a second attached file beside a first one.
func prepareAttachment(ctx context.Context, on *tale) (task, error) {
	attachments := data.AttachmentsIn(filepath.Join(on.folder, "attachments"))
	first, err := attachments.Put(ctx, "graph.png", strings.NewReader(strings.Repeat("fire ", 3000)))
	if err != nil {
		return task{}, err
	}
	content := make([]byte, 300_000+on.dice.IntN(1000))
	for i := range content {
		content[i] = byte(on.dice.Uint32())
	}
	sum := sha256.Sum256(content)
	second := workflow.Attachment{Name: "dump.bin", SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(content))}
	return task{
		do: func(ctx context.Context) error {
			_, err := attachments.Put(ctx, second.Name, bytes.NewReader(content))
			return err
		},
		check: func(ctx context.Context, done bool) error {
			named := []workflow.Attachment{first}
			if done {
				named = append(named, second)
			}
			report, err := attachments.Check(ctx, named...)
			if err != nil || !report.Sound() || len(report.CutOff)+len(report.Foreign) > 0 {
				return fmt.Errorf("the check says %+v: %w", report, err)
			}
			return nil
		},
	}, nil
}
