package preview

import (
	"fmt"
	"strings"
)

// outline writes a document as one line a block, so that a case can be read.
func outline(d Document) string {
	lines := make([]string, len(d.Blocks))
	for i, b := range d.Blocks {
		lines[i] = outlineBlock(b)
	}
	return strings.Join(lines, "\n")
}

func outlineBlock(b Block) string {
	var out strings.Builder
	for _, f := range b.Frames {
		out.WriteString(map[FrameKind]string{Quote: ">", Item: "."}[f.Kind])
	}
	switch b.Marker.Kind {
	case Bullet:
		out.WriteString("•")
	case Number:
		fmt.Fprintf(&out, "%d.", b.Marker.Number)
	case Open:
		out.WriteString("[ ]")
	case Done:
		out.WriteString("[x]")
	}
	if out.Len() > 0 {
		out.WriteString(" ")
	}
	switch b.Kind {
	case Heading:
		fmt.Fprintf(&out, "h%d ", b.Level)
	case Rule:
		out.WriteString("rule")
	case Note:
		out.WriteString("note ")
	case Code:
		fmt.Fprintf(&out, "code(%s) %q", b.Code.Language, b.Code.Text)
	case Plain:
		fmt.Fprintf(&out, "plain %q", b.Code.Text)
	case Row:
		cells := make([]string, len(b.Cells))
		for i, cell := range b.Cells {
			cells[i] = outlineSpans(cell)
		}
		out.WriteString("row " + strings.Join(cells, " | "))
	default:
		out.WriteString("p ")
	}
	out.WriteString(outlineSpans(b.Spans))
	return strings.TrimRight(out.String(), " ")
}

func outlineSpans(spans []Span) string {
	var out strings.Builder
	for _, s := range spans {
		if s.Text == "\n" {
			out.WriteString("⏎")
			continue
		}
		tags := ""
		for i, tag := range []string{"b", "i", "s", "m", "f"} {
			if s.Style&(1<<i) != 0 {
				tags += tag
			}
		}
		if s.Link != "" {
			tags += "→" + s.Link
		}
		if tags == "" {
			out.WriteString(s.Text)
			continue
		}
		fmt.Fprintf(&out, "{%s:%s}", tags, s.Text)
	}
	return out.String()
}
