package workflow

// Reading is what a document from elsewhere was understood to say: a
// post-mortem in markdown, a pasted chat, a table, a log. It is a fact from
// outside, as a value: nothing of it is in an incident before a person took it
// over, and what was not understood is kept in Rest, word for word.
type Reading struct {
	Source   string // the file's name, or "pasted text"
	Form     ReadingForm
	Title    string // of the document, without mark-up; empty when it has none
	Severity string // as the document names it, "SEV1"; empty when it does not
	Lines    []ReadLine
	Sections []ReadSection
	Rest     []Unread
	Notes    []string // sentences about the whole: the zone that all times are in and why, what was skipped
}

// ReadingForm is what a document turned out to be.
type ReadingForm string

// The forms that are read.
const (
	MarkdownForm  ReadingForm = "markdown"
	ChatForm      ReadingForm = "chat"
	SlackForm     ReadingForm = "slack"
	CSVForm       ReadingForm = "csv"
	JSONLinesForm ReadingForm = "json-lines"
	GitLogForm    ReadingForm = "git-log"
)

// ReadLine is one entry that was found.
type ReadLine struct {
	Line      int    // of the source, from 1: where its stamp stands
	At        Stamp  // Typed is the stamp as the document has it, byte for byte
	Day       Origin // where the date comes from
	Zone      Origin // where the zone comes from
	Text      string // markdown
	Who       string // as the document names them; empty when it does not
	Kind      EntryKind
	Milestone Milestone // that the words tell of, if any; a proposal
	Links     []string
	Sure      Confidence
	Notes     []string // sentences: what is ambiguous or odd about it, and what was made of it
}

// Origin says where a part of a time comes from that its stamp may not hold.
type Origin struct {
	From OriginKind
	Says string // why, in a few words: "“All times are in CET” in line 12"
}

// OriginKind sorts origins.
type OriginKind string

// Where a date or a zone can come from, surest first.
const (
	FromStamp    OriginKind = "stamp"    // it stands in the stamp itself
	FromHeading  OriginKind = "heading"  // in a heading, a column's name or a date line above
	FromPreamble OriginKind = "preamble" // in a sentence, the title, the front matter or the file's name
	FromNeighbor OriginKind = "neighbor" // carried on from the entry before
	FromRoll     OriginKind = "roll"     // the clock went back over midnight: the next day
	FromChoice   OriginKind = "choice"   // a person chose it for this import
	FromNowhere  OriginKind = "nowhere"  // assumed, or not known at all
)

// Confidence is how surely a line was understood.
type Confidence string

// The confidences. Whatever is below Sure has a note that says why.
const (
	SureLine     Confidence = "sure"
	LikelyLine   Confidence = "likely"
	DoubtfulLine Confidence = "doubtful"
)

// ReadSection is one of the document's other sections.
type ReadSection struct {
	Line    int
	Heading string
	Section Section // where it maps to; empty when it has no place of its own
	Text    string  // markdown
}

// Unread is text that was not understood as an entry or a section.
type Unread struct {
	Line int // of the source, from 1
	Text string
	Why  string // a few words
}

// ReadAs is what a person chose for one import. The zero value lets the
// document speak for itself.
type ReadAs struct {
	Form     ReadingForm // empty: found out
	Zone     string      // for times that name none: "UTC", "CET", "Europe/Berlin", "+01:00"; empty: assumed to be UTC, and said so
	Day      string      // of the first entry, as 2006-01-02; empty: what the document says
	DayOrder DayOrder    // of 04/05/2025
}

// DayOrder is how a date of three figures is read.
type DayOrder string

// The orders. Where nobody chose and both can be, the line says so.
const (
	DayOrderUntold DayOrder = ""
	DayFirst       DayOrder = "day-first"
	MonthFirst     DayOrder = "month-first"
)
