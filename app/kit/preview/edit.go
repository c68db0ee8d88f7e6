package preview

import (
	"slices"
	"strings"
)

// change says which pieces of a document an edit replaced.
type change struct{ from, removed, added int }

// set finds what differs from the text, and edits that.
func (d *Document) set(markdown string) change {
	head, at := 0, 0
	for head < len(d.pieces) && strings.HasPrefix(markdown[at:], d.pieces[head].raw) {
		at += len(d.pieces[head].raw)
		head++
	}
	removed := 0
	for _, p := range d.pieces[head:] {
		removed += len(p.raw)
	}
	tail, end := len(d.pieces), len(markdown)
	for tail > head && strings.HasSuffix(markdown[at:end], d.pieces[tail-1].raw) {
		tail--
		end -= len(d.pieces[tail].raw)
		removed -= len(d.pieces[tail].raw)
	}
	if head == tail && at == end {
		return change{from: head}
	}
	return d.edit(at, removed, markdown[at:end])
}

func (d *Document) edit(at, removed int, inserted string) change {
	first, start := d.find(&at)
	removed = max(removed, 0)
	if at < d.front || d.front > 0 && at == d.front && !strings.HasSuffix(d.pieces[0].raw, "\n") {
		text := d.Text()
		return d.rebuild(text[:at] + inserted + text[min(at+removed, len(text)):])
	}
	// A cut depends on the line below it, so the piece above may reach further.
	least := 0
	if d.front > 0 {
		least = 1
	}
	if first > least {
		first--
		start -= len(d.pieces[first].raw)
	}
	if !d.matter || d.front > 0 || at >= mostFront || at >= len(byteOrderMark)+len(frontRule) && d.head() == "" {
		return d.splice(first, start, at, removed, inserted)
	}
	// The edit may make front matter of what stands at the top.
	before := slices.Clone(d.pieces)
	made := d.splice(first, start, at, removed, inserted)
	if frontLength(d.head()) > 0 {
		d.rebuild(d.Text())
		made = between(before, d.pieces)
	}
	return made
}

// between finds what changed from some pieces to others.
func between(before, after []*chunk) change {
	head, tail := 0, 0
	least := min(len(before), len(after))
	for head < least && before[head] == after[head] {
		head++
	}
	for tail < least-head && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	return change{head, len(before) - head - tail, len(after) - head - tail}
}

// find gives the piece that holds a byte, and where it starts. An offset
// outside of the text is brought inside.
func (d *Document) find(at *int) (i, start int) {
	*at = max(*at, 0)
	for i < len(d.pieces) && start+len(d.pieces[i].raw) <= *at {
		start += len(d.pieces[i].raw)
		i++
	}
	if i == len(d.pieces) {
		*at = start
	}
	return i, start
}

// head is enough of the text to find front matter in.
func (d *Document) head() string {
	if len(d.pieces) == 0 {
		return ""
	}
	if !strings.HasPrefix(strings.TrimPrefix(d.pieces[0].raw, byteOrderMark), frontRule) {
		return ""
	}
	var out strings.Builder
	for _, p := range d.pieces {
		if out.Len() > mostFront {
			break
		}
		out.WriteString(p.raw)
	}
	return out.String()
}

// rebuild cuts the whole text anew, and keeps the pieces that stay the same.
func (d *Document) rebuild(text string) change {
	d.front = 0
	var fresh []*chunk
	if d.matter {
		if d.front = frontLength(text); d.front > 0 {
			fresh = append(fresh, &chunk{raw: text[:d.front], front: true})
			text = text[d.front:]
		}
	}
	body, _ := d.cut(text, chunk{first: d.front == 0}, nil)
	fresh = append(fresh, body...)
	return d.replace(0, len(d.pieces), fresh)
}

// splice edits the text from one piece on, as far as the edit reaches.
func (d *Document) splice(first, start, at, removed int, inserted string) change {
	last, end := first, start
	like := chunk{first: start == 0}
	if first < len(d.pieces) {
		like.goes = d.pieces[first].goes
	}
	var region strings.Builder
	for last < len(d.pieces) && end <= at+removed {
		end += len(d.pieces[last].raw)
		last++
	}
	old := joined(d.pieces[first:last])
	removed = min(removed, len(old)-(at-start))
	region.WriteString(old[:at-start])
	region.WriteString(inserted)
	edited := region.Len()
	region.WriteString(old[at-start+removed:])
	more := 1
	for {
		text := region.String()
		fresh, met := d.cut(text, like, d.starts(first, last, len(text), edited))
		if met >= 0 {
			return d.replace(first, met, fresh)
		}
		if last == len(d.pieces) {
			return d.replace(first, last, fresh)
		}
		for range more {
			if last < len(d.pieces) {
				region.WriteString(d.pieces[last].raw)
				last++
			}
		}
		more *= 2
	}
}

// starts gives the old pieces that an edit did not reach, by where they begin in
// the edited text of the pieces from first to last.
func (d *Document) starts(first, last, end, edited int) map[int]int {
	out := map[int]int{}
	for i := last - 1; i >= first; i-- {
		if end -= len(d.pieces[i].raw); end < edited {
			break
		}
		if !d.pieces[i].first { // a first piece is read in its own way
			out[end] = i
		}
	}
	return out
}

func joined(pieces []*chunk) string {
	if len(pieces) == 1 {
		return pieces[0].raw
	}
	var out strings.Builder
	for _, p := range pieces {
		out.WriteString(p.raw)
	}
	return out.String()
}

// replace puts fresh pieces in the place of old ones, and brings what they
// define in line.
func (d *Document) replace(from, to int, fresh []*chunk) change {
	old := d.pieces[from:to]
	for len(old) > 0 && len(fresh) > 0 && old[0].same(fresh[0]) {
		old, fresh = old[1:], fresh[1:]
		from++
	}
	for len(old) > 0 && len(fresh) > 0 && old[len(old)-1].same(fresh[len(fresh)-1]) {
		old, fresh = old[:len(old)-1], fresh[:len(fresh)-1]
		to--
	}
	defined, headed := false, false
	for _, p := range old {
		defined, headed = defined || !p.defines.none(), headed || len(p.heads) > 0
	}
	for _, p := range fresh {
		p.define(d.readers)
		if d.below > 0 {
			p.heads = d.readers.heads(p.raw)
		}
		defined, headed = defined || !p.defines.none(), headed || len(p.heads) > 0
	}
	made := change{from, len(old), len(fresh)}
	d.pieces = slices.Replace(d.pieces, from, to, fresh...)
	if defined {
		d.rescope()
	}
	if headed {
		d.reoutline()
	}
	d.relist(from, from+len(fresh))
	return made
}

// rescope finds out what the document defines now. Pieces that asked for a label
// which changed are laid out again when they are looked at.
func (d *Document) rescope() {
	var now scope
	for _, p := range d.pieces {
		if !p.defines.none() {
			now.take(p.defines)
		}
	}
	changed := d.scope.changed(now)
	d.scope = now
	if len(changed) == 0 {
		return
	}
	for _, p := range d.pieces {
		if p.laid && slices.ContainsFunc(p.asks, func(label string) bool { return changed[label] }) {
			p.forget()
		}
	}
}
