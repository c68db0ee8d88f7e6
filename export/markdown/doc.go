// Package markdown writes the documents that leave the program: CommonMark with
// GitHub's tables, tasks and strikethrough, always the same bytes for the same
// data, and clean to markdownlint.
//
// A plain string given to any method is user text. It is escaped for the place
// where it lands, so that every parser gives back what was typed. Markup comes
// only from the methods of Doc and from the spans Strong, Code, Link and
// Trusted:
//
//	d := markdown.New()
//	d.Heading(1, "Post-mortem: "+title)
//	d.Bullets(markdown.Field("Severity", severity))
//	d.Table([]string{"Time", "Event"}, [][]markdown.Line{markdown.Lits(at, what)})
//	d.Markdown(lessons, 2)
//	return d.String()
package markdown

import (
	"regexp"
	"strconv"
	"strings"
)

// blank stands where markdown needs a word and the user gave none.
const blank = "(blank)"

// Doc builds one document, block after block, with an empty line between.
type Doc struct {
	dialect Dialect
	compact bool
	last    blockKind
	out     strings.Builder
}

type blockKind int

const (
	nothing blockKind = iota
	headingBlock
	linesBlock
	listBlock
	otherBlock
)

// New begins an empty document in the Common dialect.
func New() *Doc { return &Doc{} }

// For chooses the dialect. Call it before anything is written.
func (d *Doc) For(dialect Dialect) *Doc {
	d.dialect = dialect
	return d
}

// Compact leaves out the empty line between a heading and its text or list, and
// between Lines and the list that follows, as in the workflow's own sample
// documents. A table, code and a further heading have theirs. Parsers read both
// forms alike; markdownlint reports the missing lines (MD022, MD032).
func (d *Doc) Compact() *Doc {
	d.compact = true
	return d
}

// Heading writes a heading of user text on one line. Levels are 1 to 6.
func (d *Doc) Heading(level int, text string) { d.HeadingLine(level, Lit(text)) }

// HeadingLine writes a heading that mixes user text and markup.
func (d *Doc) HeadingLine(level int, spans ...Span) {
	level = min(max(level, 1), 6)
	d.block(headingBlock, strings.Repeat("#", level)+" "+d.words(inHeading, spans))
}

// Text writes literal user text as paragraphs. Line ends stay where they are;
// an empty line begins a new paragraph. Text without a word writes nothing.
func (d *Doc) Text(text string) {
	if escaped := d.dialect.Text(text); escaped != "" {
		d.block(otherBlock, escaped)
	}
}

// Lines writes one paragraph, each Line on a line of its own in the file. A
// parser joins them; a person and a line-by-line reader see them apart.
func (d *Doc) Lines(lines ...Line) {
	if len(lines) == 0 {
		return
	}
	written := make([]string, len(lines))
	for i, line := range lines {
		written[i] = d.words(inParagraph, line)
	}
	d.block(linesBlock, strings.Join(written, "\n"))
}

// Para writes a paragraph of one line that mixes user text and markup.
func (d *Doc) Para(spans ...Span) { d.block(otherBlock, d.words(inParagraph, spans)) }

// Bullets writes an unordered list. No items, no list.
func (d *Doc) Bullets(items ...Line) {
	d.list(items, func(int) (string, place) { return "- ", inItem })
}

// Numbered writes an ordered list that counts from 1.
func (d *Doc) Numbered(items ...Line) {
	d.list(items, func(i int) (string, place) { return strconv.Itoa(i+1) + ". ", inItem })
}

// Task is an item with a box that is ticked when it is done.
type Task struct {
	Done bool
	Text Line
}

// Tasks writes a list of boxes: "- [ ] open" and "- [x] done".
func (d *Doc) Tasks(tasks ...Task) {
	items := make([]Line, len(tasks))
	for i, task := range tasks {
		items[i] = task.Text
	}
	d.list(items, func(i int) (string, place) {
		if tasks[i].Done {
			return "- [x] ", inItem
		}
		return "- [ ] ", inTask
	})
}

