package redact

import (
	"math"
	"regexp"
	"strings"

	"firebreak/workflow"
)

// rule finds one kind of leak in a text.
type rule struct {
	id       string
	name     string // for people, and in the marker
	kind     workflow.LeakKind
	choice   choice   // looked for only when somebody asked
	keywords []string // in small letters; without one of them the text is not read
	expr     *regexp.Regexp
	group    int // that holds the secret; 0: the first that is not empty, else the whole match
	entropy  float64
	ours     bool             // of ours: it knows only what stands around
	refuses  func(found) bool // what looks like one and is none
}

// choice is what must have been asked for before a finding is shown.
type choice string

const (
	always    choice = ""
	addresses choice = "addresses"
	phones    choice = "phones"
)

// found is a match before anybody has judged it.
type found struct {
	text       string // that was searched
	start, end int    // of the match
	from, to   int    // of the secret in it
}

func (f found) match() string  { return f.text[f.start:f.end] }
func (f found) secret() string { return f.text[f.from:f.to] }

// span is a leak in a text.
type span struct {
	from, to int
	rule     *rule
}

// in finds all that the rule knows in a text; lower is the text in small
// letters.
func (r *rule) in(text, lower string) []span {
	if !r.mayBeIn(lower) {
		return nil
	}
	var spans []span
	for _, at := range r.expr.FindAllStringSubmatchIndex(text, -1) {
		f := found{text: text, start: at[0], end: at[1]}
		f.from, f.to = r.secretOf(at)
		if f.to <= f.from || r.entropy > 0 && entropy(f.secret()) <= r.entropy || r.refuses != nil && r.refuses(f) {
			continue
		}
		spans = append(spans, span{f.from, f.to, r})
	}
	return spans
}

func (r *rule) mayBeIn(lower string) bool {
	for _, word := range r.keywords {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return len(r.keywords) == 0
}

// secretOf is where the secret lies in a match.
func (r *rule) secretOf(at []int) (from, to int) {
	if r.group > 0 && 2*r.group+1 < len(at) {
		return at[2*r.group], at[2*r.group+1]
	}
	for i := 2; i+1 < len(at); i += 2 {
		if at[i+1] > at[i] && at[i] >= 0 {
			return at[i], at[i+1]
		}
	}
	return at[0], at[1]
}

// entropy is how many bits each character of a text tells, as far as the text
// alone says: words have two to three, keys four or more.
func entropy(text string) float64 {
	count := map[rune]int{}
	all := 0
	for _, c := range text {
		count[c]++
		all++
	}
	bits := 0.0
	for _, n := range count {
		share := float64(n) / float64(all)
		bits -= share * math.Log2(share)
	}
	return bits
}

// placeholder says whether a value only stands for a secret: "${TOKEN}",
// "<password>", "****", "changeme", or a marker of ours.
func placeholder(value string) bool {
	lower := strings.ToLower(strings.Trim(value, "'\"`;,.)"))
	switch {
	case lower == "", strings.ContainsAny(lower, "<>•…"), strings.Contains(lower, "[redacted"), strings.Contains(lower, "${"), strings.Contains(lower, "{{"):
		return true
	case strings.HasPrefix(lower, "$"), strings.HasPrefix(lower, "%"), strings.HasPrefix(lower, "("), strings.HasPrefix(lower, "process.env"), strings.HasPrefix(lower, "os.environ"):
		return true
	case strings.Trim(lower, "*") == "", strings.Trim(lower, "x") == "", strings.Trim(lower, ".") == "", strings.Trim(lower, "-") == "":
		return true
	}
	for _, word := range []string{"example", "changeme", "placeholder", "your_", "your-", "dummy", "redacted", "hidden", "secret_here"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// telling says whether a value mixes letters with figures or signs, as secrets
// do and words in a sentence do not.
func telling(value string) bool {
	var letters, others int
	for _, c := range strings.TrimRight(value, ".,;:!?)'\"`") {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
			letters++
		case '0' <= c && c <= '9', strings.ContainsRune("!#$%&*+=@^~?", c):
			others++
		}
	}
	return letters > 0 && others > 0
}

// weight puts the rules that know more before the others, where two see the
// same text.
func (r *rule) weight() int {
	switch {
	case r.kind == workflow.PersonalLeak:
		return 2
	case r.ours:
		return 1
	default:
		return 0
	}
}
