package intake

import "strings"

// longestName is how many bytes a name in front of a time can take.
const longestName = 60

// readInline reads a name, its time and what was said in one line: "Jane Doe
// [2:32 PM] text", "Jane Doe (2:32 PM): text", "Jane Doe  2:32 PM: text".
func readInline(text string, how manner) (said, bool) {
	for i := 1; i < len(text) && i <= longestName; i++ {
		blank := text[i-1] == ' ' || text[i-1] == '\t' || text[i-1] == 0xa0
		c := text[i]
		if !blank || !isDigit(c) && c != '[' && c != '(' && !(isLetter(c) && beginsDay(text[i:])) {
			continue
		}
		name := strings.TrimRight(text[:i], " \t\u00a0,—–-|•·:")
		h, ok := readHead(text[i:], how)
		if !ok || !h.mark.clock.told() || h.said || h.text == "" {
			continue
		}
		if name = nameAlone(name); !speaks(name) || !apartFrom(text[i:], h, i-len(name)) {
			return said{}, false
		}
		return said{form: inlineSaid, mark: h.mark, who: name, text: h.wrap + h.text}, true
	}
	return said{}, false
}

// apartFrom says whether a time is set off from the name in front of it and
// from the text behind: by brackets, or by more than one blank and a colon. In
// "Deployed at 14:32 by hand" it is part of a sentence.
func apartFrom(text string, h head, gap int) bool {
	behind := strings.TrimLeft(text[strings.Index(text, h.mark.typed)+len(h.mark.typed):], " ")
	switch text[0] {
	case '[':
		return strings.HasPrefix(behind, "]")
	case '(':
		return strings.HasPrefix(behind, "):")
	}
	return strings.HasPrefix(behind, ":") && (gap > 1 || h.mark.clock.half)
}

// speaks says whether a text is the name of somebody: a handle, or up to three
// words that begin with capitals.
func speaks(name string) bool {
	words := strings.Fields(name)
	if !isName(name) || len(words) > 3 || isNoName(name) || isNoName(words[0]) {
		return false
	}
	for _, w := range words {
		if len(words) > 1 && !startsUpper(strings.TrimLeft(w, "(@")) {
			return false
		}
	}
	return true
}

// nameAlone is a name without what chats put behind it.
func nameAlone(name string) string {
	for _, tag := range []string{" APP", " BOT", " (bot)", " (she/her)", " (he/him)", " (they/them)", " (edited)"} {
		name = strings.TrimSuffix(name, tag)
	}
	return name
}