func (d *Doc) list(items []Line, mark func(int) (string, place)) {
	if len(items) == 0 {
		return
	}
	written := make([]string, len(items))
	for i, item := range items {
		mark, at := mark(i)
		written[i] = mark + d.words(at, item)
	}
	d.block(listBlock, strings.Join(written, "\n"))
}

// Table writes a table. Rows may be shorter than the header; where one is
// longer the header gets empty cells, so that nothing is lost.
func (d *Doc) Table(header []string, rows [][]Line) {
	width := len(header)
	for _, row := range rows {
		width = max(width, len(row))
	}
	if width == 0 {
		return
	}
	lines := []string{d.row(width, Lits(header...)), "|" + strings.Repeat(" --- |", width)}
	for _, row := range rows {
		lines = append(lines, d.row(width, row))
	}
	d.block(otherBlock, strings.Join(lines, "\n"))
}

func (d *Doc) row(width int, cells []Line) string {
	var b strings.Builder
	b.WriteByte('|')
	for i := range width {
		if i < len(cells) {
			if cell := d.dialect.render(inCell, cells[i]); cell != "" {
				b.WriteString(" " + cell)
			}
		}
		b.WriteString(" |")
	}
	return b.String()
}

// Fence writes user text as a code block that the text cannot end. Without a
// language it is marked as text. In a SpecWeave dialect, where nothing can be
// escaped inside a fence, text that its readers would trip over is written as
// paragraphs.
func (d *Doc) Fence(language, content string) {
	content = strings.TrimRight(Clean(content), "\n")
	if d.dialect.hazardous(content) {
		d.Text(content)
		return
	}
	d.block(otherBlock, fence(language, content))
}

func fence(language, content string) string {
	language = strings.Map(func(r rune) rune {
		if r < 0x80 && (isWord(r) || strings.ContainsRune("+-_.#", r)) {
			return r
		}
		return -1
	}, language)
	return fenced(language, content)
}

// plainCode is the language of code without one.
const plainCode = "text"

// fenced writes a fence with what stands behind it, which is one line without a
// backtick.
func fenced(info, content string) string {
	if info == "" {
		info = plainCode
	}
	ticks := strings.Repeat("`", max(3, longestRun(content, '`')+1))
	if content == "" {
		return ticks + info + "\n" + ticks
	}
	return ticks + info + "\n" + content + "\n" + ticks
}

// Markdown writes what the user wrote as markdown, contained below base: see
// Contain. In a SpecWeave dialect, markdown that its readers would trip over is
// written as literal text.
func (d *Doc) Markdown(source string, base int) {
	contained := Contain(source, base)
	if d.dialect.hazardous(contained) {
		d.Text(source)
		return
	}
	if contained != "" {
		d.block(otherBlock, contained)
	}
}

// Raw writes a block by the program itself, as it is. No byte of it may come
// from a user.
func (d *Doc) Raw(block string) {
	if block = strings.Trim(block, "\n"); block != "" {
		d.block(otherBlock, block)
	}
}

// String is the document so far. It ends with exactly one line end, or is empty.
func (d *Doc) String() string { return d.out.String() }

// words renders a line and never returns an empty one.
func (d *Doc) words(at place, line Line) string {
	if text := d.dialect.render(at, line); text != "" {
		return text
	}
	return blank
}

func (d *Doc) block(kind blockKind, text string) {
	joined := d.last == headingBlock && (kind == otherBlock || kind == listBlock) && !standsApart(text) ||
		d.last == linesBlock && kind == listBlock
	if d.last != nothing && !(d.compact && joined) {
		d.out.WriteByte('\n')
	}
	d.out.WriteString(text)
	d.out.WriteByte('\n')
	d.last = kind
}

// apart is how a block begins that the sample documents do not have.
var apart = regexp.MustCompile("^(?:[-*+] |[0-9]+[.)] |> )*(?:#|\\||```)")

// standsApart reports whether a block has an empty line before it below a heading
// too.
func standsApart(block string) bool { return apart.MatchString(block) }
