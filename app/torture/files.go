package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"firebreak/app/torture/disk"
	"firebreak/data"
)

// answered is what the scribe says once something is saved: what must be found
// from then on.
type answered struct {
	Mark   int
	Files  map[string]string // checksums of documents, backups and attachments, by path below the folder
	Events []string
}

// files cuts the power for what the engine does not write: documents, backups,
// attachments and the witness. A second program writes them, and strace sees
// every call that it makes to the system.
func files(ctx context.Context, s scale) (result, error) {
	if says := canTrace(ctx); says != "" {
		return result{Says: "not carried out: " + says}, nil
	}
	count := newCuts()
	for n := range s.rounds(1, 12) {
		if err := count.desk(ctx, s, n); err != nil {
			return result{}, fmt.Errorf("desk %d: %w", n, err)
		}
	}
	if count.unsyncedBad == 0 {
		return result{}, fmt.Errorf("the trial does not bite: %d images without any sync, and none was bad", count.unsynced)
	}
	return result{
		Rounds: count.images, Acknowledged: count.acknowledged,
		Says: fmt.Sprintf("%d images, %d of them different, of documents, backups, attachments, the witness and the database together; control: without any sync %d of %d were bad",
			count.images, len(count.seen), count.unsyncedBad, count.unsynced),
	}, nil
}

// desk lets one scribe work and looks at its crashes.
func (c *cuts) desk(ctx context.Context, s scale, n int) error {
	folder := filepath.Join(s.folder, fmt.Sprintf("desk-%d", n))
	record, told, err := scribe(ctx, folder, s.seed+uint64(n), s.rounds(24, 40))
	if err != nil {
		return err
	}
	j := &filesJudge{folder: folder + "-images", told: told, versions: versionsOf(told)}
	dice, careless := rand.New(rand.NewPCG(s.seed, uint64(n))), disk.Unsynced(record)
	for i := range s.rounds(60, 120) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		cut, luck := dice.IntN(len(record)+1), disk.AnyLuck(dice)
		image := disk.Image(record, cut, luck, dice)
		mark, err := j.look(ctx, image, record[:cut])
		if err != nil {
			return fmt.Errorf("image %d, cut at operation %d of %d (%s), %+v: %w",
				i, cut, len(record), record[max(cut-1, 0)].Describe(), luck, err)
		}
		c.images++
		c.acknowledged += len(told[mark].Files) + len(told[mark].Events)
		c.see(image)
		if i%6 == 0 {
			cut = dice.IntN(len(careless) + 1)
			c.unsynced++
			if _, err := j.look(ctx, disk.Image(careless, cut, luck, dice), careless[:cut]); err != nil {
				c.unsyncedBad++
			}
			if err := os.RemoveAll(j.folder); err != nil {
				return err
			}
		}
	}
	return errors.Join(os.RemoveAll(folder), os.RemoveAll(j.folder))
}

// canTrace says why strace cannot be used; "" when it can.
func canTrace(ctx context.Context) string {
	out, err := exec.CommandContext(ctx, "strace", "-f", "-qq", "-y", "-xx", "-o", os.DevNull, "true").CombinedOutput()
	if err != nil {
		return fmt.Sprintf("strace does not work here (%v %s)", err, bytes.TrimSpace(out))
	}
	return ""
}

// scribeVariable turns this program into the one that writes.
const scribeVariable = "FIREBREAK_TORTURE_SCRIBE"

// marksName is the file that the scribe writes its marks into.
const marksName = "marks"

// scribing is what the scribe is told.
type scribing struct {
	Folder string
	Seed   uint64
	Rounds int
}

// scribe lets a second program write into a folder, and answers what it did to
// the disk and what it answered for.
func scribe(ctx context.Context, folder string, seed uint64, rounds int) ([]disk.Op, []answered, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, nil, err
	}
	told, err := json.Marshal(scribing{Folder: folder, Seed: seed, Rounds: rounds})
	if err != nil {
		return nil, nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	trace := folder + ".strace"
	child := exec.CommandContext(ctx, "strace", "-f", "-qq", "-y", "-xx", "-s", "4000000", "-e", "signal=none",
		"-e", "trace="+disk.CallsTraced, "-o", trace, self)
	child.Env = append(os.Environ(), scribeVariable+"="+string(told))
	var faults bytes.Buffer
	child.Stderr = &faults
	printed, err := child.Output()
	if err != nil {
		return nil, nil, fmt.Errorf("the scribe stopped: %s: %w", faults.String(), err)
	}
	var answers []answered
	for lines := bufio.NewReader(bytes.NewReader(printed)); ; {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		var a answered
		if err := errors.Join(err, json.Unmarshal(line, &a)); err != nil {
			return nil, nil, err
		}
		answers = append(answers, a)
	}
	seen, err := os.Open(trace)
	if err != nil {
		return nil, nil, err
	}
	record, err := disk.Calls(bufio.NewReaderSize(seen, 1<<20), folder, marksName)
	return record, answers, errors.Join(err, seen.Close(), os.Remove(trace))
}

