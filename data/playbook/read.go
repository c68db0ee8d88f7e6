package playbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"firebreak/workflow"

	yaml "go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// The largest playbook that is read, and how deep it may be nested. The
// playbook that the program ships with has 18 KB and 6 levels.
const (
	mostBytes = 1 << 20
	mostDepth = 16
)

// Read reads a playbook and checks it. The name is only for the faults. The
// error is of type Faults and lists all that is wrong; the playbook is then
// empty.
func Read(name string, src []byte) (workflow.Playbook, error) {
	root, fault := parse(src)
	if fault != nil {
		fault.File = name
		return workflow.Playbook{}, Faults{fault}
	}
	var read workflow.Playbook
	b := newBinder(name)
	b.bindRoot(root, &read)
	for _, f := range read.Check() {
		b.checked(f)
	}
	if len(b.faults) > 0 {
		return workflow.Playbook{}, listed(name, b.faults)
	}
	return read, nil
}

// parse answers the one mapping that the file holds.
func parse(src []byte) (*yaml.Node, *Fault) {
	if len(src) > mostBytes {
		return nil, &Fault{Says: "it is larger than 1 MB", Do: "Check that this is the playbook."}
	}
	if fault := unreadable(src); fault != nil {
		return nil, fault
	}
	loader, err := yaml.NewLoader(bytes.NewReader(src),
		yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(mostDepth))))
	if err != nil {
		return nil, syntaxFault(err, src)
	}
	var doc, second yaml.Node
	switch err := loader.Load(&doc); {
	case errors.Is(err, io.EOF):
		return nil, &Fault{Says: "it is empty", Do: "Copy the playbook that Firebreak ships with, and edit the copy."}
	case err != nil:
		return nil, syntaxFault(err, src)
	}
	switch err := loader.Load(&second); {
	case err == nil:
		return nil, &Fault{Line: second.Line, Says: "a second document begins here", Do: "Keep one playbook in a file, and take the line --- away."}
	case !errors.Is(err, io.EOF):
		return nil, syntaxFault(err, src)
	}
	root := &doc
	if root.Kind == yaml.DocumentNode && len(root.Content) == 1 {
		root = root.Content[0]
	}
	return root, nil
}

// unreadable finds bytes that no playbook holds: text in another encoding,
// and signs that a person cannot see.
func unreadable(src []byte) *Fault {
	line := 1
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		switch {
		case r == '\n':
			line++
		case r == utf8.RuneError && size == 1:
			return &Fault{Line: line, Says: "the text is not UTF-8", Do: "Save the file as UTF-8."}
		case unseen(r):
			return &Fault{Line: line, Says: fmt.Sprintf("there is a sign that cannot be seen, %U", r), Do: "Delete the line and type it again."}
		}
		i += size
	}
	return nil
}

// unseen is a control sign, or one that turns the direction of the text: with
// these a command can look like another one.
func unseen(r rune) bool {
	switch r {
	case '\n', '\r', '\t', '\uFEFF':
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// syntaxFault says in plain words what the YAML library means.
func syntaxFault(err error, src []byte) *Fault {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		return &Fault{Says: "it is not YAML: " + oneLine(err.Error()), Do: "Check the file from the top."}
	}
	line, begun := load.Mark.Line, load.ContextMark.Line
	says := func(line int, says, do string) *Fault { return &Fault{Line: line, Says: says, Do: do} }
	has := func(part string) bool { return strings.Contains(load.Message, part) }
	switch {
	case tabbed(src, line):
		return says(line, "a tab stands where spaces belong", "Indent with two spaces for each step.")
	case has("max depth"):
		return says(line, "the lists are nested too deep", "Follow the shape of the playbook that Firebreak ships with.")
	case has("mapping values are not allowed"):
		return says(line, "a colon stands where none belongs, or the line is indented unlike its neighbours", "Put a text with a colon in quotes, and indent the line like the ones beside it.")
	case has("',' or ']'"):
		return says(begun, "a list that begins with [ is not closed", "Close it with ].")
	case has("',' or '}'"):
		return says(begun, "a part that begins with { is not closed", "Close it with }.")
	case has("unexpected end of stream"), has("unexpected document indicator"):
		return says(begun, "a text that begins with a quote is not closed", "Close it with the same quote.")
	case has("escape"):
		return says(line, "a backslash in double quotes stands before a letter that it does not go with", "Use single quotes, or write the backslash twice.")
	case has("cannot start any token"):
		return says(line, "a text begins with a sign that YAML keeps for itself", "Put the text in quotes.")
	case has("anchor"):
		return anchorFault(line)
	case has("did not find expected"), has("could not find expected"), has("block sequence entries are not allowed"):
		return says(line, "this line does not fit the ones above it", "Indent it like the lines beside it, and write `name: value`.")
	default:
		return says(line, "it is not YAML: "+oneLine(load.Message), "Check this line and the one above it.")
	}
}

// tabbed says whether a line begins with a tab.
func tabbed(src []byte, line int) bool {
	lines := bytes.Split(src, []byte("\n"))
	if line < 1 || line > len(lines) {
		return false
	}
	text := lines[line-1]
	return bytes.ContainsRune(text[:len(text)-len(bytes.TrimLeft(text, " \t"))], '\t')
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
