package editor

import "strings"

// fence is the code fence that is open at a place; the zero value is none.
type fence struct {
	mark byte // '`' or '~'
	long int  // how many marks opened it
}

func (f fence) open() bool { return f.long > 0 }

// after is what is open behind a line. Fences are looked for at any
// indentation: those of a list item are indented.
func (f fence) after(line string) fence {
	rest := strings.TrimLeft(line, " \t")
	if len(rest) < 3 || rest[0] != '`' && rest[0] != '~' {
		return f
	}
	mark, long := rest[0], 0
	for long < len(rest) && rest[long] == mark {
		long++
	}
	tail := strings.TrimRight(rest[long:], " \t\r\n")
	switch {
	case long < 3:
		return f
	case f.open() && (mark != f.mark || long < f.long || tail != ""):
		return f
	case f.open():
		return fence{}
	case mark == '`' && strings.IndexByte(tail, '`') >= 0:
		return f // code within a line
	default:
		return fence{mark: mark, long: long}
	}
}

// lineEnd is where the line that begins at a place ends, its line end included.
func lineEnd(text string, at int) int {
	if end := strings.IndexByte(text[at:], '\n'); end >= 0 {
		return at + end + 1
	}
	return len(text)
}

func isBlank(line string) bool { return strings.Trim(line, " \t\r\n") == "" }
