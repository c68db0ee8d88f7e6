package preview

import (
	"slices"
	"strings"
)

// reference opens a name in a text that stands for words from elsewhere.
const reference = "{{"

// named is a block with the words from elsewhere in the place of their names. It
// is done when the block is laid out, not when it is parsed: the text stays what
// was typed, and the words may change without it.
func (v *View) named(b Block) Block {
	if v.Words == nil {
		return b
	}
	b.Spans = v.namedSpans(b.Spans)
	for i, cell := range b.Cells {
		if made := v.namedSpans(cell); len(cell) > 0 && &made[0] != &cell[0] {
			b.Cells = append([][]Span(nil), b.Cells...)
			b.Cells[i] = made
		}
	}
	return b
}

// namedSpans answers the same slice where nothing is named.
func (v *View) namedSpans(spans []Span) []Span {
	out := spans
	for i, span := range spans {
		if span.Style&Mono != 0 || !strings.Contains(span.Text, reference) {
			continue
		}
		if words := v.Words(span.Text); words != span.Text {
			if &out[0] == &spans[0] {
				out = append([]Span(nil), spans...)
			}
			out[i].Text = words
		}
	}
	return out
}

// AskAgain asks Words and Images again for what is in sight.
func (v *View) AskAgain() {
	for _, s := range v.shown {
		for j, b := range s.blocks {
			if s.pieces[j] != nil && (b.Image != nil || names(b)) {
				s.pieces[j].leave()
				s.pieces[j] = nil
			}
		}
	}
	v.arrange()
}

// names says whether a block may name words from elsewhere.
func names(b Block) bool {
	for _, spans := range append(slices.Clip(b.Cells), b.Spans) {
		for _, span := range spans {
			if strings.Contains(span.Text, reference) {
				return true
			}
		}
	}
	return false
}
