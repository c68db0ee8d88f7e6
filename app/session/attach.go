package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"firebreak/workflow"
)

// Files keeps the bytes of attachments beside a log. Its errors are sentences
// for a person.
type Files interface {
	// Put answers once the bytes are on disk.
	Put(ctx context.Context, name string, from io.Reader) (workflow.Attachment, error)
	// Read answers the bytes when they are those that were stored.
	Read(ctx context.Context, sha string) ([]byte, error)
	// CopyTo writes them to a path where nothing is yet.
	CopyTo(ctx context.Context, sha, path string) error
}

// Keeper is a shelf that has a place for files.
type Keeper interface{ Files() Files }

func filesOf(shelf Shelf) (Files, error) {
	if keeper, is := shelf.(Keeper); is && keeper.Files() != nil {
		return keeper.Files(), nil
	}
	return nil, sentence("Files cannot be kept here. Nothing was attached.")
}

// attachJob is the key that files are stored under, one request after the
// other.
const attachJob = "attach"

// attached is what a desk knows of files.
type attached struct {
	waiting  []attachTask // to be stored
	strip    *Strip       // what says how far the present one is
	copies   string       // folder for copies that other programs show
	pictures thumbnails
}

// attachTask is files on their way to an entry, to a section of the post-mortem,
// or into the note that is being written.
type attachTask struct {
	home    home
	entry   workflow.EventID // empty: the section or the note
	section workflow.Section
	got     func([]workflow.Attachment) // hears what the section has now
	files   []Incoming
	actor   string
	done    func(error)
}

// Attach stores files and then attaches them to an entry, or, without one, to
// the note in the composer. The files that can be stored are attached also when
// another one cannot; done hears of the first that could not.
func (d *Desk) Attach(entry workflow.EventID, files []Incoming, done func(error)) {
	d.attach(attachTask{entry: entry, files: files, done: done})
}

// AttachToSection stores files and attaches them to a section of the
// post-mortem. Got hears which ones the section has now, for its text to name
// them; done hears of the first that could not be stored.
func (d *Desk) AttachToSection(section workflow.Section, files []Incoming, got func([]workflow.Attachment), done func(error)) {
	d.attach(attachTask{section: section, got: got, files: files, done: done})
}

func (d *Desk) attach(t attachTask) {
	switch {
	case d.end.asked:
		d.answer(t.done, errClosing)
	case !d.state.Incident.Declared():
		d.answer(t.done, sentence("No incident is open, so there is nothing to attach it to. Nothing was stored. Declare an incident first; a title is enough."))
	case len(t.files) == 0:
		d.answer(t.done, sentence("There was no file in it. Nothing was attached."))
	default:
		t.home, t.actor = d.here(), d.state.Actor()
		d.attached.waiting = append(d.attached.waiting, t)
		d.attachNext()
	}
}

func (d *Desk) attachNext() {
	if d.Running(attachJob) || len(d.attached.waiting) == 0 {
		return
	}
	t := d.attached.waiting[0]
	d.attached.waiting = d.attached.waiting[1:]
	d.start(attachJob, &job{keeps: true}, func(ctx context.Context) (func(), error) {
		stored, failed := d.store(ctx, t)
		return func() { d.stored(t, stored, failed) }, nil
	}, func(err error) {
		if err != nil { // a fault of ours
			d.stored(t, nil, err)
		}
	})
}

// store puts files on the disk, beside the UI thread.
func (d *Desk) store(ctx context.Context, t attachTask) (stored []workflow.Attachment, failed error) {
	files, err := filesOf(t.home.shelf)
	if err != nil {
		return nil, err
	}
	for i, in := range t.files {
		a, err := d.storeOne(ctx, files, in, i+1, len(t.files))
		switch {
		case errors.Is(err, context.Canceled):
			return nil, err
		case err == nil:
			stored = append(stored, a)
		case failed == nil:
			failed = err
		}
	}
	return stored, failed
}

