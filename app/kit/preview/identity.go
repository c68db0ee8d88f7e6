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

// group names code or a table whose pieces belong together. Two equal ones on
// one page stay two.
func (w *walk) group(f fingerprint) uint64 {
	if w.groups == nil {
		w.groups = map[fingerprint]int{}
	}
	w.groups[f]++
	f.number(w.groups[f])
	return uint64(f)
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

// identify gives every block its ID. Counting equal blocks instead of
// positions keeps the ID of all that stands below an insertion.
func identify(blocks []Block) {
	seen := make(map[fingerprint]int, len(blocks))
	for i := range blocks {
		f := fingerprintOf(&blocks[i])
		nth := seen[f]
		seen[f]++
		f.number(nth)
		blocks[i].ID = uint64(f)
	}
}

func fingerprintOf(b *Block) fingerprint {
	f := fingerprintStart
	for _, n := range []int{
		int(b.Kind), b.Level, b.Joined, int(b.Marker.Kind), b.Marker.Number,
		int(b.Part), int(b.Lead * 100), len(b.Frames), len(b.Cells),
	} {
		f.number(n)
	}
	for _, frame := range b.Frames {
		f.number(int(frame.Kind))
		f.number(frame.Digits)
		if frame.Boxed {
			f.number(1)
		}
	}
	f.spans(b.Spans)
	for _, cell := range b.Cells {
		f.spans(cell)
	}
	if b.Table != nil {
		f.number64(b.Table.Group)
	}
	if b.Code != nil {
		f.text(b.Code.Text)
		f.text(b.Code.Language)
		// A whole piece scrolls alone, so what it is called does not show.
		if b.Part != Whole {
			f.number64(b.Code.Group)
		}
	}
	return f
}
