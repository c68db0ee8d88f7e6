package playbook

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"firebreak/workflow"

	yaml "go.yaml.in/yaml/v4"
)

// What a playbook that people read can hold: texts are words, lines, commands
// and sentences, counted in characters; parts are elements of one list or keys
// of one group.
const (
	mostText  = 400
	mostParts = 200
)

// binder fills a playbook from YAML nodes, and remembers the line of every
// value. The library's own decoding is not used: it stops at the first fault,
// follows aliases, and reads `yes` as true.
type binder struct {
	file   string
	lines  map[string]int  // by path: "levels[1].id"
	spoilt map[string]bool // paths that hold a fault already
	absent map[string]bool // top-level parts that are not there
	faults Faults
}

func newBinder(file string) *binder {
	return &binder{file: file, lines: map[string]int{}, spoilt: map[string]bool{}, absent: map[string]bool{}}
}

func (b *binder) fault(path string, line int, do, says string, args ...any) {
	b.spoilt[path] = true
	b.faults = append(b.faults, &Fault{File: b.file, Line: line, Says: fmt.Sprintf(says, args...), Do: do})
}

// bindRoot reads the whole playbook, and reports a part that is not there as
// one fault, not as the many that follow from it.
func (b *binder) bindRoot(n *yaml.Node, to *workflow.Playbook) {
	b.bind(n, "", reflect.ValueOf(to).Elem())
	if b.spoilt[""] {
		return
	}
	for i, key := range keysOf(reflect.TypeFor[workflow.Playbook]()) {
		if _, there := b.lines[key]; !there && !optional(reflect.TypeFor[workflow.Playbook]().Field(i)) {
			b.absent[key] = true
			b.fault(key, 0, "Copy it from the playbook that Firebreak ships with.", "the part `%s:` is missing", key)
		}
	}
}

// checked takes a fault of the check over, unless it only follows from one
// that is listed already.
func (b *binder) checked(f workflow.PlaybookFault) {
	line := 0
	for path := f.Path; ; path = parent(path) {
		if b.spoilt[path] {
			return
		}
		if line == 0 {
			line = b.lines[path]
		}
		if path == "" {
			break
		}
	}
	b.faults = append(b.faults, &Fault{File: b.file, Line: line, Says: f.Says, Do: f.Do})
}

// parent is the path of what a path lies in: "levels[1].id" lies in
// "levels[1]", that in "levels", and that in "".
func parent(path string) string { return path[:max(strings.LastIndexAny(path, ".["), 0)] }

// bind fills one value. What is left out stays zero: the check knows what is
// needed.
func (b *binder) bind(n *yaml.Node, path string, to reflect.Value) {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		f := anchorFault(n.Line)
		b.fault(path, f.Line, f.Do, "%s", f.Says)
		return
	case n.Style&yaml.TaggedStyle != 0:
		b.fault(path, n.Line, "Take it away, and write the value alone.", "there is a type mark, %s", n.Tag)
		return
	case n.ShortTag() == "!!null":
		return
	}
	if len(n.Content) > 2*mostParts || n.Kind == yaml.SequenceNode && len(n.Content) > mostParts {
		b.fault(path, n.Line, "Check that this is the playbook.", "more than %d parts stand here", mostParts)
		return
	}
	switch to.Kind() {
	case reflect.Struct:
		b.bindParts(n, path, to)
	case reflect.Slice:
		b.bindList(n, path, to)
	default:
		b.bindScalar(n, path, to)
	}
}

func anchorFault(line int) *Fault {
	return &Fault{Line: line, Says: "anchors (&) and aliases (*) are not read", Do: "Write the value out, or put the text in quotes."}
}

// bindParts fills a struct from a mapping, and refuses keys that it lacks.
func (b *binder) bindParts(n *yaml.Node, path string, to reflect.Value) {
	if n.Kind != yaml.MappingNode {
		b.fault(path, n.Line, "Write `name: value` lines here, one below the other.", "%s stands where named values belong", kindOf(n))
		return
	}
	keys := keysOf(to.Type())
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		place := strings.TrimPrefix(path+"."+key.Value, ".")
		field := slices.Index(keys, key.Value)
		if key.Kind != yaml.ScalarNode || field < 0 {
			b.unknownKey(key, path, keys)
			continue
		}
		if _, twice := b.lines[place]; twice {
			b.fault(place, key.Line, "Keep one of them.", "`%s:` stands twice", key.Value)
			continue
		}
		b.lines[place] = key.Line
		if value.Kind == yaml.ScalarNode {
			b.lines[place] = value.Line
		}
		b.bind(value, place, to.Field(field))
	}
}

