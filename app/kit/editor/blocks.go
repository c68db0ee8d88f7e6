package editor

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A block has at most so many bytes and lines as are laid out in a millisecond.
const (
	mostBlock = 2 << 10
	mostLines = 64
)

// block is a piece of the text with what is known of it. A block is never
// changed, only replaced, so what is known stays true.
type block struct {
	text   string
	inside fence // what is open where it begins
	mid    bool  // it begins in the middle of a line
	lines  int   // line ends in it
	words  int   // see countWords

	set    *setting // as it was laid out last; nil: it was never in sight
	height float32  // guessed as long as set is nil
	found  *finding // what was looked for in it; nil: not yet
}

// document is the whole text as blocks. There is always at least one.
type document struct {
	blocks []*block
	starts ladder[int]
	words  int // in all of it; a word that lies in two blocks is one
	joined string
	whole  bool // joined is the text
}

func newDocument(text string) *document {
	d := &document{}
	d.blocks, _ = cut(text, fence{}, false)
	d.starts = build(len(d.blocks), func(i int) int { return len(d.blocks[i].text) })
	d.joined, d.whole = text, true
	d.words = d.wordsIn(0, len(d.blocks))
	return d
}

// start is where a block begins.
func (d *document) start(i int) int { return d.starts.at(i) }

func (d *document) size() int { return d.starts.end() }

// at is the block that a place is in. Between two blocks it is the one behind,
// at the end of the text the last.
func (d *document) at(place int) int { return d.starts.find(place) }

// text is all of it. It is put together once after each change that is asked
// about.
func (d *document) text() string {
	if !d.whole {
		d.joined, d.whole = d.slice(0, d.size()), true
	}
	return d.joined
}

// slice is the text between two places.
func (d *document) slice(from, to int) string {
	from, to = max(from, 0), min(to, d.size())
	if from >= to {
		return ""
	}
	if d.whole {
		return d.joined[from:to]
	}
	i := d.at(from)
	if to <= d.start(i+1) {
		return d.blocks[i].text[from-d.start(i) : to-d.start(i)]
	}
	var out strings.Builder
	out.Grow(to - from)
	for ; i < len(d.blocks) && d.start(i) < to; i++ {
		text := d.blocks[i].text
		out.WriteString(text[max(from-d.start(i), 0):min(to-d.start(i), len(text))])
	}
	return out.String()
}

// splice says which blocks a change replaced: gone blocks from first on by come
// new ones.
type splice struct{ first, gone, come int }

// replace changes the text, and cuts again what lies around the change: the
// blocks that it touches, and one before and behind, for what becomes one
// paragraph or two. Where a fence opens or closes, all that it turns into code
// or back is cut again.
func (d *document) replace(at, removed int, inserted string) splice {
	if i := d.at(at); removed <= mostBlock {
		if b := d.within(i, at-d.start(i), removed, inserted); b != nil {
			return d.put(i, i+1, []*block{b})
		}
	}
	first, last := max(d.at(at)-1, 0), min(d.at(at+removed)+2, len(d.blocks))
	begin := d.start(first)
	head := d.slice(begin, at) + inserted
	open := d.blocks[first]
	fresh, state := cut(head+d.slice(at+removed, d.start(last)), open.inside, open.mid)
	for more := 8; last < len(d.blocks) && state != d.blocks[last].inside; more *= 2 {
		last = min(last+more, len(d.blocks))
		fresh, state = cut(head+d.slice(at+removed, d.start(last)), open.inside, open.mid)
	}
	if last < len(d.blocks) {
		fresh = d.trimmed(fresh)
	}
	if len(fresh) == 0 && first == 0 && last == len(d.blocks) {
		fresh, _ = cut("", fence{}, false)
	}
	reuse(d.blocks[first:last], fresh)
	return d.put(first, last, fresh)
}

// within is a block after a change that lies inside of one of its lines and cuts
// nothing otherwise than before, as most keys do; nil when it might.
func (d *document) within(i, at, removed int, inserted string) *block {
	b := d.blocks[i]
	if at == 0 || at+removed >= len(b.text) || len(b.text)+len(inserted) > mostBlock ||
		strings.IndexByte(inserted, '\n') >= 0 || strings.IndexByte(b.text[at:at+removed], '\n') >= 0 {
		return nil
	}
	from, to := strings.LastIndexByte(b.text[:at], '\n')+1, lineEnd(b.text, at)
	text := b.text[:at] + inserted + b.text[at+removed:]
	before, after := b.text[from:to], text[from:to+len(inserted)-removed]
	if from == 0 && b.mid || couldCut(before) || couldCut(after) {
		return nil
	}
	return newBlock(text, b.inside, b.mid)
}

// couldCut says whether a line may end a block or open a fence.
func couldCut(line string) bool {
	rest := strings.TrimLeft(line, " \t\r\n")
	return rest == "" || rest[0] == '`' || rest[0] == '~'
}

