package repo

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"firebreak/workflow"
)

// What is kept of a diff. Lines beyond that are counted and left out.
const (
	mostFiles     = 20_000
	mostFileLines = 5_000
	mostLines     = 200_000
	mostLineBytes = 4 << 10
	mostBytes     = 24 << 20
	mostNameBytes = 64 << 10 // no system has longer paths
)

// patchReader reads what `git diff --raw -z --patch` prints while it is being
// printed: first a record for each file, with its name as it is, and then the
// patches in the same order. Names are taken from the records alone; a patch is
// known by the line that it begins with.
type patchReader struct {
	in    *bufio.Reader
	files []workflow.FileDelta
	more  int // files that are not kept

	at    int    // the file whose patch is being read; -1 before the first
	head  string // the line that its patches begin with
	here  int    // lines that are kept of that file
	lines int    // and of all files
	bytes int
	text  []byte // of the hunk that is being read
	ends  []int  // where its lines end in the text
	read  []workflow.DiffLine
	store []workflow.DiffLine // where the lines of many hunks lie: a piece each would be slow
	long  []byte              // a line that did not fit into the reader's own buffer
}

var errNotADiff = errors.New("git printed something that is no diff")

// readPatch reads a diff to its end. What was read before an error is kept.
func readPatch(in *bufio.Reader) (*patchReader, error) {
	p := &patchReader{in: in, at: -1}
	err := p.readRecords()
	if err == nil {
		err = p.readPatches()
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return p, err
}

// readRecords reads ":100644 100755 abc def M", the path, and for a renamed or
// copied file the new path, each with a NUL behind it. One more NUL stands
// before the patches.
func (p *patchReader) readRecords() error {
	for {
		first, err := p.in.Peek(1)
		switch {
		case err != nil:
			return err
		case first[0] == 0:
			_, err := p.in.Discard(1)
			return err
		case first[0] != ':':
			return errNotADiff
		}
		f, err := p.readRecord()
		if err != nil {
			return err
		}
		if len(p.files) == mostFiles {
			p.more++
			continue
		}
		p.files = append(p.files, f)
	}
}

var statuses = map[byte]workflow.FileStatus{
	'A': workflow.FileAdded, 'M': workflow.FileModified, 'D': workflow.FileDeleted, 'R': workflow.FileRenamed,
	'C': workflow.FileCopied, 'T': workflow.FileRetyped, 'U': workflow.FileUnmerged,
}

func (p *patchReader) readRecord() (workflow.FileDelta, error) {
	about, err := p.name()
	if err != nil {
		return workflow.FileDelta{}, err
	}
	fields := strings.Fields(about)
	if len(fields) != 5 {
		return workflow.FileDelta{}, errNotADiff
	}
	f := workflow.FileDelta{OldMode: fields[0][1:], NewMode: fields[1], Status: statuses[fields[4][0]]}
	f.Nested = f.OldMode == submodule || f.NewMode == submodule
	if f.Path, err = p.name(); err != nil {
		return f, err
	}
	if f.Status == workflow.FileRenamed || f.Status == workflow.FileCopied {
		f.From = f.Path
		f.Path, err = p.name()
	}
	return f, err
}

const submodule = "160000"

// name reads up to the next NUL.
func (p *patchReader) name() (string, error) {
	var all []byte
	for {
		part, err := p.in.ReadSlice(0)
		all = append(all, part...)
		switch {
		case err == nil:
			return string(all[:len(all)-1]), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return "", err
		case len(all) > mostNameBytes:
			return "", errNotADiff
		}
	}
}

// readPatches reads the patches behind the records.
func (p *patchReader) readPatches() error {
	for {
		line, _, err := p.line()
		if err != nil {
			return err
		}
		switch {
		case bytes.HasPrefix(line, []byte("diff --git ")):
			p.turn(line)
		case bytes.HasPrefix(line, []byte("@@ -")):
			err = p.readHunk(line)
		case bytes.HasPrefix(line, []byte("Binary files ")) && p.file() != nil:
			p.file().Binary = true
		}
		if err != nil {
			return err
		}
	}
}

// turn goes to the file that a patch is about: mostly the next one. A file that
// became a link has two patches, and one of which only the time changed has none.
func (p *patchReader) turn(line []byte) {
	if p.at >= 0 && p.begins(line) {
		return
	}
	for next := p.at + 1; next < len(p.files); next++ {
		p.head = patchHead(p.files[next])
		if p.begins(line) {
			p.at, p.here = next, 0
			return
		}
	}
	p.at, p.head = len(p.files), "" // of a file that is not kept
}

// begins says whether a patch that begins so is one of the file; a line that was
// cut is as far as it goes.
func (p *patchReader) begins(line []byte) bool {
	return p.head != "" && (string(line) == p.head || len(line) == mostLineBytes && strings.HasPrefix(p.head, string(line)))
}

func (p *patchReader) file() *workflow.FileDelta {
	if p.at < 0 || p.at >= len(p.files) {
		return nil
	}
	return &p.files[p.at]
}

func patchHead(f workflow.FileDelta) string {
	from := f.From
	if from == "" {
		from = f.Path
	}
	return "diff --git " + gitQuoted("a/"+from) + " " + gitQuoted("b/"+f.Path)
}

// gitQuoted is a name as git writes it into a patch when core.quotePath is off.
func gitQuoted(name string) string {
	if !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f || r == '"' || r == '\\' }) {
		return name
	}
	out := []byte{'"'}
	for i := range len(name) {
		c := name[i]
		if at := strings.IndexByte("\a\b\t\n\v\f\r\"\\", c); at >= 0 {
			out = append(out, '\\', `abtnvfr"\`[at])
		} else if c < ' ' || c == 0x7f {
			out = append(out, '\\', '0'+c>>6, '0'+c>>3&7, '0'+c&7)
		} else {
			out = append(out, c)
		}
	}
	return string(append(out, '"'))
}

// readHunk reads as many lines as its head says.
func (p *patchReader) readHunk(head []byte) error {
	h, err := hunkHead(head)
	if err != nil {
		return err
	}
	f := p.file()
	if f == nil {
		f = &workflow.FileDelta{} // it is counted nowhere
	}
	p.text, p.ends = p.text[:0], p.ends[:0]
	h.Lines = p.read[:0]
	cut := false
	for old, fresh := h.OldLines, h.NewLines; old > 0 || fresh > 0; {
		line, short, err := p.line()
		if err != nil {
			p.keep(f, h, cut)
			return err
		}
		change := workflow.LineKept // an empty line is one, where somebody set diff.suppressBlankEmpty
		if len(line) > 0 {
			change = workflow.LineChange(line[0])
			line = line[1:]
		}
		switch change {
		case workflow.LineKept:
			old, fresh = old-1, fresh-1
		case workflow.LineAdded:
			fresh--
			f.Added++
		case workflow.LineRemoved:
			old--
			f.Removed++
		case '\\':
			if !cut {
				noEnd(h.Lines)
			}
			continue
		default:
			return errNotADiff
		}
		f.Cut = f.Cut || short
		if cut = cut || p.here >= mostFileLines || p.lines >= mostLines || p.bytes >= mostBytes; cut {
			continue
		}
		h.Lines = append(h.Lines, workflow.DiffLine{Change: change})
		p.text = append(p.text, line...)
		p.ends = append(p.ends, len(p.text))
		p.here, p.lines, p.bytes = p.here+1, p.lines+1, p.bytes+len(line)+64 // what a line takes besides its text
	}
	if next, err := p.in.Peek(1); err == nil && next[0] == '\\' && !cut {
		_, _, _ = p.line()
		noEnd(h.Lines)
	}
	p.keep(f, h, cut)
	return nil
}

// keep puts a hunk where it belongs, its lines in one piece of memory.
func (p *patchReader) keep(f *workflow.FileDelta, h workflow.Hunk, cut bool) {
	p.read = h.Lines
	if len(p.store) < len(h.Lines) {
		p.store = make([]workflow.DiffLine, max(1024, len(h.Lines)))
	}
	n := copy(p.store, h.Lines)
	h.Lines, p.store = p.store[:n:n], p.store[n:]
	text, from := string(p.text), 0
	for i, end := range p.ends {
		h.Lines[i].Text, from = text[from:end], end
	}
	f.Cut = f.Cut || cut
	if len(h.Lines) > 0 {
		f.Hunks = append(f.Hunks, h)
	}
}

func noEnd(lines []workflow.DiffLine) {
	if last := len(lines) - 1; last >= 0 {
		lines[last].NoEnd = true
	}
}

// hunkHead reads "@@ -12,4 +12,5 @@ func name()".
func hunkHead(line []byte) (workflow.Hunk, error) {
	ranges, section, found := strings.Cut(strings.TrimPrefix(string(line), "@@ -"), " @@")
	before, after, both := strings.Cut(ranges, " +")
	if !found || !both {
		return workflow.Hunk{}, errNotADiff
	}
	h := workflow.Hunk{Section: strings.TrimPrefix(section, " ")}
	var wrong [2]error
	h.OldFrom, h.OldLines, wrong[0] = hunkRange(before)
	h.NewFrom, h.NewLines, wrong[1] = hunkRange(after)
	return h, errors.Join(wrong[:]...)
}

func hunkRange(text string) (from, lines int, err error) {
	start, count, some := strings.Cut(text, ",")
	lines = 1
	if from, err = strconv.Atoi(start); err == nil && some {
		lines, err = strconv.Atoi(count)
	}
	if err != nil || min(from, lines) < 0 || max(from, lines) > math.MaxInt32 {
		return 0, 0, errNotADiff
	}
	return from, lines, nil
}

// line reads one line without its end. Of a very long one the beginning is
// answered, and that it was cut; it is gone with the next call.
func (p *patchReader) line() (line []byte, cut bool, err error) {
	line, err = p.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		p.long = append(p.long[:0], line...)
		for errors.Is(err, bufio.ErrBufferFull) {
			line, err = p.in.ReadSlice('\n')
			if room := mostLineBytes + 1 - len(p.long); room > 0 {
				p.long = append(p.long, line[:min(room, len(line))]...)
			}
		}
		line = p.long
	}
	if errors.Is(err, io.EOF) && len(line) > 0 {
		err = nil // git always ends a line; what was cut off did not
	}
	if last := len(line) - 1; last >= 0 && line[last] == '\n' {
		line = line[:last]
	}
	if len(line) > mostLineBytes {
		return line[:mostLineBytes], true, err
	}
	return line, false, err
}
