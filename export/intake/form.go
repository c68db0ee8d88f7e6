package intake

import (
	"path"
	"strings"

	"firebreak/workflow"
)

// lookedThrough is how many lines are looked at to tell a form.
const lookedThrough = 400

// formOf finds out what a document is, by how it looks and by its name.
func formOf(name, text string) workflow.ReadingForm {
	trimmed := strings.TrimLeft(text, " \t\r\n")
	ext := strings.ToLower(path.Ext(name))
	switch {
	case strings.HasPrefix(trimmed, "[") && isJSON(trimmed), strings.HasPrefix(trimmed, "{") && isJSON(trimmed):
		return jsonForm(trimmed)
	case ext == ".jsonl" || ext == ".ndjson":
		return workflow.JSONLinesForm
	case ext == ".csv" || ext == ".tsv":
		return workflow.CSVForm
	}
	lines := firstOf(splitLines(text), lookedThrough)
	switch {
	case ext == ".md" || ext == ".markdown" || ext == ".mdx" || ext == ".erb" || hasHeadings(lines):
		return workflow.MarkdownForm
	case isGitLog(lines):
		return workflow.GitLogForm
	case isChat(lines):
		return workflow.ChatForm
	case isCSV(lines):
		return workflow.CSVForm
	}
	return workflow.MarkdownForm
}

func firstOf(lines []string, most int) []string {
	return lines[:min(len(lines), most)]
}

// isJSON says whether a text begins as JSON does: "[14:32] text" does not.
func isJSON(text string) bool {
	s := scan{text: text[1:]}
	for !s.done() && strings.IndexByte(" \t\r\n", s.peek(0)) >= 0 {
		s.at++
	}
	if text[0] == '{' {
		return s.peek(0) == '"' || s.peek(0) == '}'
	}
	return s.peek(0) == '{' || s.peek(0) == ']' && strings.TrimSpace(text) == "[]"
}

// jsonForm tells a Slack export from other JSON by what its messages hold.
func jsonForm(text string) workflow.ReadingForm {
	start := text[:min(len(text), 20000)]
	slack := strings.Contains(start, `"ts"`) && (strings.Contains(start, `"message"`) && strings.Contains(start, `"type"`) || strings.Contains(start, `"user_profile"`) || strings.Contains(start, `"bot_id"`) || strings.Contains(start, `"thread_ts"`) || strings.Contains(start, `"subtype"`))
	if slack {
		return workflow.SlackForm
	}
	return workflow.JSONLinesForm
}

// hasHeadings says whether a text is markdown without doubt.
func hasHeadings(lines []string) bool {
	fence := false
	for i, text := range lines {
		if _, length := fenceOf(strings.TrimLeft(text, " ")); length > 0 {
			fence = !fence
		}
		l := line{raw: text}
		l.unquote()
		if fence || l.body == "" || l.quote > 0 {
			continue
		}
		if l.heading(); l.kind == headLine {
			return true
		}
		if i > 0 && len(text) > 3 && strings.Contains(text, "|") && strings.Trim(text, "|:- \t") == "" {
			return true
		}
	}
	return false
}

// isChat says whether a text is lines of a conversation.
func isChat(lines []string) bool {
	said, inline, filled := 0, 0, 0
	for i, text := range lines {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		filled++
		if m, ok := readSaid(text, manner{wrong: true}); ok && (m.form != plainSaid) {
			if said++; m.form == inlineSaid {
				inline++
			}
			continue
		}
		if i > 0 && isTimeAlone(text) && isName(strings.TrimSpace(lines[i-1])) {
			said++
		}
	}
	if inline == said { // no other message: then it is most of the lines, or prose
		return said > 0 && said*3 >= filled
	}
	return said >= 2 && said*8 >= filled || said == 1 && filled <= 4
}

// isTimeAlone knows a line that is nothing but a time of day with AM or PM, or
// with a day before it, as Slack puts it under a name.
func isTimeAlone(text string) bool {
	h, ok := readHead(text, manner{strict: true})
	return ok && h.mark.clock.told() && (h.mark.clock.half || h.mark.day.kind != untoldDay)
}

// isCSV says whether a text is a table of values.
func isCSV(lines []string) bool {
	if len(lines) < 2 {
		return false
	}
	delimiter, columns := delimiterOf(lines)
	if delimiter == 0 || columns < 2 {
		return false
	}
	first := strings.Split(lines[0], string(delimiter))
	for _, name := range first {
		if role := roleOf(strings.Trim(name, `" `)); role == "time" || role == "date" {
			return true
		}
	}
	stamps := 0
	for _, text := range firstOf(lines, 10) {
		for _, field := range strings.Split(text, string(delimiter)) {
			if h, ok := readHead(strings.Trim(field, `" `), manner{strict: true, dayAlone: true}); ok && h.mark.day.kind == wholeDay {
				stamps++
				break
			}
		}
	}
	return stamps*2 > min(len(lines), 10) && delimiter != ','
}
