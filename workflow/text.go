package workflow

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// EachText visits what people wrote into an event, with the name of the field
// that holds it. Names of things (ids, checksums, paths, levels) are no text of
// theirs, and neither is the playbook.
func (e Event) EachText(visit func(field, text string)) {
	e.Reworded(func(field, text string) string {
		visit(field, text)
		return text
	})
}

// Reworded is the event with each of its texts put through change. The event
// itself stays as it is; changed says whether any text became another.
func (e Event) Reworded(change func(field, text string) string) (out Event, changed bool) {
	out = e
	reword := func(field string, text *string) {
		if *text == "" {
			return
		}
		if now := change(field, *text); now != *text {
			*text, changed = now, true
		}
	}
	reword("by", &out.Actor)
	reword("time", &out.At.Typed)
	if raw, is := e.Body.(Raw); is {
		if again, other := rewordedJSON(raw.JSON, change); other {
			out.Body, changed = Raw{As: raw.As, JSON: again}, true
		}
		return out, changed
	}
	if e.Body == nil {
		return out, changed
	}
	if body, other := reworded(reflect.ValueOf(e.Body), "", change); other {
		out.Body, changed = body.Interface().(Body), true
	}
	return out, changed
}

// names are the fields of texts that only name something: a part of the program
// looks for exactly these words.
const names = " ID SHA256 Media Commit Item Role Phase Gate Root Path Zone Level Was Due Document Environment Option Proposed Base Tip Answer "

// reworded is a value with its texts changed; the value itself is shared between
// versions of the incident and is never touched.
func reworded(v reflect.Value, field string, change func(field, text string) string) (reflect.Value, bool) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() != reflect.TypeFor[string]() || v.Len() == 0 {
			return v, false // a kind, a section, an id: see names
		}
		now := change(field, v.String())
		return reflect.ValueOf(now), now != v.String()
	case reflect.Pointer:
		if v.IsNil() {
			return v, false
		}
		inner, changed := reworded(v.Elem(), field, change)
		if !changed {
			return v, false
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(inner)
		return out, true
	case reflect.Slice:
		return rewordedList(v, field, change)
	case reflect.Struct:
		return rewordedParts(v, change)
	default:
		return v, false
	}
}

func rewordedList(v reflect.Value, field string, change func(field, text string) string) (reflect.Value, bool) {
	out, changed := v, false
	for i := range v.Len() {
		inner, other := reworded(v.Index(i), field, change)
		if !other {
			continue
		}
		if !changed {
			out = reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			reflect.Copy(out, v)
			changed = true
		}
		out.Index(i).Set(inner)
	}
	return out, changed
}

func rewordedParts(v reflect.Value, change func(field, text string) string) (reflect.Value, bool) {
	t := v.Type()
	if t == reflect.TypeFor[Playbook]() {
		return v, false
	}
	out, changed := v, false
	for i := range t.NumField() {
		part := t.Field(i)
		if !part.IsExported() || strings.Contains(names, " "+part.Name+" ") {
			continue
		}
		inner, other := reworded(v.Field(i), fieldName(part), change)
		if !other {
			continue
		}
		if !changed {
			out = reflect.New(t).Elem()
			out.Set(v)
			changed = true
		}
		out.Field(i).Set(inner)
	}
	return out, changed
}

// fieldName is how the log calls a field.
func fieldName(part reflect.StructField) string {
	name, _, _ := strings.Cut(part.Tag.Get("json"), ",")
	if name == "" || name == "-" {
		name = strings.ToLower(part.Name)
	}
	return strings.ReplaceAll(name, "_", " ")
}

// rewordedJSON changes the texts of a body that this version does not know.
func rewordedJSON(data json.RawMessage, change func(field, text string) string) (json.RawMessage, bool) {
	var value any
	reader := json.NewDecoder(bytes.NewReader(data))
	reader.UseNumber()
	if reader.Decode(&value) != nil {
		return data, false
	}
	value, changed := rewordedAny(value, "", change)
	if !changed {
		return data, false
	}
	again, err := json.Marshal(value)
	if err != nil {
		return data, false
	}
	return again, true
}

func rewordedAny(value any, field string, change func(field, text string) string) (any, bool) {
	changed := false
	switch v := value.(type) {
	case string:
		now := change(field, v)
		return now, now != v
	case []any:
		for i := range v {
			inner, other := rewordedAny(v[i], field, change)
			v[i], changed = inner, changed || other
		}
	case map[string]any:
		for name := range v {
			inner, other := rewordedAny(v[name], name, change)
			v[name], changed = inner, changed || other
		}
	}
	return value, changed
}