func (b *binder) unknownKey(key *yaml.Node, path string, keys []string) {
	if key.Kind != yaml.ScalarNode {
		b.fault(path+".?", key.Line, "Write `name: value`.", "%s stands where a name belongs", kindOf(key))
		return
	}
	if meant := nearest(key.Value, keys); meant != "" {
		b.spoilt[strings.TrimPrefix(path+"."+meant, ".")] = true // else it would be missed as well
		b.fault(path+".?", key.Line, fmt.Sprintf("Did you mean `%s:`?", meant), "there is no `%s:` here", short(key.Value))
		return
	}
	b.fault(path+".?", key.Line, "Use one of: "+strings.Join(keys, ", ")+".", "there is no `%s:` here", short(key.Value))
}

func (b *binder) bindList(n *yaml.Node, path string, to reflect.Value) {
	if n.Kind != yaml.SequenceNode {
		b.fault(path, n.Line, "Begin each element with a hyphen and a space.", "%s stands where a list belongs", kindOf(n))
		return
	}
	if len(n.Content) == 0 {
		return
	}
	to.Set(reflect.MakeSlice(to.Type(), len(n.Content), len(n.Content)))
	for i, element := range n.Content {
		place := fmt.Sprintf("%s[%d]", path, i)
		b.lines[place] = element.Line
		b.bind(element, place, to.Index(i))
	}
}

func (b *binder) bindScalar(n *yaml.Node, path string, to reflect.Value) {
	if n.Kind != yaml.ScalarNode {
		b.fault(path, n.Line, "Write the value behind the colon, in quotes when it begins with [ or {.", "%s stands where one value belongs", kindOf(n))
		return
	}
	text := strings.TrimRight(n.Value, "\n")
	switch {
	case to.Type() == reflect.TypeFor[time.Duration]():
		d, err := time.ParseDuration(text)
		if err != nil {
			b.fault(path, n.Line, "Write it like 90s, 15m or 4h, or 0 for none.", "%q is not a time", short(text))
			return
		}
		to.SetInt(int64(d))
	case to.Kind() == reflect.Int:
		count, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			b.fault(path, n.Line, "Write a number such as 1.", "%q is not a whole number", short(text))
			return
		}
		to.SetInt(count)
	case to.Kind() == reflect.Bool:
		if text != "true" && text != "false" {
			b.fault(path, n.Line, "Write true or false.", "%q is neither true nor false", short(text))
			return
		}
		to.SetBool(text == "true")
	case strings.ContainsAny(text, "\n\r\t"):
		b.fault(path, n.Line, "Write it on one line.", "the text has a line break or a tab in it")
	case utf8.RuneCountInString(text) > mostText:
		b.fault(path, n.Line, "Say it shorter.", "the text is longer than %d characters", mostText)
	case strings.ContainsFunc(text, unseen):
		b.fault(path, n.Line, "Type it again.", "the text has a sign in it that cannot be seen")
	default:
		to.SetString(text)
	}
}

// keysOf lists the keys of a struct in the order of its fields.
func keysOf(t reflect.Type) []string {
	keys := make([]string, t.NumField())
	for i := range keys {
		keys[i], _, _ = strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
	}
	return keys
}

// optional says whether a part may be left out: it came with a later version of
// the program, and playbooks from before must stay whole.
func optional(field reflect.StructField) bool {
	return strings.HasSuffix(field.Tag.Get("yaml"), ",omitempty")
}

func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a group of named values"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	default:
		return fmt.Sprintf("the text %q", short(n.Value))
	}
}

// short cuts a text that a fault repeats.
func short(s string) string {
	if r := []rune(oneLine(s)); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return oneLine(s)
}
