package workflow

import (
	"slices"
	"strings"
)

// Attachment names a file that belongs to a timeline entry. Its bytes lie
// beside the log, under their checksum; the log only names them.
type Attachment struct {
	Name   string `json:"name"`            // as the file was called; see Shown and FileName
	Media  string `json:"media,omitempty"` // what its first bytes say that it is: "image/png"
	SHA256 string `json:"sha256"`          // of its bytes: 64 hexadecimal digits in lower case
	Bytes  int64  `json:"bytes"`
}

// AttachmentLimit is how many bytes one attachment can have.
const AttachmentLimit = 25 << 20

// attachedAtMost is how many files one entry can hold.
const attachedAtMost = 200

// File is an attachment of an entry as it stands now.
type File struct {
	Attachment
	Event EventID // what attached it
	By    string
}

// ValidSum says whether a text can be the checksum of an attachment. Nothing
// else may become a part of a path.
func ValidSum(sha string) bool {
	return len(sha) == 64 && strings.Trim(sha, "0123456789abcdef") == ""
}

// Image says whether an attachment is a picture that can be shown.
func (a Attachment) Image() bool {
	switch a.Media {
	case "image/png", "image/jpeg", "image/gif":
		return true
	default:
		return false
	}
}

// Attach adds files to an entry. Their bytes must be on the disk already.
type Attach struct {
	Entry EventID
	Files []Attachment
}

func (a Attach) decide(in Incident, _ Env) ([]Body, error) {
	entry, found := in.Entry(a.Entry)
	if !found {
		return nil, refuse("entry.gone", "That entry is not in this incident's timeline any more. Nothing was changed.")
	}
	if len(a.Files) == 0 {
		return nil, refuseField("attachment.none", "files", "Choose a file first; nothing was attached.")
	}
	files, err := attachable(a.Files, len(entry.Files()))
	if err != nil {
		return nil, err
	}
	files = slices.DeleteFunc(files, func(f Attachment) bool { return entry.holds(f) })
	if len(files) == 0 {
		return nil, refuseField("attachment.same", "files", "The entry has %s already. Nothing was changed.", NamesOf(a.Files))
	}
	return []Body{Attached{Entry: a.Entry, Files: files}}, nil
}

// attachable checks files and answers a copy without doubles.
func attachable(files []Attachment, already int) ([]Attachment, error) {
	var out []Attachment
	for _, f := range files {
		switch {
		case !ValidSum(f.SHA256) || f.Bytes < 0:
			return nil, refuseField("attachment.unknown", "files", "%s was not stored, so it cannot be attached. Attach the file again.", f.Shown())
		case f.Bytes > AttachmentLimit:
			return nil, refuseField("attachment.too-large", "files",
				"%s has %s, and an attachment can have %s. Nothing was attached: cut out the part that matters, or write down where the file lies.", f.Shown(), SizeWords(f.Bytes), SizeWords(AttachmentLimit))
		}
		f.Name = keptName(f.Name)
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	if already+len(out) > attachedAtMost {
		return nil, refuseField("attachment.too-many", "files",
			"An entry holds %d files, and these would make %d. Nothing was attached: put them into one archive, or write another entry.", attachedAtMost, already+len(out))
	}
	return out, nil
}

// Attached is files that were added to an entry after it was written.
type Attached struct {
	Entry EventID      `json:"entry"`
	Files []Attachment `json:"files"`
}

// Kind is "attachment.added@1".
func (Attached) Kind() Kind { return "attachment.added@1" }

func (a Attached) apply(in *Incident, e Event) {
	in.changeFiles(a.Entry, func(files []File) []File { return append(files, filesOf(e, a.Files)...) })
}

// Detach takes a file off an entry. The file itself stays, and so does what
// the log says about it.
type Detach struct {
	Entry EventID
	File  Attachment
}

func (d Detach) decide(in Incident, _ Env) ([]Body, error) {
	entry, found := in.Entry(d.Entry)
	if !found {
		return nil, refuse("entry.gone", "That entry is not in this incident's timeline any more. Nothing was changed.")
	}
	body := Detached{Entry: d.Entry, SHA256: d.File.SHA256, Name: d.File.Name}
	for _, f := range entry.files {
		if body.means(f) {
			body.From = append(body.From, f.Event)
		}
	}
	if len(body.From) == 0 {
		return nil, refuseField("attachment.gone", "files", "That file is not attached to this entry any more. Nothing was changed.")
	}
	return []Body{body}, nil
}

// Detached is a file that was taken off an entry. It names the events that its
// author saw attaching it, so that it takes nothing back which another device
// attached meanwhile.
type Detached struct {
	Entry  EventID   `json:"entry"`
	SHA256 string    `json:"sha256"`
	Name   string    `json:"name"`
	From   []EventID `json:"from"`
}

// Kind is "attachment.removed@1".
func (Detached) Kind() Kind { return "attachment.removed@1" }

func (d Detached) apply(in *Incident, _ Event) {
	in.changeFiles(d.Entry, func(files []File) []File {
		return slices.DeleteFunc(files, func(f File) bool { return d.means(f) && slices.Contains(d.From, f.Event) })
	})
}

func (d Detached) means(f File) bool { return f.SHA256 == d.SHA256 && f.Name == d.Name }

// changeFiles swaps an entry for one with other files. The files of the entry
// that older values of the incident share stay as they are.
func (in *Incident) changeFiles(id EventID, change func([]File) []File) {
	i := in.entryAt(id)
	if i < 0 {
		return // its entry was undone, or has not arrived from another device yet
	}
	entry := *in.Timeline.entries[i]
	entry.files = change(slices.Clone(entry.files))
	entry.Edits++
	in.replaceEntry(i, &entry)
}

func filesOf(e Event, attached []Attachment) []File {
	files := make([]File, len(attached))
	for i, a := range attached {
		files[i] = File{Attachment: a, Event: e.ID, By: e.Actor}
	}
	return files
}

// Files lists what is attached to the entry, in the order in which it was
// attached. What two devices attached both is there once.
func (e Entry) Files() []File {
	var out []File
	for _, f := range e.files {
		if !slices.ContainsFunc(out, func(o File) bool { return o.SHA256 == f.SHA256 && o.Name == f.Name }) {
			out = append(out, f)
		}
	}
	return out
}

// holds says whether a file is attached under that name already.
func (e Entry) holds(a Attachment) bool {
	return slices.ContainsFunc(e.files, func(f File) bool { return f.SHA256 == a.SHA256 && f.Name == a.Name })
}

// Attachments lists every file that an entry of the timeline has, with its
// entry, in the timeline's order.
func (in Incident) Attachments() []EntryFile {
	var out []EntryFile
	for _, e := range in.Timeline.sorted() {
		for _, f := range e.Files() {
			out = append(out, EntryFile{File: f, Entry: *e})
		}
	}
	return out
}

// EntryFile is a file and the entry that it is attached to.
type EntryFile struct {
	File
	Entry Entry
}

// Named lists the attachments that an event names: their bytes must be there
// for as long as the log is.
func Named(e Event) []Attachment {
	switch b := e.Body.(type) {
	case Noted:
		return b.Attachments
	case Attached:
		return b.Files
	case SectionAttached:
		return b.Files
	default:
		return nil
	}
}
