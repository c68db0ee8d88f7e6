package preview

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A list is cut before one of its items, for a timeline of ten thousand entries
// is one list.
const (
	longList  = 1 << 10 // from which length on, in bytes
	oneItemOf = 32      // before about one item of so many
	mostLists = 16      // and at the latest when it is so many times as long
)

// items is what a piece knows of its part of a cut list.
type items struct {
	ordered bool
	start   int // the number of the first
	count   int
	tight   bool
	boxed   bool
}

// parts are the lists of a piece that are cut: the one that goes on from above,
// and the one that goes on below.
type parts struct {
	head, tail items
	through    bool // they are the same list
	gap        bool // an empty line stands behind the last item
}

// list is what the pieces of a cut list must agree on. It is comparable, to see
// which pieces a change of the list concerns.
type list struct {
	cut    bool
	tight  bool
	boxed  bool
	digits int // of the longest number; 0 is a list of bullets
	start  int // the number of the first item of this piece
}

// relist brings the cut lists in line that a range of pieces is part of.
func (d *Document) relist(from, to int) {
	from, to = max(from-1, 0), min(to+1, len(d.pieces))
	for i := from; i < to; {
		start, end := i, i+1
		for start > 0 && d.pieces[start].goes {
			start--
		}
		for end < len(d.pieces) && d.pieces[end].goes {
			end++
		}
		d.agree(d.pieces[start:end])
		i = end
	}
}

// agree tells pieces that hang together what their lists are as a whole: one,
// or several when a piece ends one and begins another.
func (d *Document) agree(pieces []*chunk) {
	lists := make([][2]list, len(pieces))
	if len(pieces) > 1 {
		for _, p := range pieces {
			if p.parts == nil {
				p.parts = d.readers.count(p)
			}
		}
	}
	for start := 0; start < len(pieces)-1; {
		end := start + 1
		for end < len(pieces)-1 && pieces[end].parts.through {
			end++
		}
		sumUp(pieces[start:end+1], lists[start:end+1])
		start = end
	}
	for i, p := range pieces {
		if p.lists != lists[i] {
			p.lists = lists[i]
			p.forget()
		}
	}
}

// sumUp finds what one list is that begins in the first of the pieces and ends in
// the last.
func sumUp(pieces []*chunk, lists [][2]list) {
	first := pieces[0].parts.tail
	all, count := list{cut: true, tight: true}, 0
	for i, p := range pieces {
		part := p.parts.of(i)
		all.tight = all.tight && part.tight && (i == len(pieces)-1 || !p.parts.gap)
		all.boxed = all.boxed || part.boxed
		count += part.count
	}
	if first.ordered {
		all.digits = figures(first.start + count - 1)
		all.start = first.start
	}
	for i, p := range pieces {
		if i > 0 {
			lists[i][0] = all
		}
		if i < len(pieces)-1 {
			lists[i][1] = all
		}
		if first.ordered {
			all.start += p.parts.of(i).count
		}
	}
}

// of is the part of a list in the piece at a place of it.
func (p *parts) of(place int) items {
	if place == 0 {
		return p.tail
	}
	return p.head
}

// count reads the blocks of a piece of a list. A parser that panics, and a text
// that is not laid out, have no items.
func (r readers) count(p *chunk) (found *parts) {
	none := parts{head: items{tight: true}, tail: items{tight: true}, through: true}
	source := []byte(clean(p.raw))
	if heavy(source) {
		return &none
	}
	defer func() {
		if recover() != nil {
			found = &none
		}
	}()
	r.defining.reset()
	lists := p.listsIn(r.blocks.Parse(text.NewReader(source), parser.WithContext(r.defining)))
	lines := strings.Split(strings.TrimSuffix(string(source), "\n"), "\n")
	return &parts{
		head: itemsOf(lists[0]), tail: itemsOf(lists[1]), through: p.goes && lists[0] == lists[1],
		gap: strings.TrimSpace(lines[len(lines)-1]) == "",
	}
}

func itemsOf(n *ast.List) items {
	if n == nil {
		return items{tight: true}
	}
	return items{ordered: n.IsOrdered(), start: n.Start, count: n.ChildCount(), tight: n.IsTight, boxed: hasTask(n)}
}

// listsIn finds the lists among the blocks of a piece that may go on above and
// below: the first block and the last.
func (c *chunk) listsIn(root ast.Node) (lists [2]*ast.List) {
	lists[0], _ = root.FirstChild().(*ast.List)
	lists[1], _ = root.LastChild().(*ast.List)
	return lists
}
