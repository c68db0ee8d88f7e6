package workflow

// HiddenWords are what is left in the log of an entry that was hidden: the
// events that hold its words, whether they still stand or were undone, and the
// files that it names.
type HiddenWords struct {
	Entry  EventID
	Events []EventID
	Files  []Attachment
}

// Purgeable lists the hidden entries whose words can be blotted out, in the
// order of the log. Those that the workflow wrote itself are left out: they
// hold facts that the board stands on. What hides an entry is kept, so that it
// stays hidden afterwards.
func (in Incident) Purgeable() []HiddenWords {
	found := map[EventID]int{}
	var words []HiddenWords
	events := in.Events()
	for _, e := range events {
		if entry, known := in.Entry(e.ID); known && entry.Hidden.Get() {
			switch body := e.Body.(type) {
			case Noted:
				found[e.ID] = len(words)
				words = append(words, HiddenWords{Entry: e.ID, Events: []EventID{e.ID}, Files: body.Attachments})
			case EntryImported:
				found[e.ID] = len(words)
				words = append(words, HiddenWords{Entry: e.ID, Events: []EventID{e.ID}})
			}
		}
	}
	for _, e := range events {
		entry, files, speaks := wordsAbout(e.Body)
		if at, hidden := found[entry]; hidden && speaks {
			words[at].Events = append(words[at].Events, e.ID)
			words[at].Files = append(words[at].Files, files...)
		}
	}
	return words
}

// wordsAbout says which entry an event speaks about with words of its own.
func wordsAbout(b Body) (entry EventID, files []Attachment, speaks bool) {
	switch b := b.(type) {
	case Corrected:
		return b.Entry, nil, b.Text != nil || b.Links != nil
	case Attached:
		return b.Entry, b.Files, true
	case Detached:
		return b.Entry, nil, b.Name != ""
	default:
		return "", nil, false
	}
}
