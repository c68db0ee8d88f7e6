package intake

import (
	"strconv"
	"strings"

	"firebreak/workflow"
)

func itoa(n int) string { return strconv.Itoa(n) }

// zoneInName finds the one zone that a heading or a column's name tells.
func (d *document) zoneInName(name string) (*zoneHint, bool) {
	z, ok := d.oneZone(name)
	if !ok {
		return nil, false
	}
	return &zoneHint{zone: z, from: workflow.FromHeading, says: "“" + cut(name) + "”"}, true
}

// oneZone finds the zone that a text names, if it names one and not several.
func (d *document) oneZone(text string) (zone, bool) {
	var found zone
	end := 0
	s := scan{text: text, zones: d.zones}
	for !s.done() {
		if c := s.peek(0); !isLetter(c) && c != '+' || isLetter(s.peek(-1)) || isDigit(s.peek(-1)) {
			s.at++
			continue
		}
		from := s.at
		z, ok := s.zoneHere(true, true)
		if !ok || z.word == "Z" || z.word == "z" || z.word == "WEST" || len(z.word) < 2 || s.at < len(s.text) && (isLetter(s.peek(0)) || isDigit(s.peek(0))) {
			s.at = from + max(1, len(s.word()))
			continue
		}
		if found.told() && !found.same(z) {
			if strings.TrimSpace(text[end:from]) == "(" { // PST (UTC-7): which is it?
				return conflicting(found, z), true
			}
			return zone{}, false
		}
		end = s.at
		if !found.told() {
			found = z
		}
	}
	if found.told() {
		return found, true
	}
	lower := strings.ToLower(text)
	best := ""
	for name := range spelledZones {
		longer := len(name) > len(best) || len(name) == len(best) && name < best
		if longer && (strings.Contains(name, " ") || strings.Contains(lower, "times")) && hasWord(lower, name) {
			best = name
		}
	}
	return d.zones.named(best), best != ""
}

// conflicting is a zone of which the document says two things.
func conflicting(a, b zone) zone {
	both := zone{word: a.word + " (" + b.word + ")"}
	for _, z := range []zone{a, b} {
		if z.vague != nil || z.place != nil {
			return a
		}
		both.vague = append(both.vague, workflow.ZoneMeaning{Name: z.word, Shift: z.shift})
	}
	return both
}

// hintWords are what a sentence says that tells the zone of all times.
var hintWords = []string{"all time", "times are", "times in", "times given", "times listed", "times shown", "times below", "timestamps", "time stamps", "time zone", "timezone", "time-zone", "all dates", "(times", "times:", "time:", "times (", "all in ", "zeiten", "timeline"}

// findHint looks for the sentence or the heading that tells the zone, and for
// one that says that all times are approximate.
func (d *document) findHint() {
	if d.front.own && d.front.date != "" {
		d.hint = &zoneHint{zone: d.zones.named("UTC"), from: workflow.FromPreamble, says: "its front matter is that of a post-mortem written here"}
	}
	for i := range d.parts {
		p := &d.parts[i]
		if p.head >= 0 && p.kind == timelinePart && p.time == nil {
			d.hintIn(p.head, true)
		}
	}
	for i := d.start; i < len(d.lines); i++ {
		l := &d.lines[i]
		if l.says() && len(l.body) < 300 && d.heads[i] == nil {
			d.hintIn(i, false)
		}
	}
}

func (d *document) hintIn(i int, heading bool) {
	body := d.lines[i].body
	lower := strings.ToLower(body)
	if !heading && !containsAny(lower, hintWords) && !d.isZoneAlone(body) {
		return
	}
	if !strings.Contains(body, "|") && strings.Contains(lower, "approximat") && strings.Contains(lower, "time") && len(body) < 150 && d.approx == "" {
		d.approx = "“" + cut(strings.Trim(body, "#*_= ")) + "”"
	}
	if d.hint != nil || strings.HasPrefix(body, "|") || !heading && len(body) > 160 && !strings.Contains(lower, "all times") {
		return
	}
	if z, ok := d.oneZone(body); ok {
		d.hint = &zoneHint{zone: z, from: workflow.FromPreamble, says: "“" + cut(strings.Trim(body, "#*_= ")) + "” in line " + itoa(d.lines[i].no)}
		d.hintLine = d.lines[i].no
		if heading {
			d.hint.from = workflow.FromHeading
		}
	}
}

// isZoneAlone knows a line that is nothing but a zone, as "(UTC)".
func (d *document) isZoneAlone(body string) bool {
	return len(body) < 40 && zoneNamed(strings.Trim(body, "()[]*_: ")).told()
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// zoneInStamps is the one zone that stamps of the document name, for those
// that name none.
func (d *document) zoneInStamps() *zoneHint {
	var found *draft
	for _, e := range d.drafts {
		if !e.mark.zone.told() {
			continue
		}
		if found != nil && !found.mark.zone.same(e.mark.zone) {
			return nil
		}
		if found == nil {
			found = e
		}
	}
	if found == nil {
		return nil
	}
	return &zoneHint{zone: found.mark.zone, from: workflow.FromNeighbor, says: "every time that names a zone says " + found.mark.zone.word + ", as line " + itoa(found.line)}
}

// zoneInProse is the one zone that the times in the text name.
func (d *document) zoneInProse() *zoneHint {
	var found *zoneHint
	for i := d.start; i < len(d.lines) && i < d.start+lookedAt; i++ {
		l := &d.lines[i]
		if l.kind != textLine || l.quote > 0 || len(l.body) > 2000 || !strings.Contains(l.body, ":") {
			continue
		}
		s := scan{text: l.body, zones: d.zones}
		for !s.done() {
			if !isDigit(s.peek(0)) || isDigit(s.peek(-1)) || s.peek(-1) == ':' {
				s.at++
				continue
			}
			if c, ok := s.readClock(); !ok || c.bad {
				s.at++
				continue
			}
			z, ok := s.readZone(false)
			if !ok || len(z.word) < 2 {
				continue
			}
			if found != nil && !found.zone.same(z) {
				return nil
			}
			if found == nil {
				found = &zoneHint{zone: z, from: workflow.FromPreamble, says: "the text names times in " + z.word + ", in line " + itoa(l.no)}
			}
		}
	}
	return found
}
