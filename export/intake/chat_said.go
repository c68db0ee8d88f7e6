package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// saidForm is how a message of a chat begins.
type saidForm int

const (
	plainSaid  saidForm = iota // 14:32 text
	namedSaid                  // [14:32] jane: text; 14:32 <jane> text
	headerSaid                 // Jane Doe  2:32 PM, and the text below
	inlineSaid                 // Jane Doe [2:32 PM] text
)

// said is the beginning of a message.
type said struct {
	form  saidForm
	mark  mark
	who   string
	text  string
	noise bool // someone came or went
}

// readSaid reads the line that begins a message.
func readSaid(text string, how manner) (said, bool) {
	if h, ok := readHead(text, how); ok && h.mark.clock.told() && !h.said {
		m := said{mark: h.mark, text: h.text}
		if who, rest, ok := saidBy(h.text); ok {
			m.form, m.who, m.text = namedSaid, who, rest
		} else if h.mark.day.kind != untoldDay && strings.HasPrefix(text, "[") && isName(h.text) && startsUpper(h.text) && len(strings.Fields(h.text)) < 4 {
			m.form, m.who, m.text = headerSaid, h.text, "" // [11/25 2:32 PM] Doe, Jane
		} else if joins(h.text) {
			m.form, m.noise = namedSaid, true
		}
		return m, true
	}
	if m, ok := readHeader(text, how); ok {
		return m, true
	}
	return readInline(text, how)
}

// saidBy reads who says what behind a time: "<jane> text", "jane: text",
// "* jane waves", "- Jane Doe: text".
func saidBy(text string) (who, rest string, ok bool) {
	if inner, found := strings.CutPrefix(text, "<"); found {
		end := strings.IndexByte(inner, '>')
		if end > 0 && end < 40 && !strings.ContainsAny(inner[:end], "/:") && (end+1 == len(inner) || inner[end+1] == ' ') {
			return strings.TrimLeft(inner[:end], "@+%&~ "), strings.TrimSpace(inner[end+1:]), true
		}
		return "", "", false
	}
	if inner, found := strings.CutPrefix(text, "* "); found {
		who, rest, ok = strings.Cut(inner, " ")
		return who, rest, ok && isName(who)
	}
	for _, sign := range []string{": ", " | ", "\t"} {
		name, rest, found := strings.Cut(text, sign)
		if found && isName(strings.TrimLeft(name, "@+%")) && len(strings.Fields(name)) <= 4 {
			return strings.TrimSpace(name), strings.TrimSpace(rest), true
		}
	}
	if name, found := strings.CutSuffix(text, ":"); found && isName(name) && len(strings.Fields(name)) <= 3 {
		return name, "", true
	}
	return "", "", false
}

// isName says whether a text can be the name that a chat shows.
func isName(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 60 || len(strings.Fields(text)) > 5 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsLetter(first) && first != '@' && first != '_' && !unicode.IsDigit(first) {
		return false
	}
	letters := false
	for _, r := range text {
		letters = letters || unicode.IsLetter(r)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune(" ._-'’@(),|/[]&", r) {
			return false
		}
	}
	return letters && !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, ",")
}

// readHeader reads a name with a time behind it: "Jane Doe  2:32 PM",
// "jane [2:32 PM]", "Jane — Today at 2:32 PM", "Jane, [25.11.2024 14:32]",
// "[11/25 2:32 PM] Jane Doe".
func readHeader(text string, how manner) (said, bool) {
	if len(text) > 120 {
		return said{}, false
	}
	how.strict = true
	for i := 1; i < len(text); i++ {
		if text[i-1] != ' ' && text[i-1] != '\t' && text[i-1] != '[' && text[i-1] != 0xa0 {
			continue
		}
		c := text[i]
		if !isDigit(c) && !isLetter(c) && c != '[' {
			continue
		}
		if isLetter(c) && !beginsDay(text[i:]) {
			continue
		}
		from := i
		if text[i-1] == '[' {
			from = i - 1
		}
		name := strings.TrimRight(text[:from], " \t,—–-|•·:")
		h, ok := readHead(strings.TrimSpace(text[from:]), how)
		if !ok || !h.mark.clock.told() || h.mark.clock.bad && !h.mark.clock.half {
			continue
		}
		gap := text[len(name):from]
		name = nameAlone(name)
		loose := len(gap) == 1 && !h.mark.clock.half && h.mark.day.kind == untoldDay && text[from] != '['
		if !isName(name) || loose && len(strings.Fields(name)) > 3 || loose && !startsUpper(name) {
			return said{}, false
		}
		return said{form: headerSaid, mark: h.mark, who: strings.TrimSpace(name)}, true
	}
	return said{}, false
}

func startsUpper(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

func beginsDay(text string) bool {
	s := scan{text: text}
	word := strings.ToLower(s.word())
	_, near := nearDays[word]
	_, week := weekdayNames[word]
	_, month := monthNames[word]
	return near || week || month
}

// joins knows the lines about who came and went.
func joins(text string) bool {
	text = strings.ToLower(text)
	return strings.HasPrefix(text, "-!-") || strings.HasPrefix(text, "-->") || strings.HasPrefix(text, "<--") || strings.HasPrefix(text, "*** ") ||
		containsAny(text, []string{"has joined", "has left", "has quit", "joined the channel", "left the channel", "joined #", "was added to", "joined the group", "left the group"}) && len(text) < 160
}

// chatNoise knows what chats put between their messages.
func chatNoise(text string) bool {
	lower := strings.ToLower(text)
	switch {
	case lower == "new" || lower == "view thread" || lower == "(edited)" || lower == "edited" || lower == "today" || lower == "yesterday":
		return true
	case strings.HasPrefix(lower, "last reply ") || strings.HasPrefix(lower, "view newer replies") || strings.HasPrefix(lower, "saved for later") || strings.HasPrefix(lower, "pinned by "):
		return true
	}
	s := scan{text: lower}
	if _, ok := s.figures(1, 4); ok && s.blanks() && s.takeWord("reply", "replies", "reactions", "reaction") {
		return true
	}
	reactions := 0
	for _, field := range strings.Fields(lower) {
		switch {
		case len(field) > 2 && field[0] == ':' && field[len(field)-1] == ':':
			reactions++
		case strings.Trim(field, "0123456789") != "":
			return false
		}
	}
	return reactions > 0
}