// put takes new blocks into the place of old ones.
func (d *document) put(first, last int, fresh []*block) splice {
	old := d.blocks[first:last]
	done := splice{first: first, gone: len(old), come: len(fresh)}
	before := max(first-1, 0) // its last word may go on in what comes
	d.words -= d.wordsIn(before, last)
	d.blocks = slices.Replace(d.blocks, first, last, fresh...)
	d.words += d.wordsIn(before, first+len(fresh))
	d.whole, d.joined = false, ""
	sizes := make([]int, len(fresh))
	for i, b := range fresh {
		sizes[i] = len(b.text)
	}
	d.starts.splice(first, done.gone, sizes...)
	return done
}

// trimmed drops the empty block that stands for an empty text: other blocks
// follow.
func (d *document) trimmed(fresh []*block) []*block {
	if len(fresh) == 1 && fresh[0].text == "" {
		return nil
	}
	return fresh
}

// reuse puts the blocks that were there before into the place of equal new
// ones, with all that is known of them.
func reuse(old, fresh []*block) {
	same := func(a, b *block) bool { return a.text == b.text && a.inside == b.inside && a.mid == b.mid }
	i := 0
	for i < len(old) && i < len(fresh) && same(old[i], fresh[i]) {
		fresh[i] = old[i]
		i++
	}
	for j := 1; j <= len(old)-i && j <= len(fresh)-i && same(old[len(old)-j], fresh[len(fresh)-j]); j++ {
		fresh[len(fresh)-j] = old[len(old)-j]
	}
}

// cut makes blocks of a text that begins where a fence may be open, and perhaps
// in the middle of a line. It answers what is open behind it.
func cut(text string, open fence, mid bool) ([]*block, fence) {
	var out []*block
	begin, state := 0, open // of the block that is being read
	blank, partial := false, mid
	for at := 0; at < len(text); {
		end := lineEnd(text, at)
		line := text[at:end]
		empty := !partial && !open.open() && isBlank(line)
		if blank && !empty {
			out = append(out, pieces(text[begin:at], state, mid)...)
			begin, state, mid = at, open, false
		}
		if !partial {
			open = open.after(line)
		}
		blank, partial, at = empty, false, end
	}
	return append(out, pieces(text[begin:], state, mid)...), open
}

// pieces cuts a paragraph that is too long for one block: after a line, else
// after a word, else between two letters.
func pieces(text string, open fence, mid bool) []*block {
	var out []*block
	for {
		at := softCut(text)
		if at == len(text) {
			break
		}
		head := newBlock(text[:at], open, mid)
		out = append(out, head)
		for from := 0; from < at; {
			end := lineEnd(text, from)
			if end > at { // the line goes on in the next block: it was looked at as a whole
				break
			}
			if from > 0 || !mid {
				open = open.after(text[from:end])
			}
			from = end
		}
		mid = text[at-1] != '\n'
		if mid { // what the whole line opens holds from its beginning on
			begin := strings.LastIndexByte(text[:at], '\n') + 1
			if begin > 0 || !head.mid {
				open = open.after(text[begin:lineEnd(text, begin)])
			}
		}
		text = text[at:]
	}
	return append(out, newBlock(text, open, mid))
}

// softCut is where the first block of a long paragraph ends; the end of the text
// when it is not that long.
func softCut(text string) int {
	head := text[:min(len(text), mostBlock)]
	for at, n := 0, 0; n < mostLines; n++ {
		next := strings.IndexByte(head[at:], '\n')
		if next < 0 {
			break
		}
		if at += next + 1; n == mostLines-1 {
			return at
		}
	}
	if len(text) <= mostBlock {
		return len(text)
	}
	if at := strings.LastIndexByte(head, '\n'); at >= 0 {
		return at + 1
	}
	if at := strings.LastIndexByte(head, ' '); at >= mostBlock/2 {
		return at + 1
	}
	at := mostBlock
	for at > mostBlock/2 && (!utf8.RuneStart(text[at]) || extends(text[at:]) || text[at-1] == '\r') {
		at--
	}
	return at
}

// extends says whether a text begins with what belongs to the letter before.
func extends(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r == zeroWidthJoiner || unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) || isSkinTone(r)
}

func newBlock(text string, open fence, mid bool) *block {
	return &block{text: text, inside: open, mid: mid, lines: strings.Count(text, "\n"), words: countWords(text)}
}

// countWords counts as strings.Fields would, without making the words.
func countWords(text string) int {
	n, in := 0, false
	for _, r := range text {
		space := r == ' ' || r == '\n' || r >= 0x80 && unicode.IsSpace(r) || r < ' ' && unicode.IsSpace(r)
		if !space && !in {
			n++
		}
		in = !space
	}
	return n
}

// wordsIn counts the words of some blocks. One that goes on in the next block
// is counted there.
func (d *document) wordsIn(from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		n += d.blocks[i].words
		if i+1 < len(d.blocks) && d.blocks[i+1].mid && goesOnIn(d.blocks[i].text, d.blocks[i+1].text) {
			n--
		}
	}
	return n
}

// goesOnIn says whether the last word of a text goes on in another.
func goesOnIn(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	return a != "" && b != "" && !unicode.IsSpace(last) && !unicode.IsSpace(first)
}

// line is the number of the line that a place is on, from 1.
func (d *document) line(place int) int {
	n, i := 1, d.at(place)
	for _, b := range d.blocks[:i] {
		n += b.lines
	}
	return n + strings.Count(d.blocks[i].text[:place-d.start(i)], "\n")
}
