package markdown

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Entry is one line of front matter. Make one with Quoted, Plain or Number. The
// key is the program's own.
type Entry struct {
	key, value string // the value is YAML
}

// Quoted is user text in double quotes, which YAML 1.1, YAML 1.2 and JSON read
// alike: "no", "0001" and "2026-11-22" stay text.
func Quoted(key, text string) Entry {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(Clean(text)); err != nil { // a string always has a form in JSON
		return Entry{key, `""`}
	}
	return Entry{key, strings.TrimRight(b.String(), "\n")}
}

// Plain is user text on one line, quoted only where YAML needs it, in the style
// of js-yaml: SpecWeave rewrites its files with that, and a value in its own
// style stays the line that it is. Above 80 characters js-yaml folds: keep
// shorter (SpecTitle does).
func Plain(key, text string) Entry { return Entry{key, plainScalar(OneLine(text))} }

// Number is a whole number.
func Number(key string, n int) Entry { return Entry{key, strconv.Itoa(n)} }

// Front writes front matter. It must be the first block of the document.
func (d *Doc) Front(entries ...Entry) {
	lines := []string{"---"}
	for _, e := range entries {
		lines = append(lines, e.key+": "+e.value)
	}
	d.block(otherBlock, strings.Join(append(lines, "---"), "\n"))
}

var (
	// What YAML 1.1 or 1.2 takes for something other than text.
	yamlWord   = regexp.MustCompile(`^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[yY]|yes|Yes|YES|[nN]|no|No|NO|on|On|ON|off|Off|OFF|<<|=)$`)
	yamlInt    = regexp.MustCompile(`^[-+]?(?:0|[1-9][0-9_]*|0[0-7_]+|0b[01_]+|0x[0-9a-fA-F_]+|0o[0-7]+|[0-9]+)$`)
	yamlFloat  = regexp.MustCompile(`^(?:[-+]?(?:[0-9][0-9_]*)?\.?[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$`)
	yamlBase60 = regexp.MustCompile(`^[-+]?[0-9_]+(?::[0-9_]+)+(?:\.[0-9_]*)?$`)
	yamlDate   = regexp.MustCompile(`^[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:(?:[Tt]|[ \t]+)[0-9].*)?$`)
	// A character that js-yaml never leaves without quotes.
	yamlMark = regexp.MustCompile("^[-?:,\\[\\]{}#&*!|>='\"%@`]|[:,\\[\\]{}]|(?:^| )#")
)

// plainScalar is one line of text as js-yaml 3 dumps it.
func plainScalar(text string) string {
	for _, r := range text {
		if !yamlPrintable(r) {
			return escapedScalar(text)
		}
	}
	if text == "" || yamlMark.MatchString(text) || yamlWord.MatchString(text) || yamlInt.MatchString(text) ||
		yamlFloat.MatchString(text) || yamlBase60.MatchString(text) || yamlDate.MatchString(text) {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return text
}

// yamlPrintable is js-yaml 3's idea of a character that needs no escape. It
// looks at half characters of UTF-16, so an emoji is not among them.
func yamlPrintable(r rune) bool {
	return r >= 0x20 && r <= 0x7E || r > 0xA0 && r <= 0xFFFD
}

func escapedScalar(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == 0xA0:
			b.WriteString(`\_`)
		case yamlPrintable(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// longestSpecTitle is the length up to which js-yaml leaves a title on its line,
// with room for what SpecWeave puts before it.
const longestSpecTitle = 70

// SpecTitle prepares user text for a title in SpecWeave's files, where it cannot
// be escaped: one line of at most 70 characters, without anything that its
// readers take for a task id, a box or an unfilled template. Ids get a hyphen
// that is another character, brackets become round. Text that shows nothing
// becomes "Untitled", because a heading without a title is none to them. It is
// not yet escaped for markdown or YAML.
func SpecTitle(text string) string {
	title := specID.ReplaceAllString(OneLine(text), "$1\u2011$2")
	title = strings.NewReplacer("[", "(", "]", ")", "{{", "{ { ", "}}", "} } ").Replace(title)
	title = OneLine(title)
	if title == "" {
		return untitled
	}
	if len(utf16.Encode([]rune(title))) <= longestSpecTitle {
		return title
	}
	short := []rune(title)
	for len(utf16.Encode(short)) > longestSpecTitle-1 {
		short = short[:len(short)-1]
	}
	if cut := strings.LastIndexByte(string(short), ' '); cut > longestSpecTitle/2 {
		short = []rune(string(short)[:cut])
	}
	return strings.TrimRight(string(short), " ") + "…"
}

// untitled stands where a title is only marks that no file keeps, such as a byte
// order mark. People cannot leave it out: an empty title is refused.
const untitled = "Untitled"

var specID = regexp.MustCompile(`(T|AC)-([0-9A-Z])`)
