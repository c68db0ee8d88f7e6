package specweave

import (
	"bytes"
	"fmt"
)

// swallowed says that a fence or a comment is opened and never closed, where
// headings, fields or boxes lie behind it. To markdown they are code; to whoever
// wrote them, and to SpecWeave, they are not. Such a file is in the middle of
// being written, and its last section would seem to hold all the rest.
func swallowed(src []byte, start int, marks []mark) string {
	if len(marks) > 0 {
		start = nextLine(src, marks[len(marks)-1].to)
	}
	fence, opened, hides := []byte(nil), 0, false
	comment := []byte("-->")
	line := 1 + bytes.Count(src[:start], []byte("\n"))
	for at := start; at < len(src); line++ {
		next := nextLine(src, at)
		text := trimEnd(src[at:next])
		at = next
		switch {
		case fence == nil:
			if fence = opening(text); fence != nil {
				opened, hides = line, false
			}
		case bytes.Equal(fence, comment):
			if bytes.Contains(text, comment) {
				fence = nil
			}
		case closes(text, fence):
			fence = nil
		}
		hides = hides || fence != nil && line > opened && looksLikeMore(text)
	}
	if fence == nil || !hides {
		return ""
	}
	what := "A code fence"
	if bytes.Equal(fence, comment) {
		what = "A comment"
	}
	return fmt.Sprintf("%s begins in line %d and never ends, so nobody can tell what the lines behind it are.", what, opened)
}

// opening gives the mark that a line opens a fence or a comment with.
func opening(text []byte) []byte {
	if in := indent(text); in <= 3 {
		text = text[in:]
	}
	if bytes.HasPrefix(text, []byte("<!--")) && !bytes.Contains(text, []byte("-->")) {
		return []byte("-->")
	}
	for _, c := range []byte("`~") {
		n := len(text) - len(bytes.TrimLeft(text, string(c)))
		if n >= 3 && (c == '~' || bytes.IndexByte(text[n:], '`') < 0) {
			return text[:n]
		}
	}
	return nil
}

// closes says whether a line ends a fence.
func closes(text, fence []byte) bool {
	text = bytes.TrimLeft(text, " ")
	return len(text) >= len(fence) && len(bytes.TrimLeft(text, string(fence[:1]))) == 0
}

// looksLikeMore says whether a line at the margin looks like a heading, a field
// or a box.
func looksLikeMore(text []byte) bool {
	return bytes.HasPrefix(text, []byte("## ")) || bytes.HasPrefix(text, []byte("### ")) || bytes.HasPrefix(text, []byte("- [")) ||
		bytes.HasPrefix(text, []byte("**Status**"))
}
