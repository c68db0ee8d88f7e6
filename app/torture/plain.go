package main

import (
	"maps"
	"slices"
)

// page is an incident as somebody would keep it on paper: plain values, without
// events, clocks or registers. It is the simple model that the program is held
// against, so nothing of the fold is used in it.
type page struct {
	Title     string
	Severity  string
	Cancelled bool
	Notes     map[string]line   // what people wrote, by the text as first written
	Marks     map[string]string // checklist items that were ticked or skipped
	Roles     map[string]string
	Tasks     map[string]string // what is to be done, by its text: "" while it is open, then the result
	Texts     map[string]string // the assessment and the texts of the increment
}

// line is a note as it reads now.
type line struct {
	Text   string
	Hidden bool
	Pinned bool
	Files  int
}

func blankPage() page {
	return page{
		Notes: map[string]line{}, Marks: map[string]string{}, Roles: map[string]string{},
		Tasks: map[string]string{}, Texts: map[string]string{},
	}
}

func (p page) clone() page {
	p.Notes, p.Marks, p.Roles = maps.Clone(p.Notes), maps.Clone(p.Marks), maps.Clone(p.Roles)
	p.Tasks, p.Texts = maps.Clone(p.Tasks), maps.Clone(p.Texts)
	return p
}

// deed is one change, in plain words.
type deed struct {
	Does  string `json:"does"`
	Which string `json:"which,omitempty"` // the note, item, role, task or text that is meant
	Text  string `json:"text,omitempty"`
	Count int    `json:"count,omitempty"` // how many notes an import brings; how often its text stands in a file
	On    bool   `json:"on,omitempty"`
}

// The deeds.
const (
	declares = "declare"
	notes    = "note"
	imports  = "import"
	rewords  = "reword"
	hides    = "hide"
	pins     = "pin"
	attaches = "attach"
	ticks    = "tick"
	skips    = "skip"
	unticks  = "untick"
	rates    = "rate"
	claims   = "claim"
	handsOff = "hand off"
	assigns  = "assign"
	finishes = "finish"
	retitles = "retitle"
	writes   = "write"
	cancels  = "cancel"
	reopens  = "reopen"
	undoes   = "undo"
	redoes   = "redo"
)

// turn is the page after a deed; ok is false when the deed is refused, because
// it would change nothing or its object is not there.
func (p page) turn(d deed) (after page, ok bool) {
	after = p.clone()
	switch d.Does {
	case notes:
		after.Notes[d.Text] = line{Text: d.Text, Pinned: d.On}
	case imports:
		for i := range d.Count {
			text := imported(d.Text, i)
			after.Notes[text] = line{Text: text}
		}
	case rewords, hides, pins, attaches:
		was, there := p.Notes[d.Which]
		now := was.turn(d)
		after.Notes[d.Which] = now
		return after, there && now != was
	case ticks, skips, unticks:
		return after, after.mark(d)
	case rates:
		after.Severity = d.Text
		return after, p.Severity != d.Text
	case claims, handsOff:
		after.Roles[d.Which] = d.Text
		return after, p.Roles[d.Which] != d.Text
	case assigns:
		after.Tasks[d.Text] = ""
	case finishes:
		result, there := p.Tasks[d.Which]
		after.Tasks[d.Which] = d.Text
		return after, there && result == ""
	case retitles:
		after.Title = d.Text
		return after, p.Title != d.Text
	case writes:
		after.Texts[d.Which] = d.Text
		return after, p.Texts[d.Which] != d.Text
	case cancels, reopens:
		after.Cancelled = d.Does == cancels
		return after, p.Cancelled != after.Cancelled
	}
	return after, true
}

func (l line) turn(d deed) line {
	switch d.Does {
	case rewords:
		l.Text = d.Text
	case hides:
		l.Hidden = d.On
	case pins:
		l.Pinned = d.On
	case attaches:
		l.Files++
	}
	return l
}

// mark changes a checklist item: one that is open can be ticked or skipped, and
// one that is not can be opened again.
func (p page) mark(d deed) bool {
	_, settled := p.Marks[d.Which]
	switch d.Does {
	case ticks:
		p.Marks[d.Which] = "done"
	case skips:
		p.Marks[d.Which] = "skipped"
	default:
		delete(p.Marks, d.Which)
		return settled
	}
	return !settled
}

// book is an incident with its way back: the page after its declaration, and
// one more after each change. Undo and redo turn the pages.
type book struct {
	pages []page
	at    int
}

// opened is a book whose incident was just declared.
func opened(first page) *book { return &book{pages: []page{first}} }

func (b *book) now() page { return b.pages[b.at] }

// apply does a deed; false means that it is refused, and nothing has changed.
func (b *book) apply(d deed) bool {
	switch {
	case d.Does == undoes && b.at > 0:
		b.at--
	case d.Does == redoes && b.at < len(b.pages)-1:
		b.at++
	case d.Does == undoes || d.Does == redoes:
		return false
	default:
		after, ok := b.now().turn(d)
		if !ok {
			return false
		}
		b.pages, b.at = append(b.pages[:b.at+1], after), b.at+1
		b.forget()
	}
	return true
}

// wayBack is how many pages are kept: more than anybody turns back in a trial.
const wayBack = 400

func (b *book) forget() {
	if extra := len(b.pages) - wayBack; extra > 0 {
		b.pages, b.at = slices.Clone(b.pages[extra:]), b.at-extra
	}
}

func (b *book) copied() *book { return &book{pages: slices.Clone(b.pages), at: b.at} }
