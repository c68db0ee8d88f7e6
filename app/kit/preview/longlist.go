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
	gap     bool // an empty line stands behind the last
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

// agree tells the pieces of one list what it is as a whole.
func (d *Document) agree(pieces []*chunk) {
	if len(pieces) == 1 {
		pieces[0].agree(list{})
		return
	}
	whole, count := list{cut: true, tight: true}, 0
	for i, p := range pieces {
		if p.items == nil {
			p.items = d.readers.count(p)
		}
		whole.tight = whole.tight && p.items.tight && (i == len(pieces)-1 || !p.items.gap)
		whole.boxed = whole.boxed || p.items.boxed
		count += p.items.count
	}
	next := pieces[0].items.start
	if pieces[0].items.ordered {
		whole.digits = figures(next + count - 1)
	}
	for _, p := range pieces {
		if whole.digits > 0 {
			whole.start = next
			next += p.items.count
		}
		p.agree(whole)
	}
}

func (c *chunk) agree(l list) {
	if c.list != l {
		c.list = l
		c.forget()
	}
}

// count reads the blocks of a piece of a list. A parser that panics, and a text
// that is not laid out, have no items.
func (r readers) count(p *chunk) (found *items) {
	found = &items{tight: true}
	source := []byte(clean(p.raw))
	if heavy(source) {
		return found
	}
	defer func() {
		if recover() != nil {
			found = &items{tight: true}
		}
	}()
	r.defining.reset()
	root := r.blocks.Parse(text.NewReader(source), parser.WithContext(r.defining))
	n := p.listIn(root)
	if n == nil {
		return found
	}
	lines := strings.Split(strings.TrimSuffix(string(source), "\n"), "\n")
	return &items{
		ordered: n.IsOrdered(), start: n.Start, count: n.ChildCount(), tight: n.IsTight,
		boxed: hasTask(n), gap: strings.TrimSpace(lines[len(lines)-1]) == "",
	}
}

// listIn finds the part of a cut list among the blocks of a piece: a list that
// goes on from above comes first, one that begins here last.
func (c *chunk) listIn(root ast.Node) *ast.List {
	n, _ := root.LastChild().(*ast.List)
	if c.goes {
		n, _ = root.FirstChild().(*ast.List)
	}
	return n
}
