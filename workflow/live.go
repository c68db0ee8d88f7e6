package workflow

import (
	"strings"
	"time"
)

// A text of the post-mortem can name a part of the log instead of copying it:
//
//	{{timeline 5d3f9a12}}          an entry, by the end of its id
//	{{metric time-to-resolve}}     a metric, by its name here
//
// What it says follows the log: a corrected entry or stamp changes the document.
// Case and blanks do not matter, so that it survives being edited by hand. In
// code it is code. One that means nothing stays as it was typed.

// Live is one such reference as it stands in a text.
type Live struct {
	From, To int    // bytes of the text
	What     string // "timeline" or "metric", as typed but in lower case
	Which    string
}

// Meaning says what became of a reference.
type Meaning int

// The meanings.
const (
	LiveSays      Meaning = iota // it says what the log says
	LiveHidden                   // the entry was hidden: its words are not said
	LiveUnsaid                   // the metric has no number
	LiveGone                     // no entry has this id
	LiveAmbiguous                // several entries have it: write more of the id
	LiveUnknown                  // it is no reference that this version knows
)

// Lives finds the references in a text, outside of code.
func Lives(text string) []Live {
	if !strings.Contains(text, "{{") {
		return nil
	}
	var out []Live
	OutsideCode(text, func(from, to int) {
		for at := from; ; {
			begin := strings.Index(text[at:to], "{{")
			if begin < 0 {
				return
			}
			begin += at
			end := strings.Index(text[begin:to], "}}")
			if end < 0 {
				return
			}
			end += begin + 2
			if l, is := readLive(text[begin:end]); is {
				l.From, l.To = begin, end
				out = append(out, l)
				at = end
			} else {
				at = begin + 2
			}
		}
	})
	return out
}

// readLive reads two words in braces.
func readLive(typed string) (Live, bool) {
	words := strings.Fields(typed[2 : len(typed)-2])
	if len(words) != 2 {
		return Live{}, false
	}
	return Live{What: strings.ToLower(words[0]), Which: strings.ToLower(words[1])}, true
}

// Meaning is what a reference says now, and what became of it. Where it means
// nothing, the words say why.
func (in Incident) Meaning(l Live) (says string, m Meaning) {
	switch l.What {
	case "timeline":
		return in.entryMeaning(l.Which)
	case "metric":
		return in.metricMeaning(MetricID(l.Which))
	default:
		return "nothing that can be looked up", LiveUnknown
	}
}

func (in Incident) entryMeaning(short string) (string, Meaning) {
	entry, n := Entry{}, 0
	for _, e := range in.Timeline.entries {
		if endsWith(e.ID, short) {
			entry, n = *e, n+1
		}
	}
	switch {
	case n == 0:
		return "an entry that is not in this timeline", LiveGone
	case n > 1:
		return "several entries; write more of the id", LiveAmbiguous
	case entry.Hidden.Get():
		return "an entry that was hidden", LiveHidden
	}
	text := strings.Join(strings.Fields(strings.ToValidUTF8(entry.Text.Get(), "")), " ")
	at := entry.At.Get()
	if !at.Known() {
		return text, LiveSays
	}
	return at.Clock(time.UTC) + " - " + text, LiveSays
}

func endsWith(id EventID, short string) bool {
	return len(short) >= shortID && strings.HasSuffix(strings.ToLower(string(id)), short) ||
		len(id) < shortID && strings.EqualFold(string(id), short)
}

// shortID is how much of an entry's id is written at least. Ids begin with the
// time, so the end tells them apart.
const shortID = 8

func (in Incident) metricMeaning(id MetricID) (string, Meaning) {
	m := in.Metric(id)
	switch {
	case m.Name == "":
		return "a metric that does not exist", LiveUnknown
	case m.State != Recorded:
		return strings.ToLower(m.Name[:1]) + m.Name[1:] + " is " + string(m.State) + ": " + m.Why, LiveUnsaid
	default:
		return m.String(), LiveSays
	}
}

// LiveEntry is how a text names an entry: with as much of its id as no other
// entry ends with.
func (in Incident) LiveEntry(id EventID) string {
	full := strings.ToLower(string(id))
	for n := min(shortID, len(full)); n < len(full); n++ {
		if _, m := in.entryMeaning(full[len(full)-n:]); m != LiveAmbiguous {
			return "{{timeline " + full[len(full)-n:] + "}}"
		}
	}
	return "{{timeline " + full + "}}"
}

// LiveMetric is how a text names a metric.
func LiveMetric(id MetricID) string { return "{{metric " + string(id) + "}}" }

