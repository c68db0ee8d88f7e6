package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// block writes one block of user markdown, or "" when nothing of it is left.
func (r *rewriter) block(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Heading:
		words := r.inline(n, inHeading)
		if words == "" {
			return ""
		}
		return strings.Repeat("#", r.headingLevel(n.Level)) + " " + words
	case *ast.FencedCodeBlock:
		return r.fence(r.info(n), r.lines(n))
	case *ast.CodeBlock:
		return r.fence("", r.lines(n))
	case *ast.HTMLBlock:
		html := r.lines(n)
		if n.HasClosure() {
			html += string(n.ClosureLine.Value(r.source))
		}
		return r.literal(html)
	case *ast.LinkReferenceDefinition:
		return r.definition(n)
	case *ast.ThematicBreak:
		if n.Parent().Kind() == ast.KindDocument {
			return "---"
		}
		return "___" // "- ---" would be one rule
	case *ast.Blockquote:
		return indent(strings.Join(r.children(n), "\n\n"), "> ", "> ")
	case *ast.List:
		return r.list(n)
	case *extast.Table:
		return r.table(n)
	}
	if box, is := n.FirstChild().(*extast.TaskCheckBox); is && !box.IsChecked {
		return r.inline(n, inTask)
	}
	return r.inline(n, inParagraph)
}

// info is all that stands behind a fence: its language, and what programs or
// people put after it. A fence of ours can have no backtick there.
func (r *rewriter) info(n *ast.FencedCodeBlock) string {
	if n.Info == nil {
		return ""
	}
	return OneLine(strings.ReplaceAll(string(n.Info.Segment.Value(r.source)), "`", ""))
}

func (r *rewriter) fence(info, content string) string {
	if info != plainCode {
		r.say(info) // that word stands there where nobody wrote any
	}
	r.say(content)
	return fenced(info, content)
}

// literal writes what is no markdown to us as the text that it is.
func (r *rewriter) literal(text string) string {
	r.say(text)
	return Common.Text(text)
}

// lines is the raw content of a block, without the line ends after it.
func (r *rewriter) lines(n ast.Node) string {
	return strings.TrimRight(string(n.Lines().Value(r.source)), "\n")
}

// list writes the items with nothing between them where the user did so, unless
// they hold blocks that need empty lines around.
func (r *rewriter) list(n *ast.List) string {
	gap := "\n"
	if !n.IsTight || !fitsTight(n) {
		gap = "\n\n"
	}
	var items []string
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		mark := listMark(n, number)
		content := strings.Join(r.children(item), gap)
		items = append(items, indent(content, mark, strings.Repeat(" ", len(mark))))
		number++
	}
	return strings.Join(items, gap)
}

// listMark is the mark of one item. Two lists in a row take turns: with the same
// mark they would be one.
func listMark(n *ast.List, number int) string {
	turn := false
	for before := n.PreviousSibling(); before != nil; before = before.PreviousSibling() {
		list, ok := before.(*ast.List)
		if !ok || list.IsOrdered() != n.IsOrdered() {
			break
		}
		turn = !turn
	}
	switch {
	case n.IsOrdered() && turn:
		return strconv.Itoa(number) + ") "
	case n.IsOrdered():
		return strconv.Itoa(number) + ". "
	case turn:
		return "* "
	}
	return "- "
}

// fitsTight reports whether every item is a text, a list that fits as well, or
// one and the other.
func fitsTight(n ast.Node) bool {
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		for child := item.FirstChild(); child != nil; child = child.NextSibling() {
			isText := child.Kind() == ast.KindTextBlock || child.Kind() == ast.KindParagraph
			isFirst := child.PreviousSibling() == nil
			if !(isText && isFirst || child.Kind() == ast.KindList && !followsList(child) && fitsTight(child)) {
				return false
			}
		}
	}
	return true
}

func followsList(n ast.Node) bool {
	before := n.PreviousSibling()
	return before != nil && before.Kind() == ast.KindList
}

func (r *rewriter) table(n *extast.Table) string {
	rules := map[extast.Alignment]string{extast.AlignLeft: ":---", extast.AlignRight: "---:", extast.AlignCenter: ":---:"}
	var lines []string
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		line := "|"
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			spans := r.spans(cell, inCell)
			if cell.NextSibling() == nil {
				spans = append(spans, r.surplus(cell))
			}
			r.saySpans(spans)
			if written := Common.render(inCell, spans); written != "" {
				line += " " + written
			}
			line += " |"
		}
		lines = append(lines, line)
		if row.Kind() == extast.KindTableHeader {
			line = "|"
			for _, a := range n.Alignments {
				rule := rules[a]
				if rule == "" {
					rule = "---"
				}
				line += " " + rule + " |"
			}
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// surplus is what the user wrote behind the last column of a table. Parsers drop
// it; an export must not.
func (r *rewriter) surplus(last ast.Node) Span {
	if last.Lines().Len() == 0 { // a row shorter than the header
		return Span{}
	}
	rest, _, _ := bytes.Cut(r.source[last.Lines().At(0).Stop:], []byte("\n"))
	return words(" " + strings.Trim(string(bytes.TrimSpace(rest)), "| "))
}

// findUsedDefinitions notes the link definitions that links refer to. The links
// are written with their address, so these definitions are not needed any more.
func (r *rewriter) findUsedDefinitions(root ast.Node) {
	r.used = map[string]bool{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		var reference *ast.ReferenceLink
		switch n := n.(type) {
		case *ast.Link:
			reference = n.Reference
		case *ast.Image:
			reference = n.Reference
		}
		if entering && reference != nil {
			r.used[util.ToLinkReference(reference.Value)] = true
		}
		return ast.WalkContinue, nil // the function returns no error, so Walk does not either
	})
}

// definition writes a link definition as text, unless the first link to it has
// taken its address.
func (r *rewriter) definition(n *ast.LinkReferenceDefinition) string {
	label := util.ToLinkReference(n.Label)
	if r.used[label] {
		r.used[label] = false // a second one for the same label is not used
		return ""
	}
	return r.literal(r.lines(n))
}
