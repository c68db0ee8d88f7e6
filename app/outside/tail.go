package outside

import (
	"strings"
	"unicode/utf8"
)

// What is kept of what a command prints: so much is given on, and so much is
// held to see a secret whole that stands where the rest was cut off.
const (
	tailSize = 8 << 10
	ringSize = 64 << 10
)

// Tail holds the end of what a command prints, however much that is.
type Tail struct {
	ring    []byte
	at      int // where the next byte goes, once the ring is full
	printed int64
}

// Write takes what was printed; it never fails.
func (t *Tail) Write(data []byte) (int, error) {
	n := len(data)
	t.printed += int64(n)
	if t.ring == nil {
		t.ring = make([]byte, 0, ringSize)
	}
	if n >= ringSize {
		t.ring, t.at = append(t.ring[:0], data[n-ringSize:]...), 0
		return n, nil
	}
	if free := ringSize - len(t.ring); free > 0 {
		take := min(free, len(data))
		t.ring, data = append(t.ring, data[:take]...), data[take:]
	}
	for len(data) > 0 {
		took := copy(t.ring[t.at:], data)
		t.at, data = (t.at+took)%ringSize, data[took:]
	}
	return n, nil
}

// Printed counts the bytes.
func (t *Tail) Printed() int64 { return t.printed }

// Text is the end of it as it may be kept: valid text without the secrets, from
// the beginning of a line where there is one.
func (t *Tail) Text(secrets Secrets, scan func(string) string) string {
	text := string(t.ring[t.at:]) + string(t.ring[:t.at])
	cut := t.printed > int64(len(text))
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
