package preview

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// headingLevels moves the headings of a section below the section's own, as the export
// does: what stood deeper than the heading before it stands one level deeper,
// whatever levels were typed.
type headingLevels struct {
	below int
	open  []int // typed levels of the headings that stand above
}

func (o *headingLevels) level(typed int) int {
	for len(o.open) > 0 && o.open[len(o.open)-1] >= typed {
		o.open = o.open[:len(o.open)-1]
	}
	o.open = append(o.open, typed)
	return min(o.below+len(o.open), lowestLevel)
}

// reoutline gives the pieces of a section the levels of their headings, which
// depend on all headings above.
func (d *Document) reoutline() {
	o := headingLevels{below: d.below}
	for _, p := range d.pieces {
		if len(p.heads) == 0 && len(p.levels) == 0 {
			continue
		}
		levels := make([]int, len(p.heads))
		for i, typed := range p.heads {
			levels[i] = o.level(typed)
		}
		if !slices.Equal(levels, p.levels) {
			p.levels = levels
			p.forget()
		}
	}
}

// heads gives the levels of the headings of a piece, as they were typed.
func (r readers) heads(raw string) (levels []int) {
	if !mayHead(raw) {
		return nil
	}
	source := []byte(clean(raw))
	if heavy(source) {
		return nil
	}
	defer func() {
		if recover() != nil {
			levels = nil
		}
	}()
	r.defining.reset()
	return headsIn(r.blocks.Parse(text.NewReader(source), parser.WithContext(r.defining)), source)
}

func headsIn(root ast.Node, source []byte) (levels []int) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		if h, ok := n.(*ast.Heading); ok && entering && !wordless(h, source) {
			levels = append(levels, h.Level)
		}
		return ast.WalkContinue, nil
	})
	return levels
}

// wordless reports a heading without text, which nobody sees.
func wordless(n *ast.Heading, source []byte) bool {
	return strings.TrimSpace(string(n.Lines().Value(source))) == ""
}

// mayHead reports a piece with a number sign, or with a line that could
// underline a heading.
func mayHead(raw string) bool {
	if strings.IndexByte(raw, '#') >= 0 {
		return true
	}
	for line := range strings.Lines(raw) {
		line = strings.Trim(line, " \t\r\n>")
		if line != "" && (strings.Trim(line, "=") == "" || strings.Trim(line, "-") == "") || needsCleaning(line) {
			return true
		}
	}
	return false
}
