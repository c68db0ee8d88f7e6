package specweave

import (
	"bytes"
	"unicode/utf8"

	"firebreak/export/markdown"
)

// largest is far above any file of an increment. What is larger is something
// else.
const largest = 4 << 20

var bom = []byte("\xef\xbb\xbf")

// guard says why a file must not be written, or nothing.
func guard(src []byte) string {
	switch {
	case len(src) > largest:
		return "The file is larger than 4 MB."
	case len(bytes.TrimSpace(bytes.TrimPrefix(src, bom))) == 0:
		return "The file is empty; it may be half written."
	case bytes.IndexByte(src, 0) >= 0:
		return "The file holds NUL bytes, so it is no text."
	case !utf8.Valid(src):
		return "The file is not in UTF-8."
	case conflicted(src):
		return "The file holds the marks of a merge conflict. Resolve it first."
	}
	return ""
}

// unreadable says that a file must not even be looked into: what it holds is no
// text, or reading it could take minutes.
func unreadable(src []byte) string {
	if len(src) > largest {
		return "The file is larger than 4 MB."
	}
	return ""
}

const tooNested = "The file is nested too deeply to be read."

func heavy(body []byte) bool { return markdown.Heavy(string(body)) }

// conflicted finds what git leaves around two versions of the same lines. One
// of the two outer marks is enough: somebody is in the middle of it.
func conflicted(src []byte) bool {
	return lineWith(src, []byte("<<<<<<< ")) || lineWith(src, []byte(">>>>>>> "))
}

func lineWith(src, start []byte) bool {
	for at := 0; ; {
		found := bytes.Index(src[at:], start)
		if found < 0 {
			return false
		}
		at += found
		if at == 0 || src[at-1] == '\n' {
			return true
		}
		at += len(start)
	}
}

// lineEnd is how the file ends its lines: by its first line.
func lineEnd(src []byte) string {
	if i := bytes.IndexByte(src, '\n'); i > 0 && src[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// lineStart is where the line begins that holds the byte at.
func lineStart(src []byte, at int) int { return bytes.LastIndexByte(src[:at], '\n') + 1 }

// nextLine is where the line after the one with the byte at begins, or the end.
func nextLine(src []byte, at int) int {
	if i := bytes.IndexByte(src[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(src)
}

// splice puts text in the place of what lies between from and to.
func splice(src []byte, from, to int, text string) []byte {
	out := make([]byte, 0, len(src)-(to-from)+len(text))
	out = append(out, src[:from]...)
	out = append(out, text...)
	return append(out, src[to:]...)
}

// body is where the markdown begins: behind a BOM and the front matter. front
// is where the lines of the front matter lie; without one both ends are -1.
func body(src []byte) (start int, front [2]int) {
	if bytes.HasPrefix(src, bom) {
		start = len(bom)
	}
	none := [2]int{-1, -1}
	first := nextLine(src, start)
	if string(trimEnd(src[start:first])) != "---" {
		return start, none
	}
	for at := first; at < len(src); {
		next := nextLine(src, at)
		if string(trimEnd(src[at:next])) == "---" {
			return next, [2]int{first, at}
		}
		at = next
	}
	return start, none
}

func trimEnd(line []byte) []byte {
	for len(line) > 0 && isBlank(line[len(line)-1]) {
		line = line[:len(line)-1]
	}
	return line
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// lineFeeds folds the line ends that a file may have into one.
func lineFeeds(text string) string {
	return string(bytes.ReplaceAll([]byte(text), []byte("\r\n"), []byte("\n")))
}
