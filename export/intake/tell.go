package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tell finds out what entries are about: who they name, which kind they are,
// where they link to, and the milestones that their words tell of.
func (d *document) tell() {
	seen := map[string]int{}
	for _, e := range d.drafts {
		if who, _, ok := namePrefix(e.first()); ok {
			seen[who]++
		}
	}
	refs := d.references()
	for _, e := range d.drafts {
		if e.own {
			continue
		}
		if who, rest, ok := namePrefix(e.first()); ok && e.who == "" && (strings.HasPrefix(who, "@") || strings.HasPrefix(e.first(), "<") || strings.Contains(who, " ") || seen[who] > 1) {
			e.who = who
			e.lines[0] = rest
		}
		text := strings.Join(e.lines, "\n")
		e.links = linksIn(e.links, text, refs)
		if e.kind == "" {
			e.kind = kindOf(text)
		}
	}
	if len(d.drafts) > 0 && !d.drafts[0].own {
		d.milestones()
	}
}

func (e *draft) first() string {
	if len(e.lines) == 0 {
		return ""
	}
	return e.lines[0]
}

// notNames are words before a colon that are never a person.
const notNames = " alert alerts update updates note notes issue issues incident impact detection resolution resolved root cause fix fixed rollback deploy deployment deployed monitoring identified investigating mitigation mitigated action actions status summary warning error errors info start started end ended timeline team customer customers support service outage slack pagerduty github jira link links http https question answer result results decision follow hypothesis observation first second third last next final phase step day deadline release hotfix workaround recovery escalation communication internal external todo important background context trigger re eta discovery outcome reason symptom symptoms problem "

func isNoName(word string) bool {
	return strings.Contains(notNames, " "+strings.ToLower(word)+" ")
}

// namePrefix reads "@jane: text", "Jane Doe: text" and "<jane> text".
func namePrefix(text string) (who, rest string, ok bool) {
	if inner, found := strings.CutPrefix(text, "<"); found {
		if end := strings.IndexByte(inner, '>'); end > 0 && end < 40 && !strings.ContainsAny(inner[:end], "/: ") && strings.HasPrefix(inner[end+1:], " ") {
			return strings.TrimLeft(inner[:end], "@+%&~ "), strings.TrimSpace(inner[end+1:]), true
		}
		return "", "", false
	}
	if name, said, found := strings.Cut(text, " | "); found && isName(name) && startsUpper(name) && len(strings.Fields(name)) < 4 && !isNoName(name) {
		return name, strings.TrimSpace(said), said != ""
	}
	colon := strings.IndexByte(text, ':')
	if colon < 2 || colon > 50 || colon+1 >= len(text) || text[colon+1] != ' ' && !strings.HasPrefix(text[colon+1:], "**") {
		return "", "", false
	}
	name := strings.Trim(text[:colon], "*_` ")
	rest = strings.TrimSpace(strings.TrimPrefix(text[colon+1:], "**"))
	if rest == "" {
		return "", "", false
	}
	if handle, found := strings.CutPrefix(name, "@"); found {
		return name, rest, handle != "" && !strings.Contains(handle, " ")
	}
	words := strings.Fields(name)
	if len(words) == 0 || len(words) > 3 {
		return "", "", false
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) || isNoName(w) || strings.ContainsAny(w, "0123456789/()[]#&\"") || len(w) > 1 && strings.ToUpper(w) == w {
			return "", "", false
		}
	}
	return name, rest, true
}

// references are the addresses that a document names at its end: [name]: https://…
func (d *document) references() map[string]string {
	refs := map[string]string{}
	for i := range d.lines {
		body := d.lines[i].body
		if d.lines[i].kind != textLine || !strings.HasPrefix(body, "[") {
			continue
		}
		name, address, ok := strings.Cut(body[1:], "]:")
		if ok && name != "" {
			if fields := strings.Fields(address); len(fields) > 0 {
				refs[strings.ToLower(name)] = strings.Trim(fields[0], "<>")
			}
		}
	}
	return refs
}

// linksIn lists the addresses of a text, each once.
func linksIn(links []string, text string, refs map[string]string) []string {
	add := func(address string) {
		for _, l := range links {
			if l == address {
				return
			}
		}
		if len(links) < 100 {
			links = append(links, clean(address))
		}
	}
	for from := 0; ; {
		i := strings.Index(text[from:], "http")
		if i < 0 {
			break
		}
		from += i
		if address := addressAt(text[from:]); address != "" {
			add(address)
			from += len(address)
			continue
		}
		from += 4
	}
	if len(refs) == 0 || !strings.Contains(text, "[") {
		return links
	}
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, "[")
		if !ok {
			return links
		}
		rest = after
		if end := strings.IndexByte(after, ']'); end > 0 && end < 200 {
			if address, ok := refs[strings.ToLower(after[:end])]; ok && strings.HasPrefix(address, "http") {
				add(address)
			}
		}
	}
}

// addressAt is the web address that a text begins with, without the marks of
// the sentence around it.
func addressAt(text string) string {
	if !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
		return ""
	}
	end := strings.IndexAny(text, " \t\n<>\"`|")
	if end < 0 {
		end = len(text)
	}
	address := text[:end]
	depth := 0
	for i := 0; i < len(address); i++ {
		switch address[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth < 0 || address[i] == ']' && depth == 0 && !strings.Contains(address[:i], "[") {
			address = address[:i]
			break
		}
	}
	return strings.TrimRight(address, ".,;:!?'*_")
}
