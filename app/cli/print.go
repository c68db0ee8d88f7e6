package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// width is how wide the text is laid out.
const width = 80

func (r *run) line(format string, args ...any) { fmt.Fprintf(r.Out, format+"\n", args...) }

// warn tells a person something that stops nothing.
func (r *run) warn(text string) { fmt.Fprintln(r.Err, cleanText(text)) }

// json prints a value for a program.
func (r *run) printJSON(value any) error { return writeJSON(r.Out, value) }

func writeJSON(to io.Writer, value any) error {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// cleanText is text that a terminal shows and does not obey: no control and no
// direction characters but line ends and tabs.
func cleanText(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t':
			return c
		case c == '\r', unicode.Is(unicode.Bidi_Control, c):
			return -1
		case unicode.IsControl(c):
			return '·'
		default:
			return c
		}
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// oneLine is the first line of a text, with a mark when there are more.
func oneLine(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(cleanText(text), "\t", " "))
	if first, _, more := strings.Cut(text, "\n"); more {
		return strings.TrimSpace(first) + " …"
	}
	return text
}

// fit shortens a line to a number of characters.
func fit(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimRight(string([]rune(text)[:most-1]), " ") + "…"
}

// pad fills a text with spaces up to a number of characters.
func pad(text string, to int) string {
	return text + strings.Repeat(" ", max(to-utf8.RuneCountInString(text), 0))
}

// quoted is a short printable form of something typed.
func quoted(text string) string { return strconv.Quote(fit(strings.ToValidUTF8(text, "\uFFFD"), 60)) }

// wrapped lays a text out under a first column, in lines that fit the width.
func wrapped(first string, column int, text string) string {
	var b strings.Builder
	b.WriteString(pad(first, column))
	at := max(utf8.RuneCountInString(first), column)
	for i, word := range strings.Fields(cleanText(text)) {
		length := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case at+1+length > width:
			b.WriteString("\n" + strings.Repeat(" ", column))
			at = column
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += length
	}
	return strings.TrimRight(b.String(), " ")
}

// The colours stand beside words, never instead of them.
const (
	bold  = "1"
	red   = "1;31"
	amber = "33"
	green = "32"
	faint = "2"
)

func (r *run) paint(colour, text string) string {
	if !r.Colour || text == "" {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}
