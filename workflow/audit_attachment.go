package workflow

import (
	"fmt"
	"strings"
)

// fileField is the place of an attachment among an entry's fields. Two files
// can have one name, so a part of the checksum stands beside it.
func fileField(name, sha string) string { return fmt.Sprintf("file %s [%.8s]", name, sha) }

func (f Attachment) auditWords() string {
	return fmt.Sprintf("%s, %d bytes, SHA-256 %s", f.Media, f.Bytes, f.SHA256)
}

func (t *tale) files(all []Attachment) {
	for _, f := range all {
		t.field(fileField(f.Name, f.SHA256), f.auditWords())
	}
}

func (a Attached) tell(t *tale) {
	t.onEntry(a.Entry)
	t.files(a.Files)
}

func (d Detached) tell(t *tale) {
	from := make([]string, len(d.From))
	for i, event := range d.From {
		from[i] = string(event)
	}
	t.onEntry(d.Entry).field(fileField(d.Name, d.SHA256), "").
		field("taken off", d.Name+", SHA-256 "+d.SHA256).field("attached by change", strings.Join(from, ", "))
}

// onEntry names a line of the timeline by its words as they are now.
func (t *tale) onEntry(id EventID) *tale {
	return t.on(entrySubject, string(id), beginningOf(t.value(place{entrySubject, string(id), "text"}, "")))
}

// fileValue is what an entry's first files are told as.
func fileValue(e Entry, field, initial string) string {
	for _, f := range e.files {
		if fileField(f.Name, f.SHA256) == field {
			return f.Attachment.auditWords()
		}
	}
	return initial
}