// Live puts what the log says into the place of the references in a text. Write
// makes the words safe for where they go. What is hidden or gone is said to be,
// and what is no reference stays as it was typed.
func (in Incident) Live(text string, write func(says string) string) string {
	found := Lives(text)
	if len(found) == 0 {
		return text
	}
	var out strings.Builder
	at := 0
	for _, l := range found {
		says, m := in.Meaning(l)
		switch m {
		case LiveUnknown, LiveAmbiguous:
			continue
		case LiveHidden, LiveGone:
			says = "(" + l.What + " " + l.Which + ": " + says + ")"
		case LiveUnsaid:
			says = "(" + says + ")"
		}
		out.WriteString(text[at:l.From])
		out.WriteString(write(says))
		at = l.To
	}
	out.WriteString(text[at:])
	return out.String()
}

// OutsideCode tells the stretches of a markdown text that are no code: neither
// in a fence nor between backticks on one line.
func OutsideCode(text string, tell func(from, to int)) {
	fence := ""
	for at := 0; at < len(text); {
		end := at + strings.IndexByte(text[at:], '\n') + 1
		if end == at {
			end = len(text)
		}
		marks, tail := fenceOf(text[at:end])
		switch {
		case fence == "" && marks != "" && !(marks[0] == '`' && strings.Contains(tail, "`")):
			fence = marks
		case fence != "":
			if strings.HasPrefix(marks, fence) && strings.TrimSpace(tail) == "" {
				fence = ""
			}
		default:
			outsideSpans(text, at, end, tell)
		}
		at = end
	}
}

// fenceOf are the marks that a line begins with, when there are enough for a
// fence, and what follows them.
func fenceOf(line string) (marks, tail string) {
	line = strings.TrimLeft(line, " \t>")
	if !strings.HasPrefix(line, "```") && !strings.HasPrefix(line, "~~~") {
		return "", line
	}
	tail = strings.TrimLeft(line, line[:1])
	return line[:len(line)-len(tail)], tail
}

// outsideSpans tells what of a line is not between backticks.
func outsideSpans(text string, from, to int, tell func(from, to int)) {
	for at := from; at < to; {
		tick := strings.IndexByte(text[at:to], '`')
		if tick < 0 {
			break
		}
		tick += at
		long := len(text[tick:to]) - len(strings.TrimLeft(text[tick:to], "`"))
		end := closing(text[tick+long:to], long)
		if end < 0 {
			at = tick + long
			continue
		}
		if tick > from {
			tell(from, tick)
		}
		from = tick + long + end
		at = from
	}
	if from < to {
		tell(from, to)
	}
}

// closing is where a run of exactly so many backticks ends; -1 when there is
// none.
func closing(text string, long int) int {
	for at := 0; ; {
		tick := strings.IndexByte(text[at:], '`')
		if tick < 0 {
			return -1
		}
		at += tick
		n := len(text[at:]) - len(strings.TrimLeft(text[at:], "`"))
		at += n
		if n == long {
			return at
		}
	}
}

// LinkedAttachments lists the addresses of attachments in a text, outside of
// code, in its order.
func LinkedAttachments(text string) []LinkedFile {
	if !strings.Contains(text, AttachmentScheme) {
		return nil
	}
	var out []LinkedFile
	OutsideCode(text, func(from, to int) {
		for at := from; at < to; {
			i := strings.Index(text[at:to], "]("+AttachmentScheme)
			if i < 0 {
				return
			}
			begin := at + i + 2
			end := begin + len(AttachmentScheme)
			for end < to && strings.IndexByte("0123456789abcdef", text[end]) >= 0 {
				end++
			}
			at = end
			if open := linkOpens(text[from : begin-2]); open >= 0 && end < to && text[end] == ')' {
				f := LinkedFile{From: from + open, To: end + 1, Words: text[from+open+1 : begin-2], Address: text[begin:end]}
				if f.From > from && text[f.From-1] == '!' {
					f.From--
					f.Picture = true
				}
				out = append(out, f)
			}
		}
	})
	return out
}

// LinkedFile is an attachment that a text links to or shows.
type LinkedFile struct {
	From, To int // bytes of the text
	Words    string
	Address  string // "attachment:3f2a91c07bd4"
	Picture  bool
}

// wordsAtMost is how far back the bracket of a link is looked for.
const wordsAtMost = 1 << 10

// linkOpens is where the bracket of a link stands whose words end a text.
func linkOpens(text string) int {
	deep, far := 0, max(len(text)-wordsAtMost, 0)
	for i := len(text) - 1; i >= far; i-- {
		if i > 0 && text[i-1] == '\\' {
			continue
		}
		switch text[i] {
		case ']':
			deep++
		case '[':
			if deep == 0 {
				return i
			}
			deep--
		}
	}
	return -1
}
