package preview

import (
	"fmt"
	"strings"
)

// outline writes a document as one line a block, so that a case can be read.
func outline(d *Document) string { return outlineOf(d.Blocks()) }

func outlineOf(blocks []Block) string {
	lines := make([]string, len(blocks))
	for i, b := range blocks {
		lines[i] = outlineBlock(b)
	}
	return strings.Join(lines, "\n")
}

// plainly says why any of the document is shown as typed.
func plainly(d *Document) string {
	for _, b := range d.Blocks() {
		if b.Kind == Note {
			return b.Spans[0].Text
		}
	}
	return ""
}

func outlineBlock(b Block) string {
	var out strings.Builder
	for _, f := range b.Frames {
		if f.Alert != NoAlert {
			out.WriteString(strings.ToLower(f.Alert.String()))
		}
		out.WriteString(map[FrameKind]string{Quote: ">", Item: "."}[f.Kind])
	}
	switch b.Marker.Kind {
	case Bullet:
		out.WriteString("•")
	case Number:
		fmt.Fprintf(&out, "%d.", b.Marker.Number)
	case Label:
		out.WriteString("^" + b.Marker.Text)
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
	case Picture:
		out.WriteString(b.Image.String())
	case Front:
		return fmt.Sprintf("front %q", b.Code.Text)
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
		for i, tag := range []string{"b", "i", "s", "m", "f", "^"} {
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
