package preview

// fingerprint is FNV-1a over everything that shows in a block. Each text is
// followed by its length, so that two neighbours cannot trade characters.
type fingerprint uint64

const (
	fingerprintStart fingerprint = 14695981039346656037
	fingerprintPrime fingerprint = 1099511628211
)

func (f *fingerprint) text(s string) {
	h := *f
	for i := 0; i < len(s); i++ {
		h = (h ^ fingerprint(s[i])) * fingerprintPrime
	}
	*f = h
	f.number(len(s))
}

func (f *fingerprint) number(n int) {
	h := *f
	for range 4 {
		h = (h ^ fingerprint(n&0xff)) * fingerprintPrime
		n >>= 8
	}
	*f = h
}

func (f *fingerprint) number64(n uint64) {
	f.number(int(n & 0xffffffff))
	f.number(int(n >> 32))
}

func (f *fingerprint) spans(spans []Span) {
	f.number(len(spans))
	for _, span := range spans {
		f.text(span.Text)
		f.text(span.Link)
		f.number(int(span.Style))
	}
}

// group numbers the codes and tables of a piece, each of which may be cut.
func (w *walk) group() uint64 {
	w.groups++
	return w.groups
}

func (t *Table) fingerprint() fingerprint {
	f := fingerprintStart
	for _, column := range t.Columns {
		f.number(int(column.Align))
		f.spans(column.Widest)
		f.spans([]Span{column.Word})
	}
	return f
}

func fingerprintOf(b *Block) fingerprint {
	f := fingerprintStart
	for _, n := range []int{
		int(b.Kind), b.Level, b.Joined, int(b.Marker.Kind), b.Marker.Number,
		int(b.Part), len(b.Frames), len(b.Cells),
	} {
		f.number(n)
	}
	for _, frame := range b.Frames {
		f.number(int(frame.Kind))
		f.number(frame.Digits)
		f.number(int(frame.Alert))
		f.text(frame.Label)
		if frame.Boxed {
			f.number(1)
		}
	}
	f.text(b.Marker.Text)
	f.spans(b.Spans)
	for _, cell := range b.Cells {
		f.spans(cell)
	}
	if b.Table != nil {
		f.number64(uint64(b.Table.fingerprint()))
		f.number64(b.Table.Group)
	}
	if b.Image != nil {
		f.text(b.Image.Address)
		f.text(b.Image.Alt)
	}
	if b.Code != nil {
		f.text(b.Code.Text)
		f.text(b.Code.Language)
		// A whole piece scrolls alone, so what it is called does not show.
		if b.Part != Whole {
			f.number64(b.Code.Group)
		}
		f.number(b.Code.Columns)
		for _, ink := range b.Code.Inks {
			f.number(ink.Start)
			f.number(ink.End)
			f.number(int(ink.Role))
		}
	}
	return f
}
