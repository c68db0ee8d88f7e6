package preview

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// alerts are the words with which GitHub marks a quote.
func alerts() map[string]Alert {
	return map[string]Alert{
		"[!NOTE]": AlertNote, "[!TIP]": AlertTip, "[!IMPORTANT]": AlertImportant,
		"[!WARNING]": AlertWarning, "[!CAUTION]": AlertCaution,
	}
}

// String is the word that stands above the quote.
func (a Alert) String() string {
	return [...]string{"", "Note", "Tip", "Important", "Warning", "Caution"}[a]
}

func (w *walk) quote(n *ast.Blockquote) {
	mark, alert := w.alertOf(n)
	f := frame{Frame: Frame{Kind: Quote, Alert: alert}, node: n}
	if alert == NoAlert {
		w.inside(f, func() { w.children(n) })
		return
	}
	w.inside(f, func() {
		w.put(Block{Kind: Paragraph, Spans: []Span{{Text: alert.String(), Style: Bold}}, Part: Whole, Lead: leadParagraph})
		w.text(without(mark, paragraphOf(n.FirstChild(), w.source)), leadTight)
		for child := n.FirstChild().NextSibling(); child != nil; child = child.NextSibling() {
			w.block(child)
		}
	})
}

// alertOf reads the mark, which stands alone on the first line of a quote.
func (w *walk) alertOf(n *ast.Blockquote) (string, Alert) {
	first, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || first.Lines().Len() == 0 {
		return "", NoAlert
	}
	line := first.Lines().At(0)
	mark := strings.TrimSpace(string(line.Value(w.source)))
	return mark, alerts()[strings.ToUpper(mark)]
}

// without takes the mark off the text behind it.
func without(mark string, text []passage) []passage {
	if len(text) == 0 || len(text[0].spans) == 0 {
		return text
	}
	spans := text[0].spans
	rest, ok := strings.CutPrefix(spans[0].Text, mark)
	if !ok {
		return text
	}
	spans[0].Text = strings.TrimLeft(rest, " ")
	for len(spans) > 0 && (spans[0].Text == "" || spans[0].Text == "\n") {
		spans = spans[1:]
	}
	text[0].spans = spans
	return text
}

// footnote shows a footnote where it was written, under its label.
func (w *walk) footnote(n *east.Footnote) {
	label := flat(clean(string(n.Ref)))
	w.loneMarker()
	w.inside(frame{Frame: Frame{Kind: Item, Label: label}, node: n}, func() {
		w.marker = Marker{Kind: Label, Text: label}
		w.children(n)
		w.loneMarker()
	})
}
