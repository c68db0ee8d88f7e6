package outside

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

const errOpenQuote = refusal("A quote of the curl line is not closed. Copy all of it.")

// curlWords parts a line into words as the shell that it was copied for would.
// What stands behind a pipe, a redirection or the end of the command is left
// alone.
func curlWords(line string) ([]string, error) {
	line = strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(line), "\r\n", "\n"), "\r", "\n")
	if forWindows(line) {
		line = withoutCarets(line)
	}
	w := wording{rest: line}
	for w.rest != "" {
		if err := w.next(); err != nil {
			return nil, err
		}
	}
	w.end()
	return w.words, nil
}

// forWindows knows a line that was copied for cmd: carets before quotes or at
// the ends of lines.
func forWindows(line string) bool {
	return !strings.Contains(line, "'") && (strings.Contains(line, "^\n") || strings.Contains(line, `^"`) || strings.HasSuffix(line, "^"))
}

// withoutCarets takes the carets of cmd out: each lets the sign behind it stand
// for itself, and at the end of a line joins the next one to it.
func withoutCarets(line string) string {
	var out strings.Builder
	for i := 0; i < len(line); i++ {
		if line[i] != '^' {
			out.WriteByte(line[i])
			continue
		}
		i++
		switch {
		case i >= len(line):
		case line[i] == '\n':
			out.WriteByte(' ')
		default:
			out.WriteByte(line[i])
		}
	}
	return out.String()
}

// wording is how far a line has been parted.
type wording struct {
	rest  string
	word  strings.Builder
	begun bool
	words []string
}

func (w *wording) end() {
	if w.begun {
		w.words = append(w.words, w.word.String())
	}
	w.word.Reset()
	w.begun = false
}

func (w *wording) put(text string) {
	w.word.WriteString(text)
	w.begun = true
}

// next takes one sign, or what stands in quotes.
func (w *wording) next() error {
	sign := w.rest[0]
	switch {
	case strings.HasPrefix(w.rest, "\\\n"):
		w.rest = w.rest[2:]
	case sign == ' ' || sign == '\t':
		w.end()
		w.rest = w.rest[1:]
	case sign == '\n' || sign == ';' || sign == '|' || sign == '>' || sign == '<' || sign == '&':
		if sign == '\n' && len(w.words) == 0 && !w.begun {
			w.rest = w.rest[1:]
			break
		}
		w.end()
		w.rest = "" // the command is over
	case sign == '\\' && len(w.rest) > 1:
		_, size := utf8.DecodeRuneInString(w.rest[1:])
		w.put(w.rest[1 : 1+size])
		w.rest = w.rest[1+size:]
	case sign == '\'':
		end := strings.IndexByte(w.rest[1:], '\'')
		if end < 0 {
			return errOpenQuote
		}
		w.put(w.rest[1 : 1+end])
		w.rest = w.rest[end+2:]
	case strings.HasPrefix(w.rest, "$'"):
		return w.dollarQuoted()
	case sign == '"':
		return w.quoted()
	default:
		w.put(w.rest[:1])
		w.rest = w.rest[1:]
	}
	return nil
}

// quoted takes what stands in double quotes.
func (w *wording) quoted() error {
	w.put("")
	for i := 1; i < len(w.rest); i++ {
		switch c := w.rest[i]; {
		case c == '"':
			w.rest = w.rest[i+1:]
			return nil
		case c == '\\' && i+1 < len(w.rest) && strings.IndexByte("\"\\$`\n", w.rest[i+1]) >= 0:
			i++
			if w.rest[i] != '\n' {
				w.word.WriteByte(w.rest[i])
			}
		default:
			w.word.WriteByte(c)
		}
	}
	return errOpenQuote
}

// simpleEscapes are the escapes of $'…' that stand for one sign.
var simpleEscapes = map[byte]string{
	'n': "\n", 't': "\t", 'r': "\r", 'a': "\a", 'b': "\b", 'f': "\f", 'v': "\v", 'e': "\x1b", 'E': "\x1b", '\\': `\`, '\'': "'", '"': `"`, '?': "?",
}

// dollarQuoted takes what stands in $'…', as browsers write it.
func (w *wording) dollarQuoted() error {
	w.put("")
	for i := 2; i < len(w.rest); i++ {
		c := w.rest[i]
		if c == '\'' {
			w.rest = w.rest[i+1:]
			return nil
		}
		if c != '\\' || i+1 >= len(w.rest) {
			w.word.WriteByte(c)
			continue
		}
		i++
		if text, ok := simpleEscapes[w.rest[i]]; ok {
			w.word.WriteString(text)
			continue
		}
		taken := w.numbered(w.rest[i:])
		i += taken - 1
	}
	return errOpenQuote
}

// numbered takes an escape that gives the number of a sign, and says how long
// it is.
func (w *wording) numbered(rest string) int {
	from, most, base := 1, 0, 16
	switch rest[0] {
	case 'x':
		most = 2
	case 'u':
		most = 4
	case 'U':
		most = 8
	case '0', '1', '2', '3', '4', '5', '6', '7':
		from, most, base = 0, 3, 8
	}
	to := from
	for to < len(rest) && to-from < most && strings.IndexByte("0123456789abcdefABCDEF"[:digits(base)], rest[to]) >= 0 {
		to++
	}
	n, err := strconv.ParseUint(rest[from:to], base, 32)
	switch {
	case err != nil:
		w.word.WriteString(`\` + rest[:1])
		return 1
	case rest[0] == 'u' || rest[0] == 'U':
		w.word.WriteRune(rune(n))
	default:
		w.word.WriteByte(byte(n))
	}
	return to
}

func digits(base int) int {
	if base == 8 {
		return 8
	}
	return 22
}
