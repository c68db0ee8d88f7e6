package intake

import "strings"

// front is what the front matter says that we use.
type front struct {
	title    string
	date     string
	severity string
	line     int  // of the title
	own      bool // it is one of our own documents, whose times are in UTC
}

// readFront takes the front matter off a document: YAML between ---, TOML
// between +++. What it says besides is left where people can see it.
func (d *document) readFront() {
	if len(d.lines) == 0 {
		return
	}
	fence := strings.TrimRight(d.lines[0].raw, " \t")
	if fence != "---" && fence != "+++" {
		return
	}
	end := 1
	for end < len(d.lines) && end < 200 && strings.TrimRight(d.lines[end].raw, " \t") != fence {
		end++
	}
	if end == len(d.lines) || end == 200 || !looksLikeFront(d.lines[1:end]) {
		return
	}
	for i := 0; i <= end; i++ {
		l := &d.lines[i]
		l.kind = quietLine
		if i == 0 || i == end {
			d.frame(i)
			continue
		}
		if d.front.take(l.raw) {
			d.front.line = i
			continue
		}
		d.leave(i, "front matter")
	}
	d.start = end + 1
	// An unclosed rule above was taken for one; the document begins behind it.
	d.title, d.titleLine = d.front.title, 1
}

// looksLikeFront keeps a rule at the top of a text, and another one somewhere
// below, from being front matter: that begins with a key and is mostly keys.
func looksLikeFront(lines []line) bool {
	keys, others := 0, 0
	for _, l := range lines {
		_, _, ok := cutKey(l.raw)
		switch {
		case ok:
			keys++
		case l.raw == "" || l.raw[0] == ' ' || l.raw[0] == '\t' || l.raw[0] == '-' || l.raw[0] == '[' || l.raw[0] == ']':
		case strings.HasPrefix(l.raw, "## ") || keys == 0:
			return false
		default:
			others++
		}
	}
	return keys > others || len(lines) == 0
}

// cutKey splits "key: value" and "key = value".
func cutKey(text string) (key, value string, ok bool) {
	end := 0
	for end < len(text) && (isLetter(text[end]) || isDigit(text[end]) || strings.IndexByte("_-. ", text[end]) >= 0) {
		end++
	}
	if end == 0 || end == len(text) || text[end] != ':' && text[end] != '=' || text[0] == ' ' || text[0] == '-' {
		return "", "", false
	}
	value = strings.TrimSpace(text[end+1:])
	if len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
		value = value[1 : len(value)-1]
	}
	return strings.ToLower(strings.TrimSpace(text[:end])), value, true
}

// take keeps what is of use, and says whether the line has been used up.
func (f *front) take(text string) bool {
	key, value, ok := cutKey(text)
	if !ok || value == "" {
		return false
	}
	switch key {
	case "title":
		if f.title == "" {
			f.title = strings.ReplaceAll(value, `\"`, `"`)
			return true
		}
	case "severity":
		f.severity = value
	case "incident":
		f.own = true
	case "date", "incident_date", "incident-date", "started", "start", "startedat", "detected", "created":
		if f.date == "" || key == "incident_date" || key == "incident-date" {
			f.date = value
		}
	}
	return false
}
