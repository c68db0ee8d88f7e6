package export

import (
	"strings"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// sectionText is the text of a section with what it names in the place of the
// names: what the log says now, and files where they lie.
func sectionText(in workflow.Incident, section workflow.Section, files links) string {
	text := in.SectionText(section)
	if !files.preview {
		text = files.inText(in, text)
	}
	return in.Live(text, literal)
}

// literal makes words of the log safe in the middle of a line of markdown.
func literal(says string) string { return paragraph(markdown.Lit(markdown.OneLine(says))) }

// inText makes links of the addresses of attachments. One that is not there is
// said to be not there, where it would have been shown.
func (l links) inText(in workflow.Incident, text string) string {
	found := workflow.LinkedAttachments(text)
	if len(found) == 0 {
		return text
	}
	var out strings.Builder
	at := 0
	for _, f := range found {
		out.WriteString(text[at:f.From])
		out.WriteString(l.linked(in, f))
		at = f.To
	}
	out.WriteString(text[at:])
	return out.String()
}

// linked is one attachment in a text. The words of the link stay as they were
// written.
func (l links) linked(in workflow.Incident, f workflow.LinkedFile) string {
	a, known := in.AttachmentAt(f.Address)
	path, kept := l.paths[a]
	switch {
	case !known:
		return f.Words + " " + literal("("+f.Address+": no such attachment)")
	case !kept && l.paths != nil:
		return f.Words + " " + literal("("+a.Shown()+": not there any more, or damaged)")
	case !kept:
		return f.Words + " " + literal("("+a.Shown()+", "+workflow.SizeWords(a.Bytes)+")")
	case f.Picture:
		return "![" + f.Words + "](" + address(path) + ")"
	default:
		return "[" + f.Words + "](" + address(path) + ")"
	}
}

// shownInSections are the attachments that the texts of the sections name.
func shownInSections(in workflow.Incident) []workflow.Attachment {
	var out []workflow.Attachment
	for _, section := range in.Playbook.Review.Sections {
		if section.ID.Generated() {
			continue
		}
		for _, f := range workflow.LinkedAttachments(in.SectionText(section.ID)) {
			if a, known := in.AttachmentAt(f.Address); known {
				out = append(out, a)
			}
		}
	}
	return out
}
