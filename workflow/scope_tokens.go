package workflow

import "strings"

// mostCompared is the size of a group beyond which its words are not compared:
// what is so large is read by nobody under pressure anyway, and the budget says so.
const mostCompared = 64 << 10

// compareTokens says whether both sides hold the same words and signs, or the
// same but for one name.
func (g *changeGroup) compareTokens(s style) groupKind {
	a, b := bytesOf(g.removed), bytesOf(g.added)
	near := abs(a-b) <= 4+2*(len(g.removed)+len(g.added))
	if a > mostCompared || b > mostCompared || !near && len(g.removed) != len(g.added) {
		return realChange
	}
	if g.sameImports() {
		return orderChange
	}
	if s.indented && beginning(g.removed[0].Text) != beginning(g.added[0].Text) {
		return realChange
	}
	was, now := tokenReader{lines: g.removed, style: s}, tokenReader{lines: g.added, style: s}
	from, to := "", ""
	for some := false; ; some = true {
		a, more := was.next()
		b, also := now.next()
		if more != also || !more && !some {
			return realChange
		}
		if !more {
			break
		}
		if a != b {
			if !isName(a) || !isName(b) || from != "" && (a != from || b != to) {
				return realChange // mostly at the first words, so a real change costs little
			}
			from, to = a, b
			g.times++
			g.declares = g.declares || declares[was.last] || was.peek(0) == ":" && was.peek(1) == "="
		}
		was.last = a
	}
	if from == "" {
		return formChange
	}
	g.from, g.to = from, to
	return nameChange
}

// declares are the words before a name that is made there.
var declares = map[string]bool{
	"func": true, "function": true, "def": true, "fn": true, "class": true, "type": true, "struct": true, "interface": true, "enum": true,
	"const": true, "let": true, "var": true, "val": true, "final": true, "int": true, "string": true, "bool": true,
}

func bytesOf(lines []DiffLine) int {
	n := 0
	for _, l := range lines {
		for i := range len(l.Text) {
			if c := l.Text[i]; c != ' ' && c != '\t' && c != '\r' {
				n++
			}
		}
	}
	return n
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// tokenReader reads the words and signs of lines one by one. A comma before a
// closing bracket and a semicolon at the end of a line are left out, because
// formatters add and remove them; so is the kind of quotes where it makes no
// difference.
type tokenReader struct {
	lines []DiffLine
	style style
	line  int       // that is read
	at    int       // the place in it
	ahead [3]string // tokens that were looked at already
	held  int       // how many of them
	last  string    // the token before, for who reads
}

// next is the next token; false is the end.
func (r *tokenReader) next() (string, bool) {
	token := r.peek(0)
	if token == "" {
		return "", false
	}
	r.held--
	copy(r.ahead[:], r.ahead[1:])
	if token == "," {
		if then := r.peek(0); then == ")" && !r.style.indented || then == "]" || then == "}" {
			return r.next()
		}
	}
	return token, true
}

// peek looks so many tokens ahead; "" is the end.
func (r *tokenReader) peek(n int) string {
	for r.held <= n {
		token := r.read()
		if token == "" {
			return ""
		}
		r.ahead[r.held] = token
		r.held++
	}
	return r.ahead[n]
}

func (r *tokenReader) read() string {
	for ; r.line < len(r.lines); r.line, r.at = r.line+1, 0 {
		text := strings.TrimRight(r.lines[r.line].Text, " \t\r")
		if before, semicolon := strings.CutSuffix(text, ";"); semicolon && r.style.quotes {
			text = before
		}
		for r.at < len(text) && isBlank(text[r.at]) {
			r.at++
		}
		if r.at >= len(text) {
			continue
		}
		from, end := r.at, r.at+1
		switch c := text[from]; {
		case isWord(c):
			for end < len(text) && isWord(text[end]) {
				end++
			}
		case c == '"' || c == '\'' || c == '`':
			end = quotedEnd(text, from)
		}
		r.at = end
		if r.style.quotes {
			return plainQuotes(text[from:end])
		}
		return text[from:end]
	}
	return ""
}

// quotedEnd is where a text in quotes ends that begins at a place; one that does not
// end on its line goes to the end of it.
func quotedEnd(text string, from int) int {
	for i := from + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case text[from]:
			return i + 1
		}
	}
	return len(text)
}

func plainQuotes(token string) string {
	if n := len(token); n >= 2 && token[0] == '\'' && token[n-1] == '\'' && !strings.ContainsAny(token[1:n-1], "\"'\\$#`") {
		return `"` + token[1:n-1] + `"`
	}
	return token
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= 0x80
}

// isName says whether a token can be a name that somebody chose.
func isName(token string) bool {
	return token != "" && isWord(token[0]) && (token[0] < '0' || token[0] > '9') && !notNames[token]
}

var notNames = map[string]bool{
	"true": true, "false": true, "nil": true, "null": true, "None": true, "True": true, "False": true, "undefined": true,
	"if": true, "else": true, "for": true, "while": true, "return": true, "break": true, "continue": true, "defer": true, "go": true,
	"public": true, "private": true, "protected": true, "static": true, "const": true, "let": true, "var": true, "await": true, "async": true,
	"int": true, "int32": true, "int64": true, "uint": true, "uint32": true, "uint64": true, "float32": true, "float64": true, "string": true, "bool": true, "byte": true,
}

// sameImports says whether both sides hold the same import lines in another order.
func (g *changeGroup) sameImports() bool {
	if len(g.removed) != len(g.added) || len(g.removed) > 200 {
		return false
	}
	seen := map[string]int{}
	for _, l := range g.removed {
		if !isImport(l.Text) {
			return false
		}
		seen[strings.TrimSpace(l.Text)]++
	}
	for _, l := range g.added {
		seen[strings.TrimSpace(l.Text)]--
	}
	for _, n := range seen {
		if n != 0 {
			return false
		}
	}
	return true
}

func isImport(line string) bool {
	line = strings.TrimSpace(line)
	for _, begin := range []string{"import ", "from ", "use ", "using ", "#include", "require", "@import"} {
		if strings.HasPrefix(line, begin) {
			return true
		}
	}
	return len(line) > 2 && line[0] == '"' && line[len(line)-1] == '"' && strings.Contains(line, "/")
}
