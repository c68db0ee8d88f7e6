package workflow

import "strings"

// Describe names an event in a few words: "Severity set to SEV1", for undo,
// history and the log of changes.
func Describe(e Event, p Playbook) string {
	switch b := e.Body.(type) {
	case Undone:
		return "undo"
	case Noted:
		if b.Text != "" {
			return oneLine(b.Text)
		}
	case Corrected:
		return describeCorrection(b)
	case Attached:
		return "attached " + NamesOf(b.Files)
	case Detached:
		return "took " + Attachment{Name: b.Name}.Shown() + " off an entry"
	case EntryImported:
		return oneLine(b.Text)
	case Declared:
		if b.From != "" {
			return "Taken from " + b.From + ": " + b.Title
		}
		return "Incident declared: " + b.Title
	case ServiceSet:
		return strings.TrimSuffix("Service: "+b.Service, ": ")
	case RoleClaimed:
		if b.Person == "" {
			return "role given up"
		}
	case AssignmentFinished:
		return "task finished: " + firstLine(b.Result)
	case ActionChanged:
		return describeAction(b)
	case SectionWritten:
		return "post-mortem, " + p.sectionName(b.Section)
	case SectionImported:
		return "post-mortem, " + p.sectionName(b.Section) + ", from " + oneLine(b.Source)
	case SectionAttached:
		return "attached " + NamesOf(b.Files) + " to the post-mortem, " + p.sectionName(b.Section)
	}
	alone := Incident{ID: e.Incident, Playbook: p}
	e.Body.apply(&alone, e)
	if n := len(alone.Timeline.entries); n > 0 {
		return alone.Timeline.entries[0].Line()
	}
	return "a change of kind " + string(e.Body.Kind())
}

// sectionName is what the playbook calls a section.
func (p Playbook) sectionName(s Section) string {
	for _, policy := range p.Review.Sections {
		if policy.ID == s {
			return policy.Name
		}
	}
	return string(s)
}

func describeAction(c ActionChanged) string {
	switch {
	case c.State != nil:
		return "action item " + string(*c.State)
	case c.Text != nil:
		return "action item changed: " + firstLine(*c.Text)
	case c.Owner != nil:
		return "owner of an action item changed"
	case c.Due != nil:
		return "due date of an action item changed"
	default:
		return "action item changed"
	}
}

func describeCorrection(c Corrected) string {
	switch {
	case c.Hidden != nil && *c.Hidden:
		return "hide 1 entry"
	case c.Hidden != nil:
		return "show 1 entry again"
	case c.Text != nil:
		return "entry corrected: " + firstLine(*c.Text)
	case c.At != nil:
		return "time of an entry corrected"
	case c.Pinned != nil:
		return "pin of an entry changed"
	default:
		return "entry changed"
	}
}

// SearchText is what the full-text index keeps of an event; empty for events
// that say nothing a person would search for.
func SearchText(e Event) string {
	switch b := e.Body.(type) {
	case Undone, Redacted:
		return ""
	case Declared:
		return strings.TrimSpace(b.Title + "\n" + b.Service)
	case Noted:
		return b.Text + fileWords(b.Attachments)
	case Attached:
		return strings.TrimSpace(fileWords(b.Files))
	case SectionAttached:
		return strings.TrimSpace(fileWords(b.Files))
	case Detached:
		return ""
	case Corrected:
		if b.Text != nil {
			return *b.Text
		}
		return ""
	case SectionWritten:
		return b.Text
	case SectionImported:
		return b.Text
	case EntryImported:
		return b.Text
	case DocumentImported:
		return strings.TrimSpace(b.Source + "\n" + b.Title)
	case CauseIdentified:
		return b.Cause
	case Assessed:
		return b.Text
	case TextWritten:
		return b.Text
	case TestRecorded:
		return strings.TrimSpace(b.Command + "\n" + b.Output)
	case Raw:
		return string(b.JSON)
	}
	return Describe(e, Playbook{})
}

// fileWords are the names of files, one to a line.
func fileWords(files []Attachment) string {
	words := ""
	for _, f := range files {
		words += "\n" + f.Name
	}
	return words
}
