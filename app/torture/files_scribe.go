package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"firebreak/app/keep"
	"firebreak/app/publish"
	"firebreak/app/session"
	"firebreak/app/torture/disk"
	"firebreak/data"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// What lies in the scribe's folder beside the database.
const (
	backupsName     = "backups"
	attachmentsName = "attachments"
	shopName        = "shop"
)

// beScribe does the work of the program that strace looks at.
func beScribe() (code int, is bool) {
	told, is := os.LookupEnv(scribeVariable)
	if !is {
		return 0, false
	}
	var want scribing
	err := json.Unmarshal([]byte(told), &want)
	if err == nil {
		err = write(context.Background(), want)
	}
	if err != nil {
		fmt.Fprint(os.Stderr, err)
		return 1, true
	}
	return 0, true
}

// deskOfFiles is everything that the scribe writes with.
type deskOfFiles struct {
	*tale
	hands       *publish.Publisher
	attachments *data.Attachments
	in          workflow.Incident // the incident that is exported
	marks       *os.File
	said        int
}

// write is the scribe's work: some turns of a tale, then a document, a backup
// or an attachment, again and again.
func write(ctx context.Context, want scribing) error {
	marks, err := os.Create(filepath.Join(want.Folder, marksName))
	if err != nil {
		return err
	}
	defer marks.Close()
	t, err := newTale(ctx, &disk.Disk{}, want.Folder, rand.New(rand.NewPCG(want.Seed, 0)))
	if err != nil {
		return err
	}
	d := &deskOfFiles{tale: t, marks: marks, attachments: data.AttachmentsIn(filepath.Join(want.Folder, attachmentsName))}
	if err := d.say(); err != nil {
		return err
	}
	root := filepath.Join(want.Folder, shopName)
	if err := theirFolder(root); err != nil {
		return err
	}
	if _, err := repo.Init(root); err != nil {
		return err
	}
	for round := range want.Rounds {
		for range 1 + t.dice.IntN(3) {
			if err := t.step(ctx); err != nil {
				return err
			}
			if err := d.say(); err != nil {
				return err
			}
		}
		if err := errors.Join(d.file(ctx, root, round), d.say()); err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
	}
	return errors.Join(t.leave(), d.say())
}

// theirFolder is a working tree that was there long before: durable.
func theirFolder(root string) error {
	if err := os.Mkdir(root, 0o755); err != nil {
		return err
	}
	above, err := os.Open(filepath.Dir(root))
	if err != nil {
		return err
	}
	return errors.Join(above.Sync(), above.Close())
}

// file writes something that is no part of the database.
func (d *deskOfFiles) file(ctx context.Context, root string, round int) error {
	d.now = d.now.Add(time.Minute) // backups are named by the second
	switch store := d.tale.hands[0].store; round % 4 {
	case 0, 2:
		return d.export(ctx, root)
	case 1:
		_, err := store.Backup(ctx, data.BackupWish{Dir: filepath.Join(d.folder, backupsName), Why: data.Timed, Attachments: d.attachments.Folder()})
		return err
	default:
		_, err := d.attachments.Put(ctx, d.name("file"), strings.NewReader(d.words()+strings.Repeat(d.name("x"), d.dice.IntN(9000))))
		return err
	}
}

func (d *deskOfFiles) export(ctx context.Context, root string) (err error) {
	d.hands = publish.New(keep.On(d.tale.hands[0].store))
	if !d.in.Declared() {
		d.in = d.world().incidents["incident-0"]
		made, err := d.hands.CreateIncrement(ctx, root, d.in)
		if err != nil {
			return err
		}
		if d.in, err = d.asks(d.in, made); err != nil {
			return err
		}
		if err := d.say(); err != nil {
			return err
		}
	}
	if d.in, err = d.asks(d.in, workflow.Note{Text: d.words()}); err != nil {
		return err
	}
	_, err = d.hands.Write(ctx, root, d.in, nil, session.IncrementDocument, session.PostmortemDocument)
	return err
}

// say tells what is saved by now: first to whoever started this, and then into
// the marks, so that nothing counts before it was answered.
func (d *deskOfFiles) say() error {
	a := answered{Mark: d.said, Files: map[string]string{}}
	for _, name := range []string{shopName, backupsName, attachmentsName} {
		err := filepath.WalkDir(filepath.Join(d.folder, name), func(path string, entry fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				return err
			case entry.IsDir() && entry.Name() == ".git":
				return filepath.SkipDir
			case entry.IsDir() || strings.HasSuffix(path, "-shm"):
				return nil
			}
			content, err := os.ReadFile(path)
			below, _ := filepath.Rel(d.folder, path)
			a.Files[filepath.ToSlash(below)] = sumOf(content)
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, in := range d.world().incidents {
		for _, e := range in.Events() {
			a.Events = append(a.Events, string(e.ID))
		}
	}
	line, err := json.Marshal(a)
	if err != nil {
		return err
	}
	fmt.Printf("%s\n", line)
	_, err = fmt.Fprintf(d.marks, "%d\n", d.said)
	d.said++
	return err
}

func sumOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:12])
}
