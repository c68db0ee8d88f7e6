package editor

import "strings"

// buffer is a text with a caret in it, what is selected, and what was done to
// it. Places are bytes from the beginning.
type buffer struct {
	doc    *document
	anchor int // where the selection began; the caret itself when there is none
	caret  int
	past   history
	edited func(change, splice) // hears every change
}

// change is one replacement in the text.
type change struct {
	at       int
	removed  string
	inserted string
}

func newBuffer(text string) *buffer {
	return &buffer{doc: newDocument(text), edited: func(change, splice) {}}
}

func (b *buffer) text() string { return b.doc.text() }

// selection is the part that is selected, in order.
func (b *buffer) selection() (from, to int) { return min(b.anchor, b.caret), max(b.anchor, b.caret) }

func (b *buffer) selected() string {
	from, to := b.selection()
	return b.doc.slice(from, to)
}

// place puts the caret somewhere; with held the selection goes along.
func (b *buffer) place(at int, held bool) {
	b.caret = min(max(at, 0), b.doc.size())
	if !held {
		b.anchor = b.caret
	}
	b.past.close()
}

// apply makes a change and nothing else.
func (b *buffer) apply(c change) {
	b.edited(c, b.doc.replace(c.at, len(c.removed), c.inserted))
}

// swap replaces a part, puts the caret behind what came, and remembers it.
func (b *buffer) swap(from, to int, with string, how manner) {
	if from == to && with == "" {
		return
	}
	before := mark{b.anchor, b.caret}
	c := change{at: from, removed: b.doc.slice(from, to), inserted: with}
	b.apply(c)
	b.caret = from + len(with)
	b.anchor = b.caret
	b.past.add(c, before, mark{b.anchor, b.caret}, how)
}

// insert puts text in the place of what is selected.
func (b *buffer) insert(text string, how manner) {
	from, to := b.selection()
	if from != to && how == typed {
		b.past.close()
	}
	b.swap(from, to, text, how)
}

// erase deletes what is selected, or else up to a place.
func (b *buffer) erase(to func() int, how manner) {
	from, end := b.selection()
	if from != end {
		b.swap(from, end, "", whole)
		return
	}
	other := to()
	b.swap(min(other, b.caret), max(other, b.caret), "", how)
}

func (b *buffer) backspace() { b.erase(b.left, erasedBack) }
func (b *buffer) delete()    { b.erase(b.right, erasedAhead) }

// newline is the line end that is used around the caret: what is typed into a
// text from Windows stays one.
func (b *buffer) newline() string {
	back := b.doc.slice(b.caret-4096, b.caret)
	if i := strings.LastIndexByte(back, '\n'); i >= 0 {
		return crlf(i > 0 && back[i-1] == '\r')
	}
	ahead := b.doc.slice(b.caret, b.caret+4096)
	i := strings.IndexByte(ahead, '\n')
	return crlf(i > 0 && ahead[i-1] == '\r')
}

func crlf(windows bool) string {
	if windows {
		return "\r\n"
	}
	return "\n"
}

// left and right are the places one letter away.
func (b *buffer) left() int  { return b.caret - lastLetter(b.doc.slice(b.caret-128, b.caret)) }
func (b *buffer) right() int { return b.caret + letter(b.doc.slice(b.caret, b.caret+128)) }

// lineStart and lineEnd are those of the line that a place is on, its line end
// left out.
func (b *buffer) lineStart(at int) int {
	for i := b.doc.at(at); i >= 0; i-- {
		text := b.doc.blocks[i].text
		if n := strings.LastIndexByte(text[:min(at-b.doc.start(i), len(text))], '\n'); n >= 0 {
			return b.doc.start(i) + n + 1
		}
	}
	return 0
}

func (b *buffer) lineEnd(at int) int {
	for i := b.doc.at(at); i < len(b.doc.blocks); i++ {
		from := max(at-b.doc.start(i), 0)
		text := b.doc.blocks[i].text
		if n := strings.IndexByte(text[from:], '\n'); n >= 0 {
			end := b.doc.start(i) + from + n
			if end > at && b.doc.slice(end-1, end) == "\r" {
				end--
			}
			return end
		}
	}
	return b.doc.size()
}

// wordLeft and wordRight are the places one word away.
func (b *buffer) wordLeft() int {
	at, word := b.caret, false
	for at > 0 {
		text := b.doc.slice(at-128, at)
		n := lastLetter(text)
		is := kindOf(firstRune(text[len(text)-n:])) == 2
		if word && !is {
			break
		}
		word = word || is
		at -= n
	}
	return at
}

func (b *buffer) wordRight() int {
	at, word := b.caret, false
	for at < b.doc.size() {
		text := b.doc.slice(at, at+128)
		is := kindOf(firstRune(text)) == 2
		if word && !is {
			break
		}
		word = word || is
		at += letter(text)
	}
	return at
}

// wordAround is the word that a place is in, or the letter where it is in none.
func (b *buffer) wordAround(at int) (from, to int) {
	here := b.doc.slice(at, at+128)
	if at == b.doc.size() || here[0] == '\n' || here[0] == '\r' {
		back := b.doc.slice(at-128, at)
		if back == "" || back[len(back)-1] == '\n' {
			return at, at
		}
		at -= lastLetter(back)
		here = b.doc.slice(at, at+128)
	}
	kind := kindOf(firstRune(here))
	for from = at; from > 0; {
		back := b.doc.slice(from-128, from)
		n := lastLetter(back)
		if r := firstRune(back[len(back)-n:]); r == '\n' || kindOf(r) != kind {
			break
		}
		from -= n
	}
	for to = at; to < b.doc.size(); {
		ahead := b.doc.slice(to, to+128)
		if r := firstRune(ahead); r == '\n' || r == '\r' || kindOf(r) != kind {
			break
		}
		to += letter(ahead)
	}
	return from, to
}

func firstRune(text string) rune {
	for _, r := range text {
		return r
	}
	return 0
}
