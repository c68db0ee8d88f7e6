package specweave

import (
	"bytes"
	"fmt"
	"strings"

	yaml "go.yaml.in/yaml/v4"
)

// readFront reads the plain values at the top level of the front matter, each
// as it was written, without quotes.
func readFront(src []byte) (values map[string]string, says string) {
	_, front := body(src)
	if front[0] < 0 {
		return nil, ""
	}
	text := src[front[0]:front[1]]
	if values, proven := plainFront(text); proven {
		return values, ""
	}
	root, says := yamlFront(text)
	if root == nil {
		return nil, says
	}
	values = map[string]string{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		if key, value := root.Content[i], root.Content[i+1]; key.Kind == yaml.ScalarNode && value.Kind == yaml.ScalarNode {
			values[key.Value] = value.Value
		}
	}
	return values, ""
}

// yamlFront asks the YAML library for the mapping that the front matter is. No
// mapping and no sentence: it holds nothing.
func yamlFront(text []byte) (root *yaml.Node, says string) {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		why := strings.TrimPrefix(strings.ReplaceAll(err.Error(), "\n", " "), "yaml: ")
		return nil, "The front matter cannot be read: " + why + "."
	}
	if len(document.Content) == 0 {
		return nil, ""
	}
	root = document.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil, ""
	}
	if root.Kind != yaml.MappingNode {
		return nil, "The front matter cannot be read: it is no list of keys and values."
	}
	seen := map[string]bool{}
	for i := 0; i < len(root.Content); i += 2 {
		key := root.Content[i]
		if key.Kind == yaml.ScalarNode && seen[key.Value] {
			return nil, fmt.Sprintf("The front matter cannot be read: %s stands there twice.", key.Value)
		}
		seen[key.Value] = true
	}
	return root, ""
}

// plainFront reads front matter of lines "key: value" and comments. It gives up
// at everything else, and at every value that YAML may read differently.
func plainFront(text []byte) (values map[string]string, proven bool) {
	values = make(map[string]string, 12)
	for at := 0; at < len(text); {
		next := nextLine(text, at)
		line := trimEnd(text[at:next])
		at = next
		if len(line) == 0 || line[0] == '#' {
			if !plainBytes(line) {
				return nil, false
			}
			continue
		}
		key, value, ok := plainEntry(line)
		if _, twice := values[key]; !ok || twice {
			return nil, false
		}
		values[key] = value
	}
	return values, true
}

func plainEntry(line []byte) (key, value string, ok bool) {
	end := 0
	for end < len(line) && (isLetter(line[end]) || isDigit(line[end]) || line[end] == '_' || end > 0 && line[end] == '-') {
		end++
	}
	if end == 0 || end+2 >= len(line) || line[end] != ':' || line[end+1] != ' ' || !plainBytes(line) {
		return "", "", false
	}
	text, ok := plainValue(bytes.TrimLeft(line[end+2:], " "))
	return string(line[:end]), string(text), ok
}

// plainBytes refuses control characters, and those that YAML takes for a line
// end or for nothing.
func plainBytes(line []byte) bool {
	for _, c := range line {
		// Beyond ASCII, only the beginnings of ordinary letters pass.
		if c < 0x20 || c == 0x7f || c == 0xc2 || c == 0xe2 || c >= 0xed {
			return false
		}
	}
	return true
}

// plainValue takes the comment and the quotes off.
func plainValue(text []byte) ([]byte, bool) {
	if len(text) == 0 {
		return nil, false
	}
	first := text[0]
	if first == '\'' || first == '"' {
		end := bytes.IndexByte(text[1:], first) + 1
		if end < 1 || first == '"' && bytes.IndexByte(text[:end], '\\') >= 0 {
			return nil, false
		}
		return text[1:end], onlyComment(text[end+1:])
	}
	if comment := bytes.Index(text, []byte(" #")); comment >= 0 {
		text = trimEnd(text[:comment])
	}
	if !isLetter(first) && !isDigit(first) && first != '/' && first != '(' && first < 0x80 {
		return nil, false
	}
	return text, bytes.IndexByte(text, ':') < 0
}

func onlyComment(rest []byte) bool {
	if len(rest) == 0 {
		return true
	}
	trimmed := bytes.TrimLeft(rest, " ")
	return len(trimmed) < len(rest) && (len(trimmed) == 0 || trimmed[0] == '#')
}
