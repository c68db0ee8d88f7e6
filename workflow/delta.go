package workflow

import "strings"

// Delta is what a hotfix changes: everything between its base and its tip, as
// git says it. It is a fact from outside; the scope guard judges it.
type Delta struct {
	Base    string // full id of the commit that the hotfix began at
	Tip     string // full id of its newest commit
	Files   []FileDelta
	Commits []CommitFact // from the tip down to the base, which is not among them
	Loose   bool         // changes that are not committed are among the files
	Cut     string       // what could not be read to its end, in a sentence; "" when all was read
}

// FileStatus is what happened to a file.
type FileStatus string

// The statuses of a file.
const (
	FileAdded    FileStatus = "added"
	FileModified FileStatus = "modified"
	FileDeleted  FileStatus = "deleted"
	FileRenamed  FileStatus = "renamed"
	FileCopied   FileStatus = "copied"
	FileRetyped  FileStatus = "retyped" // became a link, or stopped being one
	FileUnmerged FileStatus = "unmerged"
)

// FileDelta is what happened to one file. Paths lie below the top of the working
// tree, with slashes; bytes of a name that are no UTF-8 stay as git has them, so
// a screen shows them through ShownPath.
type FileDelta struct {
	Path    string
	From    string // the old path of a renamed or copied file
	Status  FileStatus
	OldMode string // "100644"; "000000" when there is no file
	NewMode string
	Binary  bool
	Nested  bool // a submodule: its lines are commit ids
	Loose   bool // holds changes that are not committed
	Added   int  // lines, also of those that are left out of the hunks
	Removed int
	Hunks   []Hunk
	Cut     bool // hunks or lines are left out
}

// Hunk is a run of nearby changed lines with the lines around them.
type Hunk struct {
	OldFrom, OldLines int // from 1; a range without lines names the line before it
	NewFrom, NewLines int
	Section           string // what git takes for the function around it
	Lines             []DiffLine
}

// LineChange is what happened to a line.
type LineChange byte

// The changes of a line, in the signs of a unified diff.
const (
	LineKept    LineChange = ' '
	LineAdded   LineChange = '+'
	LineRemoved LineChange = '-'
)

// DiffLine is one line of a hunk, without its end.
type DiffLine struct {
	Change LineChange
	Text   string
	NoEnd  bool // the file ends here without a line end
}

// CommitFact is a commit as git says it.
type CommitFact struct {
	ID      string // full
	Author  string
	At      Stamp // of the author
	Subject string
	Body    string   // without the subject; cut where it is long
	Parents int      // more than one: a merge
	Paths   []string // that it touches; none of a merge, and none where there are too many
}

// Mode says whether only the mode of a file changed.
func (f FileDelta) ModeOnly() bool {
	return f.OldMode != f.NewMode && f.Status == FileModified && f.Added+f.Removed == 0 && !f.Binary
}

// Lines counts the lines that a delta adds and removes.
func (d Delta) Lines() (added, removed int) {
	for _, f := range d.Files {
		added, removed = added+f.Added, removed+f.Removed
	}
	return added, removed
}

// ShownPath is a path for a screen: control signs, and bytes that are no text,
// are written as git writes them ("\n", "\303").
func ShownPath(path string) string {
	var out strings.Builder
	for i, r := range path {
		switch {
		case r == '\uFFFD' && path[i] != 0xEF:
			out.WriteString(octal(path[i]))
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\t':
			out.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			out.WriteString(octal(byte(r)))
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

func octal(b byte) string {
	return `\` + string([]byte{'0' + b>>6, '0' + b>>3&7, '0' + b&7})
}

// shortest is how many digits of a commit's id tell it apart in practice.
const shortest = 7

// SameCommit says whether two ids name one commit, one of them possibly
// shortened. Names that are no ids are the same only letter by letter.
func SameCommit(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= shortest && isCommitID(a) && isCommitID(b) && strings.EqualFold(a, b[:len(a)])
}

func isCommitID(s string) bool {
	return len(s) <= 64 && strings.Trim(strings.ToLower(s), "0123456789abcdef") == ""
}

// ShortCommit is a commit's id as it is shown: its first eight digits. What is
// no id stays as it is.
func ShortCommit(id string) string {
	if len(id) > 8 && isCommitID(id) {
		return id[:8]
	}
	return id
}