func (d *Desk) storeOne(ctx context.Context, files Files, in Incoming, nth, of int) (workflow.Attachment, error) {
	from, err := in.Open()
	if err != nil {
		return workflow.Attachment{}, err
	}
	defer from.Close()
	told := int64(0)
	return files.Put(ctx, in.Name, &counted{from: from, tell: func(bytes int64) {
		if bytes-told >= attachStep {
			told = bytes
			d.threads.UI(func() { d.showAttaching(in.Name, bytes, nth, of) })
		}
	}})
}

// attachStep is how much is stored before the screen speaks of it: what is
// smaller is there at once.
const attachStep = 1 << 20

// counted tells how much was read, and still says what file it is.
type counted struct {
	from  io.Reader
	bytes int64
	tell  func(bytes int64)
}

func (c *counted) Read(into []byte) (int, error) {
	n, err := c.from.Read(into)
	c.bytes += int64(n)
	c.tell(c.bytes)
	return n, err
}

// Stat is that of the file; a stream has none.
func (c *counted) Stat() (fs.FileInfo, error) {
	if file, is := c.from.(fs.File); is {
		return file.Stat()
	}
	return nil, fs.ErrInvalid
}

// showAttaching says how far it is and offers to stop it. A warning that waits
// to be read is left alone.
func (d *Desk) showAttaching(name string, bytes int64, nth, of int) {
	if !d.Running(attachJob) || d.state.Strip != nil && d.state.Strip != d.attached.strip && d.state.Strip.Warning {
		return
	}
	says := fmt.Sprintf("Attaching %s… %s", workflow.Attachment{Name: name}.Shown(), workflow.SizeWords(bytes))
	if of > 1 {
		says += fmt.Sprintf(", file %d of %d", nth, of)
	}
	d.say(Strip{Says: says, Undo: "Stop", Back: d.StopAttaching, Warning: true})
	d.attached.strip = d.state.Strip
	d.show()
}

// StopAttaching gives up the files that are being stored; those that wait are
// stored next.
func (d *Desk) StopAttaching() {
	if busy := d.jobs[attachJob]; busy != nil {
		busy.cancel()
	}
}

// stored attaches what is on the disk.
func (d *Desk) stored(t attachTask, stored []workflow.Attachment, failed error) {
	if d.attached.strip != nil && d.state.Strip == d.attached.strip {
		d.state.Strip = nil
	}
	d.attached.strip = nil
	finish := func(err error) {
		if failed != nil {
			err = failed
		}
		if errors.Is(err, context.Canceled) {
			err = sentence("Attaching was stopped. Nothing was attached.")
		}
		d.answer(t.done, err)
		d.show()
	}
	switch {
	case len(stored) == 0:
		finish(nil)
	case t.section != "":
		d.addToSection(t, stored, finish)
	case t.entry == "":
		d.addToNote(t.home, stored, finish)
	default:
		d.ask(task{want: workflow.Attach{Entry: t.entry, Files: stored}, actor: t.actor, home: t.home, done: func(err error) {
			if err == nil {
				d.offer(workflow.NamesOf(stored) + " attached.")
			}
			finish(err)
		}})
	}
	d.attachNext()
}

// addToSection records the files before any text names them: their bytes are
// kept for as long as the log is. What the section has already is only named
// again.
func (d *Desk) addToSection(t attachTask, stored []workflow.Attachment, finish func(error)) {
	d.ask(task{want: workflow.AttachToSection{Section: t.section, Files: stored}, actor: t.actor, home: t.home, done: func(err error) {
		var rule *workflow.RuleError
		if errors.As(err, &rule) && rule.Code == "attachment.same" {
			err = nil
		}
		if err == nil && t.got != nil {
			t.got(stored)
		}
		finish(err)
	}})
}

// Detach takes a file off an entry; the strip offers to take that back.
func (d *Desk) Detach(entry workflow.EventID, file workflow.Attachment, done func(error)) {
	d.DoAndOffer(workflow.Detach{Entry: entry, File: file}, file.Shown()+" was taken off the entry. The file is kept.", done)
}
