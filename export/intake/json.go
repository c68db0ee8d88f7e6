package intake

import (
	"bytes"
	"encoding/json"
	"strings"

	"firebreak/workflow"
)

// object is one JSON object of a document, and where it stands.
type object struct {
	line int // where it begins, from 1
	raw  []byte
	data map[string]any
}

// eachObject gives the objects of a text, one behind the other: the elements
// of a list, lines, or the list within an object. What is no object is left.
func (d *document) eachObject(text string, take func(object)) {
	trimmed := strings.TrimLeft(text, " \t\r\n")
	switch {
	case strings.HasPrefix(trimmed, "["):
		d.eachElement(text, 0, 0, take)
	case d.eachInside(text, take):
	default:
		for i, raw := range splitLines(text) {
			if strings.TrimSpace(raw) == "" {
				continue
			}
			o := object{line: i + 1, raw: []byte(raw)}
			if !o.parse() {
				d.rest = append(d.rest, workflow.Unread{Line: i + 1, Text: clean(raw), Why: "is not an object in JSON"})
				continue
			}
			take(o)
		}
	}
}

func (o *object) parse() bool {
	decoder := json.NewDecoder(bytes.NewReader(o.raw))
	decoder.UseNumber()
	if err := decoder.Decode(&o.data); err != nil || o.data == nil {
		return false
	}
	return !decoder.More()
}

// eachElement reads the list that begins at a place of the text.
func (d *document) eachElement(text string, at, before int, take func(object)) int {
	decoder := json.NewDecoder(strings.NewReader(text[at:]))
	decoder.UseNumber()
	if _, err := decoder.Token(); err != nil {
		return at
	}
	line, counted := 1+before, 0
	lineAt := func(offset int) int {
		line += strings.Count(text[at+counted:at+offset], "\n")
		counted = offset
		return line
	}
	for decoder.More() {
		var raw json.RawMessage
		from := int(decoder.InputOffset())
		if err := decoder.Decode(&raw); err != nil {
			d.rest = append(d.rest, workflow.Unread{Line: lineAt(from), Text: clean(text[at+from:]), Why: "is not whole JSON: " + err.Error()})
			return len(text)
		}
		end := int(decoder.InputOffset())
		o := object{line: lineAt(end - len(raw)), raw: raw}
		if !o.parse() {
			d.rest = append(d.rest, workflow.Unread{Line: o.line, Text: clean(string(raw)), Why: "is not an object in JSON"})
			continue
		}
		take(o)
	}
	return at + int(decoder.InputOffset())
}

// eachInside reads the list within one object: {"messages": […]}.
func (d *document) eachInside(text string, take func(object)) bool {
	o := object{line: 1, raw: []byte(text)}
	if !o.parse() {
		return false
	}
	for _, name := range []string{"messages", "timeline", "events", "entries", "items", "data", "records", "logs"} {
		list, ok := o.data[name].([]any)
		if !ok {
			continue
		}
		key := strings.Index(text, `"`+name+`"`)
		open := strings.IndexByte(text[key:], '[')
		if key < 0 || open < 0 || len(list) == 0 {
			continue
		}
		at := key + open
		d.eachElement(text, at, strings.Count(text[:at], "\n"), take)
		if users, ok := o.data["users"].([]any); ok {
			d.people(users)
		}
		return true
	}
	take(o)
	return true
}

// readJSON reads JSON lines, a list of objects, and our own timeline.jsonl.
func (d *document) readJSON(text string) {
	d.findOrigin()
	if !strings.HasPrefix(d.origin.says, "the file's name") {
		d.origin = docDay{}
	}
	d.eachObject(text, func(o object) {
		if e, ok := d.ownObject(o); ok {
			d.drafts = append(d.drafts, e)
			return
		}
		e, why := d.objectDraft(o)
		if e == nil {
			d.rest = append(d.rest, workflow.Unread{Line: o.line, Text: clean(string(o.raw)), Why: why})
			return
		}
		d.drafts = append(d.drafts, e)
	})
}

// objectDraft makes an entry of an object, by the names of its fields.
func (d *document) objectDraft(o object) (e *draft, why string) {
	used := map[string]bool{}
	for _, name := range timeFields {
		if _, nested := o.data[name].(map[string]any); o.data[name] == nil || nested {
			continue
		}
		if e = d.timeField(o, name); e != nil {
			used[name] = true
			break
		}
	}
	if e == nil {
		return nil, "has no field with a time"
	}
	if !e.mark.clock.told() || e.mark.day.kind == untoldDay {
		d.splitTime(o, e, used)
	}
	for _, name := range textFields {
		if text, ok := o.data[name].(string); ok && text != "" && !used[name] {
			e.lines, used[name] = []string{text}, true
			break
		}
	}
	for _, name := range whoFields {
		if who := nameOfValue(o.data[name]); who != "" && !used[name] {
			e.who, used[name] = who, true
			break
		}
	}
	if more := otherFields(o.data, used); more != "" {
		e.lines = append(e.lines, more)
		if len(e.lines) == 2 {
			e.lines = []string{e.lines[0] + " (" + more + ")"}
		}
	}
	return e, ""
}
