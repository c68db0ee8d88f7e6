// Package preview shows a person's own markdown as typeset text.
//
// Document keeps the text as pieces, and parses the ones that are looked at into
// small blocks, without touching the screen. View lays out only the blocks that
// are in sight, and keeps the ones that an edit did not change. Nothing is ever
// fetched and no link is opened here: an image is shown when the owner has it,
// and else as words, and a pressed link goes to OnLink.
package preview

// Kind tells how a block is drawn.
type Kind uint8

const (
	// Paragraph is running text.
	Paragraph Kind = iota
	// Heading is a title line; Block.Level says which.
	Heading
	// Code is a piece of fenced or indented code, or of raw HTML.
	Code
	// Row is one row of a table.
	Row
	// Rule is a line across the page.
	Rule
	// Plain is text shown exactly as typed, in a fixed-width face.
	Plain
	// Note is a sentence of the preview itself about what is shown.
	Note
	// Picture is an image that the owner of the view may have.
	Picture
	// Front is front matter: a quiet line that unfolds.
	Front
)

// Alert is the kind of a quote that GitHub marks with a word.
type Alert uint8

const (
	// NoAlert is an ordinary quote.
	NoAlert Alert = iota
	// AlertNote is useful to know.
	AlertNote
	// AlertTip helps.
	AlertTip
	// AlertImportant is needed.
	AlertImportant
	// AlertWarning is urgent.
	AlertWarning
	// AlertCaution warns of harm.
	AlertCaution
)

// Part says which piece of a longer thing a block is: long code and long
// tables are cut so that no single block is expensive.
type Part uint8

const (
	// First marks the piece that opens its code or table.
	First Part = 1 << iota
	// Last marks the piece that closes it.
	Last
	// Whole is a thing that was not cut.
	Whole = First | Last
)

// Block is one thing to draw, small enough to draw at once.
type Block struct {
	// ID is a hash of everything that is drawn, but for the space above: the same
	// ID means the same picture.
	ID   uint64
	Kind Kind
	// Level is 1 to 6 for a heading.
	Level int
	// Spans is the text of headings, paragraphs and notes.
	Spans []Span
	// Code is the text of Code, Plain and Front blocks.
	Code *Snippet
	// Image is what a Picture shows.
	Image *Image
	// Cells are the columns of a Row, never more than Table has.
	Cells [][]Span
	// Table describes the columns that the rows of one table share.
	Table *Table
	// Frames are the quotes and list items around the block, from outside in.
	Frames []Frame
	// Joined counts the leading frames that the block above is in too.
	Joined int
	// Marker is the bullet, number or box in front of the first block of an item.
	Marker Marker
	Part   Part
	// Lead is the space above the block, in lines of body text.
	Lead float32
}

// Style is a set of ways to draw a span.
type Style uint8

const (
	// Bold is strong emphasis.
	Bold Style = 1 << iota
	// Italic is emphasis.
	Italic
	// Struck is text with a line through it.
	Struck
	// Mono is a code span.
	Mono
	// Faint is text that stands for something not shown: an image, raw HTML.
	Faint
	// Raised is the small label that refers to a footnote.
	Raised
)

// Span is a stretch of text with one look. The text "\n" is a hard line break;
// no other span contains one.
type Span struct {
	Text  string
	Style Style
	// Link is an http, https, mailto or attachment address, or empty.
	Link string
}

// Image is a picture that is not part of the text.
type Image struct {
	Address string // as attachment:SHA
	Alt     string // what it shows, in words
}

// Snippet is text that keeps its lines.
type Snippet struct {
	Text     string
	Language string
	// Columns is the length of the longest line of the whole code, in characters.
	Columns int
	// Group is the same for all pieces of one code, which scroll sideways together.
	Group uint64
	// Inks colour parts of the text, in its order.
	Inks []Ink
}

// FrameKind tells a quote from a list item.
type FrameKind uint8

const (
	// Quote draws a bar at the left.
	Quote FrameKind = iota
	// Item leaves room for a marker at the left.
	Item
)

// Frame is one container around a block.
type Frame struct {
	Kind FrameKind
	// Digits is how many figures the longest number of an ordered list has.
	Digits int
	// Boxed is set when the list has tasks, whose boxes are wider than bullets.
	Boxed bool
	// Alert is set for a quote that GitHub would mark.
	Alert Alert
	// Label is as wide as what stands in front of a footnote.
	Label string
}

// MarkerKind is what stands in front of a list item.
type MarkerKind uint8

const (
	// NoMarker is for every block that does not start an item.
	NoMarker MarkerKind = iota
	// Bullet is a dot; Marker.Number is how deep its list is nested.
	Bullet
	// Number is Marker.Number and a full stop.
	Number
	// Open is the empty box of a task to do.
	Open
	// Done is the ticked box of a finished task.
	Done
	// Label is the label of a footnote.
	Label
)

// Marker starts a list item.
type Marker struct {
	Kind   MarkerKind
	Number int
	Text   string
}

// Align is where the text of a column stands.
type Align uint8

const (
	// AlignLeft is also the choice of a table that does not say.
	AlignLeft Align = iota
	// AlignCentre centres.
	AlignCentre
	// AlignRight is usual for figures.
	AlignRight
)

// Table is what all rows of one table share.
type Table struct {
	Columns []Column
	// Group is the same for all rows, which scroll sideways together.
	Group uint64
}

// Column holds what is needed to choose a width without measuring every cell.
type Column struct {
	Align Align
	// Widest is the cell with the most characters.
	Widest []Span
	// Word is the longest run without a space.
	Word Span
}
