package outside

import (
	"strings"
	"unicode/utf8"

	"firebreak/app/outside/through"
)

// tailSize is what is kept of what a command prints; more is held, to see a
// secret whole that stands where the rest was cut off.
const tailSize = 8 << 10

// Tail holds the end of what a command prints, however much that is.
type Tail struct{ through.Ring }

// Text is the end of it as it may be kept: valid text without the secrets, from
// the beginning of a line where there is one.
func (t *Tail) Text(secrets Secrets, scan func(string) string) string {
	text := t.End()
	cut := t.Printed() > int64(len(text))
	text = Plain(text) // first: a colour must not hide a secret
	from := 0
	if cut { // a secret that was cut off at the beginning cannot be seen, and is left out
		from = min(secrets.longest(), len(text))
	}
	text, _ = secrets.redact(text, from)
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
	if scan != nil {
		text = scan(text)
	}
	return lastOf(text, tailSize, cut)
}

// lastOf is the end of a text, from a whole line on where that costs little.
func lastOf(text string, most int, cut bool) string {
	if len(text) > most {
		text, cut = text[len(text)-most:], true
		for len(text) > 0 && !utf8.RuneStart(text[0]) {
			text = text[1:]
		}
	}
	if cut {
		if line := strings.IndexByte(text, '\n'); line >= 0 && line < len(text)/4 {
			text = text[line+1:]
		}
	}
	return text
}
