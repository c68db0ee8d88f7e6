package workflow

import (
	"fmt"
	"strings"
	"time"
)

// WayTone is how a line about the way back is meant.
type WayTone string

// The tones.
const (
	WayFine    WayTone = "fine"
	WayPlain   WayTone = "plain"
	WayWarns   WayTone = "warns"
	WayUnknown WayTone = "unknown"
)

// WayLine is one thing about the way back, in words: what it is about, and what
// there is to say.
type WayLine struct {
	About string // "Back to", "Lost", "Migrations", "Changed", "Suspect", "Revert", "Command", "Unknown"
	Says  string
	Tone  WayTone
}

// Lines tell the way back: where it leads, what goes away, what the trial
// showed, and what is not known. Detected is when it began to burn.
func (w WayBack) Lines(detected Stamp) []WayLine {
	if w.Problem != "" {
		return append([]WayLine{{"Unknown", w.Problem, WayUnknown}}, w.commandLine()...)
	}
	var lines []WayLine
	if w.Good.Name != "" {
		lines = append(lines, WayLine{"Back to", w.Good.words(detected), WayPlain})
	}
	if w.Good.Commit != "" {
		lines = append(lines, w.lossLines()...)
	}
	if w.Suspect != "" {
		lines = append(lines, WayLine{"Suspect", w.suspectWords(), WayPlain})
	}
	lines = append(lines, w.Revert.line())
	lines = append(lines, w.commandLine()...)
	for _, says := range w.Says {
		lines = append(lines, WayLine{"Unknown", says, WayUnknown})
	}
	return lines
}

// words are a release with its age: "v1.2.2 of 2024-11-12, 13 days before the
// first alert (the last tag before v1.2.3)".
func (r Release) words(detected Stamp) string {
	text := r.Name
	if r.At.Known() {
		text += " of " + r.At.Date(time.UTC)
		if ago := detected.Time.Sub(r.At.Time); detected.Known() && ago >= time.Minute {
			text += ", " + roughly(ago) + " before the first alert"
		}
	}
	if r.Why != "" {
		text += " (" + r.Why + ")"
	}
	return text
}

// roughly is an age in whole days from two days on.
func roughly(d time.Duration) string {
	if d >= 48*time.Hour {
		d = d.Truncate(24 * time.Hour)
	}
	return Words(d)
}

// lossLines say what a rollback takes away.
func (w WayBack) lossLines() []WayLine {
	files := count(w.Changed, "file")
	if w.Cut {
		files = "more than " + files
	}
	if w.Count == 0 && w.Changed == 0 {
		return []WayLine{{"Lost", "nothing: that is what runs", WayFine}}
	}
	lost := fmt.Sprintf("%s since, in %s", count(w.Count, "commit"), files)
	if subjects := w.subjects(3); subjects != "" {
		lost += ": " + subjects
	}
	lines := []WayLine{{"Lost", lost, WayPlain}}
	if len(w.Migrations) > 0 {
		lines = append(lines, WayLine{"Migrations", fmt.Sprintf("%s came since, and a rollback does not take %s back: %s",
			count(len(w.Migrations), "migration"), itOrThem(len(w.Migrations)), few(shownPaths(w.Migrations), 5)), WayWarns})
	} else {
		lines = append(lines, WayLine{"Migrations", "none matches the playbook's patterns", WayFine})
	}
	if len(w.Schema) > 0 {
		lines = append(lines, WayLine{"Changed", "schema or configuration: " + few(shownPaths(w.Schema), 5), WayWarns})
	}
	return lines
}

func itOrThem(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

// subjects are those of the newest commits.
func (w WayBack) subjects(most int) string {
	var words []string
	for _, c := range w.Since {
		words = append(words, "“"+cutTo(onOneLine(c.Subject), 60)+"”")
	}
	if len(words) == 0 {
		return ""
	}
	text := strings.Join(words[:min(most, len(words))], ", ")
	if more := w.Count - min(most, len(words)); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// cutTo shortens a text to a number of characters.
func cutTo(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return strings.TrimRight(string(r[:most-1]), " ") + "…"
	}
	return text
}

func (w WayBack) suspectWords() string {
	text := ShortCommit(w.Suspect)
	for _, c := range w.Named {
		if c.ID == w.Suspect {
			text += " “" + cutTo(onOneLine(c.Subject), 60) + "”"
		}
	}
	if w.SuspectWhy != "" {
		text += " (" + w.SuspectWhy + ")"
	}
	return text
}

// line is what the trial showed.
func (t Trial) line() WayLine {
	what := cutTo(t.Of, 120)
	switch {
	case !t.Tried && what == "":
		return WayLine{"Revert", "could not be tried: " + t.Says, WayUnknown}
	case !t.Tried:
		return WayLine{"Revert", what + " could not be tried: " + t.Says, WayUnknown}
	case !t.Clean:
		return WayLine{"Revert", what + " conflicts in " + few(shownPaths(t.Conflicts), 5) + t.note(), WayWarns}
	case t.Files == 0:
		return WayLine{"Revert", what + " changes nothing any more" + t.note(), WayPlain}
	default:
		return WayLine{"Revert", fmt.Sprintf("%s is clean: %s in %s", what, count(t.Lines, "line"), count(t.Files, "file")) + t.note(), WayFine}
	}
}

func (t Trial) note() string {
	if t.Note == "" {
		return ""
	}
	return ". " + t.Note
}

func (w WayBack) commandLine() []WayLine {
	if w.Command.Line == "" {
		return []WayLine{{"Command", "no command that rolls back is known", WayUnknown}}
	}
	tone := map[CommandState]WayTone{CommandFound: WayFine, CommandMissing: WayWarns}[w.Command.State]
	if tone == "" {
		tone = WayUnknown
	}
	return []WayLine{{"Command", w.Command.Line + ". " + w.Command.Says, tone}}
}
