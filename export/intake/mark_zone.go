package intake

import (
	"fmt"
	"strings"
	"time"

	"firebreak/workflow"
)

// zone is the zone part of a stamp, or what was found out about it elsewhere.
type zone struct {
	word  string         // as the document has it
	text  string         // as workflow.ParseStamp reads it; empty where place says it
	place *time.Location // with its own rules: "Europe/Berlin", and the Pacific of PT
	shift int            // seconds east of UTC, of a text
	vague []workflow.ZoneMeaning
	fixed *time.Location // of a text, made once
}

func (z zone) told() bool { return z.word != "" }

// sure says whether it is told, and means one thing.
func (z zone) sure() bool { return z.told() && z.vague == nil }

// location is the zone as the standard library has it; UTC for none.
func (z zone) location() *time.Location {
	switch {
	case z.place != nil:
		return z.place
	case z.fixed != nil:
		return z.fixed
	case z.text == "":
		return time.UTC
	}
	return time.FixedZone(z.text, z.shift)
}

// same says whether two zones mean the same, as far as that is known.
func (z zone) same(o zone) bool {
	if z.vague != nil || o.vague != nil {
		return strings.EqualFold(z.word, o.word)
	}
	if z.place != nil || o.place != nil {
		return z.place != nil && o.place != nil && z.place.String() == o.place.String()
	}
	return z.shift == o.shift
}

// americanZones are the abbreviations that leave open only whether summer time
// holds, which their place and the date tell.
var americanZones = map[string]string{
	"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
}

// seasonalPlaces are where abbreviations of winter and summer time are used.
var seasonalPlaces = map[string]string{
	"PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "MDT": "America/Denver", "EST": "America/New_York", "EDT": "America/New_York",
	"CET": "Europe/Berlin", "CEST": "Europe/Berlin", "EET": "Europe/Helsinki", "EEST": "Europe/Helsinki", "BST": "Europe/London",
	"AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
}

// rarerZones are abbreviations that the workflow's own grammar does not know,
// because nobody types them: they stand in documents.
var rarerZones = map[string]string{
	"WAT": "+01:00", "CAT": "+02:00", "EAT": "+03:00", "TRT": "+03:00", "PKT": "+05:00", "NPT": "+05:45", "ICT": "+07:00", "WIB": "+07:00",
	"PHT": "+08:00", "MYT": "+08:00", "BRT": "-03:00", "ART": "-03:00", "CLT": "-04:00", "WEDT": "+01:00", "MESZ": "+02:00", "MEZ": "+01:00",
}

// spelledZones are the names that people write out.
var spelledZones = map[string]string{
	"coordinated universal time": "UTC", "greenwich mean time": "GMT", "zulu": "UTC",
	"pacific time": "PT", "pacific": "PT", "pacific daylight time": "PDT", "pacific standard time": "PST",
	"eastern time": "ET", "eastern": "ET", "eastern daylight time": "EDT", "eastern standard time": "EST",
	"central daylight time": "CDT", "mountain time": "MT", "us central time": "CT",
	"central european time": "CET", "central european summer time": "CEST",
	"eastern european time": "EET", "eastern european summer time": "EEST",
	"british summer time": "+01:00", "india standard time": "+05:30", "indian standard time": "+05:30",
	"japan standard time": "JST", "china standard time": "+08:00", "australian eastern standard time": "AEST",
	"australian eastern daylight time": "AEDT", "singapore time": "SGT", "south africa standard time": "SAST", "south african standard time": "SAST",
	"west africa time": "+01:00", "west african time": "+01:00", "central africa time": "+02:00", "east africa time": "+03:00", "east african time": "+03:00",
}

// readZone reads a zone behind a clock, "UTC", " (UTC+2)", "+01:00", "PST" or
// "Europe/Berlin". Glued says whether a sign may stand right at the clock: in
// 2024-11-25T14:32:05-08:00 it does, and in 14:32-15:00 it is a dash.
func (s *scan) readZone(glued bool) (zone, bool) {
	from := s.at
	spaced := s.blanks()
	open := s.take("(")
	z, ok := s.zoneHere(glued || spaced || open, spaced || open)
	if ok && open {
		ok = s.take(")")
	}
	if !ok {
		s.at = from
		return zone{}, false
	}
	return z, true
}

func (s *scan) zoneHere(signed, spaced bool) (zone, bool) {
	from := s.at
	if c := s.peek(0); c == '+' || c == '-' {
		if !signed || !s.offset() {
			return zone{}, false
		}
		return offsetZone(s.text[from:s.at]), true
	}
	word := s.word()
	s.at += len(word)
	if word == "" || !spaced && len(word) > 1 && strings.ToUpper(word) != word {
		s.at = from
		return zone{}, false
	}
	if strings.EqualFold(word, "UTC") || strings.EqualFold(word, "GMT") {
		s.try(func() bool { s.blanks(); return s.offset() })
		return s.zones.named(strings.Join(strings.Fields(s.text[from:s.at]), "")), true
	}
	if s.peek(0) == '/' && len(word) > 2 {
		if z, ok := s.placeZone(from); ok {
			return z, true
		}
	}
	if z := s.zones.named(word); z.told() && (word == strings.ToUpper(word) || word == "z") {
		return z, true
	}
	s.at = from
	return s.spelledZone(spaced)
}

