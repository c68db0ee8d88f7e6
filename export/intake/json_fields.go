package intake

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"firebreak/workflow"
)

// timeFields are the names that times have, the likelier first.
var timeFields = []string{"time", "timestamp", "@timestamp", "ts", "at", "when", "datetime", "date_time", "occurred_at", "occurredAt", "event_time", "eventTime", "start", "started_at", "startedAt", "start_time", "created_at", "createdAt", "created", "date", "logged_at", "published_at", "t", "_time", "Time", "Timestamp", "Date", "When", "TimeGenerated"}

var textFields = []string{"text", "message", "msg", "event", "description", "summary", "title", "body", "content", "note", "action", "what", "details", "name", "Text", "Message", "Event", "Description"}

var whoFields = []string{"who", "user", "author", "actor", "by", "username", "user_name", "userName", "sender", "owner", "person", "reporter", "User", "Author", "Who"}

// splitTime puts the date and the time of two fields together.
func (d *document) splitTime(o object, e *draft, used map[string]bool) {
	for _, name := range []string{"date", "day", "Date", "time", "Time"} {
		text, ok := o.data[name].(string)
		if !ok || used[name] {
			continue
		}
		h, ok := readHead(strings.TrimSpace(text), d.cellManner())
		switch {
		case !ok:
		case e.mark.clock.told() && h.mark.day.kind != untoldDay && !h.mark.clock.told():
			at := dayLine{line: o.line, day: h.mark.day, says: "the field “" + name + "”"}
			e.day, used[name] = &at, true
			return
		case !e.mark.clock.told() && h.mark.clock.told() && h.mark.day.kind == untoldDay:
			at := dayLine{line: o.line, day: e.mark.day, says: "the field with the date"}
			h.mark.typed = text
			e.day, e.mark, used[name] = &at, h.mark, true
			return
		}
	}
}

// timeField reads one field as a time: text, or seconds since 1970 and parts
// of them.
func (d *document) timeField(o object, name string) *draft {
	e := &draft{line: o.line + lineOfKey(o.raw, name)}
	switch value := o.data[name].(type) {
	case json.Number:
		t, ok := sinceEpoch(value.String())
		if !ok {
			return nil
		}
		e.at(t, value.String())
	case string:
		text := strings.TrimSpace(value)
		if t, ok := sinceEpoch(text); ok {
			e.at(t, text)
			return e
		}
		h, ok := readHead(text, d.cellManner())
		if !ok || h.mark.template != "" || h.text != "" {
			return nil
		}
		e.mark = h.mark
		if !bytes.Contains(o.raw, []byte(e.mark.typed)) { // written with escapes
			e.mark.typed = rawValue(o.raw, name, e.mark.typed)
		}
	default:
		return nil
	}
	return e
}

// at is a moment that the source counts in one number.
func (e *draft) at(t time.Time, typed string) {
	stamp := workflow.Stamp{Time: t.UTC(), Zone: "UTC", Sure: workflow.Exact, Typed: typed}
	e.stamp = &stamp
	e.mark.typed = typed
	e.mark.clock = clock{text: t.UTC().Format("15:04:05"), at: t.UTC().Hour()*3600 + t.UTC().Minute()*60 + t.UTC().Second()}
	e.mark.day = day{kind: wholeDay, year: t.UTC().Year(), month: t.UTC().Month(), day: t.UTC().Day()}
}

// sinceEpoch reads seconds, thousandths, millionths or billionths of seconds
// since 1970, by how many figures there are: no float loses any.
func sinceEpoch(text string) (time.Time, bool) {
	whole, part, _ := strings.Cut(text, ".")
	for _, figures := range []string{whole, part} {
		if strings.Trim(figures, "0123456789") != "" {
			return time.Time{}, false
		}
	}
	if len(part) > 9 {
		part = part[:9]
	}
	switch len(whole) {
	case 13, 16, 19:
		if part != "" && strings.Trim(part, "0") != "" && len(whole) > 13 {
			return time.Time{}, false
		}
		whole, part = whole[:10], whole[10:]+part
	case 9, 10:
	default:
		return time.Time{}, false
	}
	return time.Unix(int64(value(whole[:len(whole)-1]))*10+int64(whole[len(whole)-1]-'0'), int64(value((part + "000000000")[:9]))).UTC(), true
}

// lineOfKey is how many lines below the beginning of an object a field stands.
func lineOfKey(raw []byte, name string) int {
	at := bytes.Index(raw, []byte(`"`+name+`"`))
	return bytes.Count(raw[:max(0, at)], []byte("\n"))
}

// rawValue is the text of a field as the source writes it.
func rawValue(raw []byte, name, otherwise string) string {
	_, after, ok := bytes.Cut(raw, []byte(`"`+name+`"`))
	if !ok {
		return otherwise
	}
	from := bytes.IndexByte(after, '"')
	if from < 0 {
		return otherwise
	}
	for i := from + 1; i < len(after); i++ {
		switch after[i] {
		case '\\':
			i++
		case '"':
			return string(after[from+1 : i])
		}
	}
	return otherwise
}

// nameOfValue is a person in a field: a text, or an object with a name.
func nameOfValue(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		for _, name := range []string{"name", "display_name", "displayName", "real_name", "username", "login", "email", "id"} {
			if text, ok := v[name].(string); ok && text != "" {
				return text
			}
		}
	}
	return ""
}

// otherFields writes what else an object says, so that nothing is lost.
func otherFields(data map[string]any, used map[string]bool) string {
	var names []string
	for name, v := range data {
		if !used[name] && v != nil && v != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out []string
	for _, name := range names {
		text, ok := data[name].(string)
		if !ok {
			raw, err := json.Marshal(data[name])
			if err != nil {
				continue
			}
			text = string(raw)
		}
		out = append(out, name+": "+text)
	}
	return strings.Join(out, ", ")
}
