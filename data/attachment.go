package data

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path/filepath"
	"regexp"
	"time"

	"firebreak/workflow"
)

// Attachments is the folder of files that timeline entries name. A file lies
// under the checksum of its bytes, so it is never changed, the same bytes are
// there once, and damage can be seen. Nothing is ever deleted from it but what
// a Put left behind that was cut off. Several processes may use it at once.
type Attachments struct {
	folder string
	disk   attachmentDisk
}

// AttachmentsIn answers the attachments of a folder. The folder is made by the
// first Put.
func AttachmentsIn(folder string) *Attachments {
	return &Attachments{folder: folder, disk: localDisk{}}
}

// Folder is where the files lie.
func (a *Attachments) Folder() string { return a.folder }

// path is where the file with a checksum lies: attachments/ab/abcd….
func (a *Attachments) path(sha string) string { return filepath.Join(a.folder, sha[:2], sha) }

// Put stores the bytes of a reader and answers their name in the log, once they
// are on the disk: whoever names them in an event afterwards will find them.
// At most workflow.AttachmentLimit bytes are taken. When anything fails, what
// was there before is untouched, and nothing half is left under a checksum.
// Its errors are Troubles, but for a cancelled context.
func (a *Attachments) Put(ctx context.Context, name string, from io.Reader) (workflow.Attachment, error) {
	attachment := workflow.Attachment{Name: name}
	if known, ok := sizeAhead(from); ok && known > workflow.AttachmentLimit {
		return workflow.Attachment{}, tooLarge(attachment, workflow.SizeWords(known))
	}
	if err := a.disk.MakeDir(a.folder); err != nil {
		return workflow.Attachment{}, a.explain(attachment, err)
	}
	temp, taken, err := a.take(ctx, from)
	if err != nil {
		return workflow.Attachment{}, a.explain(attachment, err)
	}
	attachment.SHA256, attachment.Bytes, attachment.Media = taken.sum(), taken.bytes, mediaOf(taken.head)
	if taken.bytes > workflow.AttachmentLimit {
		_ = a.disk.Remove(temp)
		return workflow.Attachment{}, tooLarge(attachment, "more than "+workflow.SizeWords(workflow.AttachmentLimit))
	}
	if err := a.settle(temp, attachment.SHA256); err != nil {
		return workflow.Attachment{}, a.explain(attachment, err)
	}
	return attachment, nil
}

// sizeAhead is how much a reader has, where it can tell: then a file that is
// too large is refused before a byte is copied.
func sizeAhead(from io.Reader) (bytes int64, ok bool) {
	if file, is := from.(interface{ Stat() (fs.FileInfo, error) }); is {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			return info.Size(), true
		}
	}
	return 0, false
}

// takenIn is what is known of bytes that were read.
type takenIn struct {
	hash  hash.Hash
	bytes int64
	head  []byte // enough to tell what it is
}

func (t *takenIn) sum() string { return hex.EncodeToString(t.hash.Sum(nil)) }

// headSize is how many bytes of a file tell what it is.
const headSize = 512

func (t *takenIn) Write(p []byte) (int, error) {
	t.bytes += int64(len(p))
	if missing := headSize - len(t.head); missing > 0 {
		t.head = append(t.head, p[:min(missing, len(p))]...)
	}
	return t.hash.Write(p)
}

// take copies a reader into a temporary file of the folder and syncs it. At
// most one byte beyond the limit is read.
func (a *Attachments) take(ctx context.Context, from io.Reader) (temp string, taken *takenIn, err error) {
	taken = &takenIn{hash: sha256.New()}
	var unique [8]byte
	rand.Read(unique[:])
	temp = filepath.Join(a.folder, ".put-"+hex.EncodeToString(unique[:])+".tmp")
	file, err := a.disk.Create(temp)
	if err != nil {
		return "", nil, err
	}
	if born, statErr := file.Stat(); statErr == nil {
		a.sweep(born.ModTime().Add(-leftoverAge))
	}
	whole := io.LimitReader(&patient{ctx, from}, workflow.AttachmentLimit+1)
	_, err = io.CopyBuffer(io.MultiWriter(plainWriter{file}, taken), whole, make([]byte, 128<<10))
	if err == nil && taken.bytes <= workflow.AttachmentLimit {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = a.disk.Remove(temp)
		return "", nil, err
	}
	return temp, taken, nil
}

// plainWriter hides what a file can do besides writing: io.Copy would go
// around the checksum.
type plainWriter struct{ io.Writer }

// patient reads until its context is done.
type patient struct {
	ctx  context.Context
	from io.Reader
}

func (p *patient) Read(into []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.from.Read(into)
	if err != nil && err != io.EOF && p.ctx.Err() == nil {
		err = &unreadable{err}
	}
	return n, err
}

// unreadable is a failure of what was to be attached, not of our disk.
type unreadable struct{ err error }

func (u *unreadable) Error() string { return u.err.Error() }
func (u *unreadable) Unwrap() error { return u.err }

// settle gives the temporary file its name and makes the name last. Where the
// same bytes lie already they are kept; where something else lies under that
// checksum, it is damaged, and the whole file takes its place.
func (a *Attachments) settle(temp, sha string) error {
	target := a.path(sha)
	if err := a.disk.MakeDir(filepath.Dir(target)); err != nil {
		_ = a.disk.Remove(temp)
		return err
	}
	if a.holds(sha) {
		_ = a.disk.Remove(temp)
	} else if err := a.disk.Rename(temp, target); err != nil {
		_ = a.disk.Remove(temp)
		if !a.holds(sha) { // another process was faster, and the system does not replace an open file
			return err
		}
	}
	// Also when the file was there before: whoever put it may have been killed
	// between the rename and the sync.
	if err := a.disk.SyncDir(filepath.Dir(target)); err != nil {
		return err
	}
	return a.disk.SyncDir(a.folder)
}

// leftover matches the names of temporary files, and nothing else.
var leftover = regexp.MustCompile(`^\.put-[0-9a-f]{16}\.tmp$`)

// leftoverAge is how long a temporary file must have been left alone to count
// as cut off. A Put that is under way writes to it all the time.
const leftoverAge = 24 * time.Hour

// sweep removes what was cut off before a time. It is best effort: these files
// are harmless.
func (a *Attachments) sweep(before time.Time) {
	entries, err := a.disk.List(a.folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if !leftover.MatchString(entry.Name()) {
			continue
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() && info.ModTime().Before(before) {
			_ = a.disk.Remove(filepath.Join(a.folder, entry.Name()))
		}
	}
}

func tooLarge(a workflow.Attachment, has string) error {
	return &Trouble{
		Says: fmt.Sprintf("Not attached: %s has %s, and an attachment can have %s.", a.Shown(), has, workflow.SizeWords(workflow.AttachmentLimit)),
		Safe: "Nothing was stored, and the file itself is as it was.",
		Do:   "Attach the part that matters, compress it, or write down where the file lies.",
	}
}
