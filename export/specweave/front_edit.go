package specweave

import (
	"bytes"
	"maps"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"firebreak/export/markdown"
)

// SetFront changes one value of the front matter in its line; a comment behind
// it stays. A key that is missing is added at the end, and front matter that is
// missing is begun, as SpecWeave does it.
func SetFront(src []byte, key, value string) ([]byte, error) {
	before := ReadSpec(src)
	switch {
	case before.Says != "":
		return nil, refuse(before.Says)
	case before.FrontSays != "":
		return nil, refuse(before.FrontSays)
	}
	if have, ok := before.Front[key]; ok && have == value {
		return src, nil
	}
	out, err := putFront(src, key, value)
	if err != nil {
		return nil, err
	}
	return checked(out, sameFront(before, out, key, value))
}

// entry is a line of front matter as js-yaml would write it.
func entry(key, value string) string {
	d := markdown.New()
	d.Front(markdown.Plain(key, value))
	return strings.TrimSuffix(strings.TrimPrefix(d.String(), "---\n"), "\n---\n")
}

func putFront(src []byte, key, value string) ([]byte, error) {
	end, line := lineEnd(src), entry(key, value)
	_, front := body(src)
	if front[0] < 0 {
		at := 0
		if bytes.HasPrefix(src, bom) {
			at = len(bom)
		}
		return splice(src, at, at, "---"+end+line+end+"---"+end), nil
	}
	text := src[front[0]:front[1]]
	root, says := yamlFront(text)
	if says != "" {
		return nil, refuse(says)
	}
	if root != nil {
		if root.Style&yaml.FlowStyle != 0 {
			return nil, refuse("The front matter is written in braces, which is not edited from here.")
		}
		for i := 0; i+1 < len(root.Content); i += 2 {
			if root.Content[i].Value == key {
				return replaceFront(src, front[0], root.Content[i], root.Content[i+1], strings.TrimPrefix(line, key+": "))
			}
		}
	}
	return splice(src, front[1], front[1], line+end), nil
}

// replaceFront puts a new value behind a key. at is where the front matter's
// first line begins.
func replaceFront(src []byte, at int, key, old *yaml.Node, value string) ([]byte, error) {
	manyLines := refuse("The value of " + key.Value + " goes over several lines, which is not edited from here.")
	if old.Kind != yaml.ScalarNode || old.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return nil, manyLines
	}
	if old.Anchor != "" || old.Style&yaml.TaggedStyle != 0 || key.Style != 0 {
		return nil, refuse("The line of " + key.Value + " is written in a form that is not edited from here.")
	}
	for range key.Line - 1 {
		at = nextLine(src, at)
	}
	line := src[at:nextLine(src, at)]
	colon := len(key.Value)
	if !bytes.HasPrefix(line, []byte(key.Value)) || bytes.IndexByte(line[colon:], ':') < 0 {
		return nil, refuse("The line of " + key.Value + " is written in a form that is not edited from here.")
	}
	colon += bytes.IndexByte(line[colon:], ':') + 1
	from := colon + indent(line[colon:])
	to, ok := scalarEnd(line, from)
	if plainly := old.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0; !ok || plainly && string(line[from:to]) != old.Value {
		return nil, manyLines
	}
	if from == to { // nothing there yet
		return splice(src, at+colon, at+colon, " "+value), nil
	}
	return splice(src, at+from, at+to, value), nil
}

// scalarEnd is where the value ends that begins in the line at from.
func scalarEnd(line []byte, from int) (to int, ok bool) {
	to = len(trimEnd(line))
	if from >= to || line[from] == '#' {
		return from, true
	}
	switch line[from] {
	case '\'':
		for i := from + 1; i < to; i++ {
			if line[i] != '\'' {
				continue
			}
			if i+1 < to && line[i+1] == '\'' {
				i++
				continue
			}
			return i + 1, true
		}
		return 0, false
	case '"':
		for i := from + 1; i < to; i++ {
			switch line[i] {
			case '\\':
				i++
			case '"':
				return i + 1, true
			}
		}
		return 0, false
	}
	for _, comment := range []string{" #", "\t#"} {
		if i := bytes.Index(line[from:to], []byte(comment)); i >= 0 {
			to = from + len(trimEnd(line[from:from+i]))
		}
	}
	return to, true
}

// sameFront reads an edited file again: only this key may have changed, and
// nothing of the body.
func sameFront(before Spec, out []byte, key, value string) error {
	after := ReadSpec(out)
	want := maps.Clone(before.Front)
	if want == nil {
		want = map[string]string{}
	}
	want[key] = value
	if after.Says != "" || after.FrontSays != "" || !maps.Equal(want, after.Front) || !sameBody(before, after) {
		return refuse("The value of " + key + " cannot be written so that it reads back the same.")
	}
	return nil
}
