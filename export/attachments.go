package export

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// Files says where the attachments of a post-mortem are written. The zero value
// only names them, also where the text of a section shows one.
type Files struct {
	Folder string          // beside the document; its links lead there
	Lost   map[string]bool // checksums of what cannot be written: missing or damaged
}

// AttachmentFile is an attachment as it lies beside the post-mortem.
type AttachmentFile struct {
	workflow.Attachment
	Path string // relative to the document, with slashes
}

// AttachmentFiles lists the attachments of the entries that are in the
// post-mortem, in its order, and then those that the text of a section shows or
// links to, each under a name of its own in folder. What is attached twice is
// there once.
func AttachmentFiles(in workflow.Incident, folder string) []AttachmentFile {
	var all []workflow.Attachment
	for _, f := range in.ReportAttachments() {
		if workflow.ValidSum(f.SHA256) { // a log from elsewhere can hold anything
			all = append(all, f)
		}
	}
	for _, a := range shownInSections(in) {
		if !slices.Contains(all, a) {
			all = append(all, a)
		}
	}
	var out []AttachmentFile
	seen := map[string]bool{}
	for i, name := range workflow.FileNames(all) {
		if at := path.Join(folder, name); !seen[at] {
			seen[at] = true
			out = append(out, AttachmentFile{Attachment: all[i], Path: at})
		}
	}
	return out
}

// links finds the path of an attachment; empty when it has none.
type links struct {
	paths   map[workflow.Attachment]string // nil: files are only named
	preview bool                           // sections keep the addresses of attachments
}

func previewLinks() links { return links{preview: true} }

func (f Files) links(in workflow.Incident) links {
	if f.Folder == "" {
		return links{}
	}
	out := links{paths: map[workflow.Attachment]string{}}
	for _, file := range AttachmentFiles(in, f.Folder) {
		if _, known := out.paths[file.Attachment]; !known && !f.Lost[file.SHA256] {
			out.paths[file.Attachment] = file.Path
		}
	}
	return out
}

// attachmentLines are the files of an entry as markdown, one paragraph for each
// picture and one for the rest.
func (l links) attachmentLines(e *workflow.Entry) string {
	var blocks []string
	var rest markdown.Line
	for _, f := range e.Files() {
		at, linked := l.paths[f.Attachment]
		if linked && f.Image() {
			blocks = append(blocks, paragraph(markdown.Image(f.Shown(), address(at))))
			continue
		}
		if rest != nil {
			rest = append(rest, markdown.Lit(", "))
		}
		size := " (" + workflow.SizeWords(f.Bytes) + ")"
		switch {
		case linked:
			rest = append(rest, markdown.Link(f.Shown(), address(at)), markdown.Lit(size))
		case l.paths != nil:
			rest = append(rest, markdown.Lit(f.Shown()+size+": not there any more, or damaged"))
		default:
			rest = append(rest, markdown.Lit(f.Shown()+size))
		}
	}
	if rest != nil {
		blocks = append(blocks, paragraph(append(markdown.Line{markdown.Lit("Attached: ")}, rest...)...))
	}
	return strings.Join(blocks, "\n\n")
}

func paragraph(spans ...markdown.Span) string {
	d := markdown.New()
	d.Para(spans...)
	return strings.TrimRight(d.String(), "\n")
}

// address is a path as a link spells it: whatever is in a file's name, it leads
// to that file.
func address(file string) string {
	parts := strings.Split(file, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return strings.Join(parts, "/")
}
