package workflow

import (
	"strings"
	"time"
)

// stampZone is the zone part of a typed time. A nil place means that none was
// told.
type stampZone struct {
	place *time.Location
	name  string
}

// stampZones are the abbreviations that mean one offset wherever they are
// used. They are held here, and not looked up, because a machine's zone data
// gives the same letters different meanings in different places.
var stampZones = map[string]int{ // minutes east of UTC
	"z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60,
	"cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180,
	"est": -300, "edt": -240, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"akst": -540, "akdt": -480, "hst": -600, "nst": -210, "ndt": -150,
	"sast": 120, "hkt": 480, "sgt": 480, "jst": 540, "kst": 540,
	"awst": 480, "acst": 570, "acdt": 630, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}

// stampZoneMeanings are the abbreviations with more than one meaning.
var stampZoneMeanings = map[string][]zoneMeaning{
	"bst": {{"British Summer Time", 60}, {"Bangladesh Standard Time", 360}},
	"ist": {{"India Standard Time", 330}, {"Irish Standard Time", 60}, {"Israel Standard Time", 120}},
	"cst": {{"US Central Standard Time", -360}, {"China Standard Time", 480}, {"Cuba Standard Time", -300}},
	"cdt": {{"US Central Daylight Time", -300}, {"Cuba Daylight Time", -240}},
	"ast": {{"Atlantic Standard Time", -240}, {"Arabia Standard Time", 180}},
	"gst": {{"Gulf Standard Time", 240}, {"South Georgia Time", -120}},
	"sst": {{"Samoa Standard Time", -660}, {"Singapore Standard Time", 480}},
	"pt":  {{"PST", -480}, {"PDT", -420}},
	"mt":  {{"MST", -420}, {"MDT", -360}},
	"ct":  {{"US Central Standard Time", -360}, {"US Central Daylight Time", -300}},
	"et":  {{"EST", -300}, {"EDT", -240}},
}

type zoneMeaning struct {
	name    string
	minutes int
}

// scanZone reads the zone that a time was told in: Z, UTC, an abbreviation or
// a numeric offset. A zone's full name is read only when it is the display
// zone, whose rules the caller has at hand.
func (r *stampReader) scanZone(m *stampMoment) (bool, error) {
	if m.zone.place != nil {
		return false, nil
	}
	token := r.peek(0)
	if token.kind == stampMark {
		return r.scanOffset(m)
	}
	if token.kind != stampWord {
		return false, nil
	}
	if strings.EqualFold(token.text, r.ref.Zone.String()) && strings.Contains(token.text, "/") {
		r.at++
		m.zone = stampZone{r.ref.Zone, r.ref.Zone.String()}
		return true, nil
	}
	if strings.Contains(token.text, "/") {
		return false, unreadable("Only the display zone can be typed by its full name, so %s is not read. Type its offset, such as 14:32 +01:00.", quoted(token.raw))
	}
	if meanings, ok := stampZoneMeanings[token.text]; ok {
		return false, twoZones(token.text, meanings, m)
	}
	minutes, ok := stampZones[token.text]
	if !ok {
		return false, nil
	}
	r.at++
	name := strings.ToUpper(token.text)
	if name == "Z" {
		name = "UTC"
	}
	if minutes == 0 && r.scanOffsetAfterUTC(m) {
		return true, nil
	}
	m.zone = stampZone{time.FixedZone(name, minutes*60), name}
	return true, nil
}

// scanOffsetAfterUTC reads the rest of "UTC+1" and "GMT-08:00". What cannot be
// an offset is left alone: "14:32Z-15:19" is a range.
func (r *stampReader) scanOffsetAfterUTC(m *stampMoment) bool {
	sign := r.peek(0)
	if !sign.follows("+") && !sign.follows("-") || r.peek(1).spaced || r.peek(-1).is("z") {
		return false
	}
	seconds, size, ok := r.offsetDigits(1)
	if !ok || !plausibleOffset(sign.text, seconds) {
		return false
	}
	r.at += 1 + size
	m.setOffset(sign.text, seconds)
	return true
}

// scanOffset reads "+01:00", "-0800" or "+1" after a clock time. A hyphen that
// joins two times without a space is the dash of a range, except in the ISO
// form: with its T, or with a space and seconds, as databases write it.
func (r *stampReader) scanOffset(m *stampMoment) (bool, error) {
	sign := r.peek(0)
	if !m.hasClock || !sign.is("+") && !sign.is("-") || r.peek(1).spaced || r.peek(1).kind != stampNumber {
		return false, nil
	}
	seconds, size, ok := r.offsetDigits(1)
	if sign.is("-") && !sign.spaced && !m.joined {
		database := m.clock.seconds && m.day.kind == dayDate && !m.day.late && size <= 3
		if !database || !ok || !offsetInUse(time.Duration(seconds)*time.Second) {
			return false, nil
		}
	}
	if !ok || !plausibleOffset(sign.text, seconds) {
		return false, unreadable("%s is not a time zone offset: they go from -12:00 to +14:00. For a range type 17:00-18:00, with no space before the dash.", quoted(r.between(r.at, len(r.tokens))))
	}
	r.at += 1 + size
	m.setOffset(sign.text, seconds)
	return true, nil
}

// offsetDigits reads the digits of an offset n tokens ahead: 1, 01, 0100,
// 01:00 or 00:44:30. It gives seconds, and how many tokens they took.
func (r *stampReader) offsetDigits(n int) (seconds, size int, ok bool) {
	head := r.peek(n)
	switch {
	case head.digits(4, 4):
		hhmm := number(head)
		return hhmm/100*3600 + hhmm%100*60, 1, hhmm%100 < 60
	case !head.digits(1, 2):
		return 0, 0, false
	}
	seconds, size = number(head)*3600, 1
	for _, unit := range []int{60, 1} {
		part := r.peek(n + size + 1)
		if !r.peek(n+size).follows(":") || part.spaced || part.kind != stampNumber {
			break
		}
		if !part.digits(2, 2) || number(part) > 59 {
			return 0, 0, false
		}
		seconds += number(part) * unit
		size += 2
	}
	return seconds, size, true
}

func plausibleOffset(sign string, seconds int) bool {
	if sign == "-" {
		return seconds <= 12*3600
	}
	return seconds <= 14*3600
}

func (m *stampMoment) setOffset(sign string, seconds int) {
	if sign == "-" {
		seconds = -seconds
	}
	name := offsetText(seconds)
	m.zone = stampZone{time.FixedZone(name, seconds), name}
}

// twoZones says what an abbreviation can mean and which offsets to type.
func twoZones(abbreviation string, meanings []zoneMeaning, m *stampMoment) error {
	clock := "14:32"
	if m.hasClock && !m.clock.unknown() {
		clock = clockText(m.clock.first)
	}
	says, remedy := "", ""
	for i, meaning := range meanings {
		between := ", "
		switch {
		case i == 0:
			between = ""
		case i == len(meanings)-1:
			between = " or "
		}
		offset := offsetText(meaning.minutes * 60)
		says += between + meaning.name + " (" + offset + ")"
		remedy += between + clock + " " + offset
	}
	return ambiguous("%s can be %s. Type %s.", strings.ToUpper(abbreviation), says, remedy)
}
