package workflow

import "slices"

// Restoring is what to ask for so that a text or an entry says again what a
// change of the log made it say, also one that was undone or overwritten since.
// It never replaces history: it is one more change on top. There is none when
// the incident says that already, or when the change was about something else.
func (in Incident) Restoring(event EventID) (want Intent, ok bool) {
	i := slices.IndexFunc(in.trail.events, func(e *Event) bool { return e.ID == event })
	if i < 0 {
		return nil, false
	}
	want = in.restoring(in.trail.events[i])
	if want == nil {
		return nil, false
	}
	_, err := want.decide(in, Env{})
	return want, err == nil
}

func (in Incident) restoring(e *Event) Intent {
	switch b := e.Body.(type) {
	case Corrected:
		if _, stands := in.Entry(b.Entry); !stands {
			return nil
		}
		return Correct{
			Entry: b.Entry, Kind: b.Type, At: b.At, Text: b.Text, Milestone: b.Milestone,
			Pinned: b.Pinned, Hidden: b.Hidden, Reported: b.Reported, Links: b.Links,
		}
	case Noted:
		links := slices.Clone(b.Links)
		return Correct{Entry: e.ID, Kind: &b.Type, At: &e.At, Text: &b.Text, Milestone: &b.Milestone, Pinned: &b.Pinned, Links: &links}
	case EntryImported:
		links := slices.Clone(b.Links)
		return Correct{Entry: e.ID, Kind: &b.Type, At: &e.At, Text: &b.Text, Milestone: &b.Milestone, Links: &links}
	case SectionImported:
		return WriteSection{Section: b.Section, Text: b.Text}
	case Assessed:
		return Assess(b)
	case TextWritten:
		return WriteText(b)
	case SectionWritten:
		return WriteSection(b)
	case Retitled:
		return Retitle(b)
	case Declared:
		return Retitle{Title: b.Title}
	case ServiceSet:
		return SetService(b)
	case CauseIdentified:
		return Identify{Cause: b.Cause}
	case TaskRenamed:
		return RenameTask(b)
	case Redacted, Raw, Undone:
		return nil
	}
	if entry, stands := in.Entry(e.ID); stands {
		return Correct{Entry: e.ID, At: &e.At, Text: &entry.Original}
	}
	return nil
}