// filesJudge looks at images of the scribe's folder.
type filesJudge struct {
	folder   string
	told     []answered
	versions map[string][]string // every content that a file ever had
	images   int
}

func versionsOf(told []answered) map[string][]string {
	versions := map[string][]string{}
	for _, a := range told {
		for name, sum := range a.Files {
			if !slices.Contains(versions[name], sum) {
				versions[name] = append(versions[name], sum)
			}
		}
	}
	return versions
}

// look says what is wrong with an image, and up to which mark things had been
// answered for.
func (j *filesJudge) look(ctx context.Context, image map[string][]byte, record []disk.Op) (mark int, err error) {
	for _, op := range record {
		if op.Kind == disk.Mark {
			mark = int(op.At)
		}
	}
	if err := j.wholeFiles(image, mark); err != nil {
		return mark, err
	}
	j.images++
	folder := filepath.Join(j.folder, fmt.Sprintf("image-%d", j.images))
	if err := disk.Lay(folder, image); err != nil {
		return mark, err
	}
	if err := errors.Join(j.wholeStore(ctx, folder, mark), j.wholeBackups(ctx, folder)); err != nil {
		return mark, err
	}
	return mark, os.RemoveAll(folder)
}

// wholeFiles holds each file against what was answered for at the mark, or at
// the next one.
func (j *filesJudge) wholeFiles(image map[string][]byte, mark int) error {
	next := j.told[min(mark+1, len(j.told)-1)]
	for name, want := range j.told[mark].Files {
		content, there := image[name]
		if got := sumOf(content); !there || got != want && got != next.Files[name] {
			return fmt.Errorf("%s was answered for at mark %d; there: %t, %d bytes", name, mark, there, len(content))
		}
	}
	for name, content := range image {
		if kept(name) && !slices.Contains(j.versions[name], sumOf(content)) {
			return fmt.Errorf("%s has %d bytes that nobody wrote there", name, len(content))
		}
	}
	return nil
}

func (j *filesJudge) wholeStore(ctx context.Context, folder string, mark int) error {
	path := filepath.Join(folder, databaseName)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) && len(j.told[mark].Events) == 0 {
		return nil
	}
	store, err := data.Open(ctx, path, data.Options{Clock: time.Now})
	if err != nil {
		return err
	}
	defer store.Close()
	if err := sound(ctx, store); err != nil {
		return err
	}
	there := map[string]bool{}
	list, err := store.List(ctx, data.ListQuery{})
	if err != nil {
		return err
	}
	for _, row := range list {
		log, err := store.Load(ctx, row.ID)
		if err != nil {
			return err
		}
		for _, e := range log.Events {
			there[string(e.ID)] = true
		}
	}
	for _, id := range j.told[mark].Events {
		if !there[id] {
			return fmt.Errorf("event %s was answered for at mark %d, and is missing", id, mark)
		}
	}
	return nil
}

// wholeBackups checks every file that looks like a finished backup.
func (j *filesJudge) wholeBackups(ctx context.Context, folder string) error {
	list, err := data.Backups(filepath.Join(folder, backupsName))
	if err != nil {
		return err
	}
	for _, b := range list {
		checked, err := data.CheckBackup(ctx, b.Path, nil)
		if err != nil || checked.Verdict != data.VerdictSound {
			return fmt.Errorf("the backup %s: %s: %w", filepath.Base(b.Path), checked.Says, err)
		}
	}
	return nil
}

// kept says which files are never half: everything but the database's own,
// which the store looks after, and what is on its way.
func kept(name string) bool {
	base := filepath.Base(name)
	return !strings.HasPrefix(name, databaseName) && !strings.HasSuffix(base, "-shm") && !strings.HasSuffix(base, ".tmp") && !strings.Contains(base, ".partial") &&
		!strings.HasSuffix(base, "-journal") && !strings.HasSuffix(base, "-wal")
}
