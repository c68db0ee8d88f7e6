package specweave

import (
	"strings"

	"firebreak/export/markdown"
)

// plain is a heading's text as a person reads it: without the backslashes that
// keep a character from meaning something, and the brackets around an address.
// Other markup stays as it was typed.
func plain(raw []byte) string {
	text := string(raw)
	if !strings.ContainsAny(text, `\<`) {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text) && isPunctuation(text[i+1]):
			i++
			out.WriteByte(text[i])
		case strings.HasPrefix(text[i:], "<http://"), strings.HasPrefix(text[i:], "<https://"):
			end := strings.IndexByte(text[i:], '>')
			if end < 0 || strings.ContainsAny(text[i:i+end], " \t") {
				out.WriteByte('<')
				continue
			}
			out.WriteString(text[i+1 : i+end])
			i += end
		default:
			out.WriteByte(text[i])
		}
	}
	return out.String()
}

func isPunctuation(c byte) bool {
	return c > ' ' && c < 0x7f && !isDigit(c) && !isLetter(c)
}

// escaped is a title as the increment's own writer puts it into a heading,
// behind what stands before it.
func escaped(before, title string, dialect markdown.Dialect) string {
	d := markdown.New().For(dialect)
	d.HeadingLine(2, markdown.Trusted(before), markdown.Lit(title))
	return strings.TrimSpace(strings.TrimPrefix(d.String(), "## "+before))
}
