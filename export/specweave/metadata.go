package specweave

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Metadata is a metadata.json as read.
type Metadata struct {
	ID, Status, Type, Priority, Title, Created, LastActivity string
	Raw                                                      map[string]string // each key at the top, with its value as written
	Linked                                                   []string          // the keys that tie it to a tracker
	Incident                                                 string            // whose hotfix it is, as the app itself writes it
}

// ReadMetadata reads a metadata.json. Where a key stands twice the last one
// counts, as in JavaScript. An error is a sentence.
func ReadMetadata(src []byte) (Metadata, error) {
	list, err := membersOf(src)
	if err != nil {
		return Metadata{}, err
	}
	m := metadataOf(src, list)
	m.Raw = make(map[string]string, len(list))
	for _, one := range list {
		m.Raw[one.key] = string(one.value.of(src))
	}
	return m, nil
}

// member is one key of the object, with the places of its key and its value.
type member struct {
	key   string
	from  int // where the key's own quote stands
	value span
}

func metadataOf(src []byte, list []member) Metadata {
	var m Metadata
	var older Metadata // the names that older versions gave
	for _, one := range list {
		value := one.value.of(src)
		switch one.key {
		case "id":
			m.ID = scalar(value)
		case "status":
			m.Status = scalar(value)
		case "type":
			m.Type = scalar(value)
		case "priority":
			m.Priority = scalar(value)
		case "title":
			m.Title = scalar(value)
		case "created":
			m.Created = scalar(value)
		case "createdAt":
			older.Created = scalar(value)
		case "lastActivity":
			m.LastActivity = scalar(value)
		case "updatedAt":
			older.LastActivity = scalar(value)
		case "hotfixWorkflow":
			m.Incident = incidentOf(value)
		}
	}
	if m.Created == "" {
		m.Created = older.Created
	}
	if m.LastActivity == "" {
		m.LastActivity = older.LastActivity
	}
	m.Linked = linkedBy(src, list)
	return m
}

// scalar is a string's text, a number as written, and nothing for the rest.
func scalar(raw []byte) string {
	switch {
	case len(raw) > 1 && raw[0] == '"':
		return unquote(raw)
	case len(raw) > 0 && (isDigit(raw[0]) || raw[0] == '-'):
		return string(raw)
	}
	return ""
}

func unquote(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1])
	}
	var text string
	_ = json.Unmarshal(raw, &text) // the whole file was found valid before
	return text
}

func incidentOf(raw []byte) string {
	if len(raw) == 0 || raw[0] != '{' {
		return ""
	}
	incident := ""
	for _, one := range scanMembers(raw, 0) {
		if one.key == "incidentId" {
			incident = scalar(one.value.of(raw))
		}
	}
	return incident
}

// trackerKeys are those under which SpecWeave and its plug-ins, old and new,
// note what an increment is tied to.
var trackerKeys = []string{
	"externalLinks", "github", "jira", "ado", "external_ref", "external_sync", "external_tools", "externalRefs",
	"syncTarget", "externalContainer", "source_platform", "githubProfile",
}

func linkedBy(src []byte, list []member) []string {
	var linked []string
	for i, one := range list {
		for _, key := range trackerKeys {
			if one.key == key && !later(list[i+1:], key) && !hollow(one.value.of(src)) {
				linked = append(linked, key)
			}
		}
	}
	return linked
}

func later(list []member, key string) bool {
	for _, one := range list {
		if one.key == key {
			return true
		}
	}
	return false
}

// hollow reports that a value holds nothing: null, an empty text, or objects
// and lists of nothing else.
func hollow(raw []byte) bool {
	switch string(raw) {
	case "null", "{}", "[]", `""`, "false":
		return true
	}
	if raw[0] != '{' && raw[0] != '[' {
		return false
	}
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return false
	}
	return hollowValue(value)
}

func hollowValue(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case bool:
		return !v
	case map[string]any:
		for _, one := range v {
			if !hollowValue(one) {
				return false
			}
		}
		return true
	case []any:
		for _, one := range v {
			if !hollowValue(one) {
				return false
			}
		}
		return true
	}
	return false
}

// membersOf reads the object's members in their order, or says why it cannot.
func membersOf(src []byte) ([]member, error) {
	if says := unreadable(src); says != "" {
		return nil, Refusal{"metadata.json cannot be read. " + says}
	}
	start := 0
	if bytes.HasPrefix(src, bom) {
		start = len(bom)
	}
	if !json.Valid(src[start:]) || !utf8.Valid(src) {
		return nil, Refusal{"metadata.json cannot be read. " + whyInvalid(src, start)}
	}
	for start < len(src) && isBlank(src[start]) {
		start++
	}
	if src[start] != '{' {
		return nil, Refusal{"metadata.json cannot be read. It is no object of keys and values."}
	}
	return scanMembers(src, start), nil
}

func whyInvalid(src []byte, start int) string {
	if says := guard(src); says != "" {
		return says
	}
	var value any
	err := json.Unmarshal(src[start:], &value)
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return "It is no JSON."
	}
	at := min(start+int(syntax.Offset), len(src))
	line := 1 + bytes.Count(src[:at], []byte("\n"))
	if strings.HasPrefix(syntax.Error(), "unexpected end") {
		return fmt.Sprintf("It ends in the middle, in line %d; it may be half written.", line)
	}
	if c := src[at-1]; c == '}' || c == ']' {
		if before := trimEnd(src[start : at-1]); len(before) > 0 && before[len(before)-1] == ',' {
			return fmt.Sprintf("There is a comma too many in front of line %d.", line)
		}
	}
	return fmt.Sprintf("It is no JSON in line %d: %s.", line, syntax.Error())
}

// scanMembers reads the members of an object that is known to be valid JSON and
// begins at the byte at.
func scanMembers(src []byte, at int) []member {
	list := make([]member, 0, 24)
	at++
	for {
		for at < len(src) && (isBlank(src[at]) || src[at] == ',') {
			at++
		}
		if at >= len(src) || src[at] != '"' {
			return list
		}
		m := member{from: at}
		at = valueEnd(src, at)
		m.key = unquote(src[m.from:at])
		for isBlank(src[at]) || src[at] == ':' {
			at++
		}
		m.value.from = at
		at = valueEnd(src, at)
		m.value.to = at
		list = append(list, m)
	}
}

// valueEnd is where the value ends that begins at the byte at.
func valueEnd(src []byte, at int) int {
	depth := 0
	for ; at < len(src); at++ {
		switch src[at] {
		case '"':
			for at++; src[at] != '"'; at++ {
				if src[at] == '\\' {
					at++
				}
			}
			if depth == 0 {
				return at + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return at // the end of a number in front of it
			}
			if depth--; depth == 0 {
				return at + 1
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return at
			}
		}
	}
	return at
}