// spelledZone reads "Eastern" and "Pacific Standard Time" behind a clock. One
// word alone has to end there: "10:30 Central team paged" names no zone.
func (s *scan) spelledZone(spaced bool) (zone, bool) {
	if c := s.peek(0); !spaced || c < 'A' || c > 'Z' {
		return zone{}, false
	}
	from, ahead := s.at, *s
	var found zone
	for n := range 4 {
		ahead.at += len(ahead.word())
		c := ahead.peek(0)
		alone := ahead.done() || strings.IndexByte(":),]*|", c) >= 0 || c == ' ' && (ahead.peek(1) == '-' || ahead.peek(1) >= 0x80)
		if _, ok := spelledZones[strings.ToLower(s.text[from:ahead.at])]; ok && (n > 0 || alone) {
			found, s.at = s.zones.named(s.text[from:ahead.at]), ahead.at
		}
		if !ahead.take(" ") {
			break
		}
	}
	return found, found.told()
}

// placeZone reads the rest of Europe/Berlin.
func (s *scan) placeZone(from int) (zone, bool) {
	back := s.at
	for s.peek(0) == '/' || s.peek(0) == '_' || isLetter(s.peek(0)) {
		s.at++
	}
	if z := s.zones.named(s.text[from:s.at]); z.told() {
		return z, true
	}
	s.at = back
	return zone{}, false
}

// offset takes +1, -08:00 or +0530 where it can be an offset in use.
func (s *scan) offset() bool {
	return s.try(func() bool {
		if s.takeAny("+", "-", "−") == "" {
			return false
		}
		hours, ok := s.figures(1, 4)
		if !ok || len(hours) == 3 {
			return false
		}
		minutes := "0"
		if len(hours) == 4 {
			hours, minutes = hours[:2], hours[2:]
		} else {
			s.try(func() bool {
				figures := ""
				if s.take(":") {
					figures, ok = s.figures(2, 2)
				}
				if figures != "" {
					minutes = figures
				}
				return figures != ""
			})
		}
		return value(hours) <= 14 && value(minutes) < 60 && !isDigit(s.peek(0)) && (s.peek(0) != ':' || !isDigit(s.peek(1)))
	})
}

// offsetZone is the zone of a text that offset took, with or without UTC before it.
func offsetZone(word string) zone {
	sign := strings.IndexAny(word, "+-−")
	if sign < 0 {
		return zone{word: word, text: "UTC"}
	}
	figures := strings.TrimLeft(word[sign:], "+-−")
	hours, minutes, _ := strings.Cut(figures, ":")
	if len(figures) == 4 {
		hours, minutes = figures[:2], figures[2:]
	}
	shift := value(hours)*3600 + value(minutes)*60
	text := fmt.Sprintf("+%02d:%02d", shift/3600, shift/60%60)
	if word[sign] != '+' {
		text, shift = "-"+text[1:], -shift
	}
	if shift == 0 {
		text = "UTC"
	}
	return zone{word: word, text: text, shift: shift}
}

// zoneBook remembers the zones that one document names: the rules of a place
// are in a file.
type zoneBook map[string]zone

func (b zoneBook) named(name string) zone {
	if z, ok := b[name]; ok {
		return z
	}
	z := zoneNamed(name)
	if z.text != "" {
		z.fixed = z.location()
	}
	if b != nil && len(b) < 1000 && len(name) < 40 {
		b[name] = z
	}
	return z
}

// zoneNamed reads a zone by its name alone: an abbreviation, an offset, a place
// or one of the names that are written out. It is not told where it is none.
func zoneNamed(name string) zone {
	name = strings.TrimSpace(name)
	if name == "" || len(name) > 40 {
		return zone{}
	}
	upper := strings.ToUpper(name)
	if place, ok := americanZones[upper]; ok {
		if location, err := time.LoadLocation(place); err == nil {
			return zone{word: name, place: location}
		}
	}
	if strings.HasPrefix(upper, "UTC") || strings.HasPrefix(upper, "GMT") || name[0] == '+' || name[0] == '-' {
		tail := scan{text: strings.TrimPrefix(strings.TrimPrefix(upper, "UTC"), "GMT")}
		if tail.done() || tail.offset() && tail.done() {
			z := offsetZone(upper)
			z.word = name
			return z
		}
	}
	switch meanings := workflow.ZoneMeanings(name); len(meanings) {
	case 0:
	case 1:
		return zone{word: name, text: meanings[0].Name, shift: meanings[0].Shift}
	default:
		return zone{word: name, vague: meanings}
	}
	if known, ok := rarerZones[name]; ok {
		z := offsetZone(known)
		z.word = name
		return z
	}
	if known, ok := spelledZones[strings.ToLower(name)]; ok {
		z := zoneNamed(known)
		z.word = name
		return z
	}
	if place := seasonalPair(upper); place != "" {
		name = place
	}
	if strings.Contains(name, "/") && !strings.Contains(name, "..") && isLetter(name[0]) {
		if location, err := time.LoadLocation(name); err == nil {
			return zone{word: name, place: location}
		}
	}
	return zone{}
}
