package view

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// severityLook is a level's shape and fill. Shapes belong to ranks, so that a
// playbook with other names keeps the order that people know.
func severityLook(p workflow.Playbook, level string) kit.ChipLook {
	shapes := []struct {
		icon string
		fill fyne.ThemeColorName
	}{{"sev1", look.Sev1}, {"sev2", look.Sev2}, {"sev3", look.Sev3}, {"sev4", look.Sev4}}
	rank := p.Rank(level)
	if level == "" {
		return kit.ChipLook{Icon: "undecided", Fill: look.Sev1, Label: look.SevLabel}
	}
	s := shapes[min(rank, len(shapes)-1)]
	return kit.ChipLook{Icon: s.icon, Fill: s.fill, Label: look.SevLabel}
}

// severityWord is what a severity chip says.
func severityWord(level string) string {
	if level == "" {
		return "Undecided"
	}
	return level
}

// resolvedLook is the chip of an incident that is over.
func resolvedLook() kit.ChipLook {
	return kit.ChipLook{Icon: "resolved", Fill: look.Resolved, Label: look.SevLabel}
}

// tone is how an urgency is shown; word and shape go with it.
func tone(u workflow.Urgency) kit.Tone {
	switch u {
	case workflow.Late:
		return kit.Bad
	case workflow.Soon:
		return kit.Warn
	default:
		return kit.Neutral
	}
}

// elapsed is a running clock: "00:47:12", or "2d 03:10:00" for long ones.
func elapsed(d time.Duration) string {
	d = max(d, 0).Truncate(time.Second)
	h, m, s := int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60
	if h >= 24 {
		return fmt.Sprintf("%dd %02d:%02d:%02d", h/24, h%24, m, s)
	}
	return fmt.Sprintf("%02d:%02d:%02d", h, m, s)
}

// short is a duration for a narrow place: "47 min", "1 h 05", "3 d".
func short(d time.Duration) string {
	d = max(d, 0)
	switch minutes := int(d.Round(time.Minute) / time.Minute); {
	case d < time.Minute:
		return "under 1 min"
	case minutes < 60:
		return fmt.Sprintf("%d min", minutes)
	case minutes < 48*60:
		return fmt.Sprintf("%d h %02d", minutes/60, minutes%60)
	default:
		return fmt.Sprintf("%d d", minutes/60/24)
	}
}

// ago is relative and absolute together: "12 min ago".
func ago(at, now time.Time) string {
	if at.IsZero() {
		return "never"
	}
	return short(now.Sub(at)) + " ago"
}

// clockOf is a stamp's time of day in the zone that the person chose, with a Z
// where it is UTC.
func clockOf(s workflow.Stamp, st session.State) string {
	text := drawn(s.Clock(st.Shown()))
	if st.Shown() == time.UTC && s.Known() {
		return text + "Z"
	}
	return text
}

// drawn writes a value of ours with signs that the bundled font has: a machine
// without other fonts would show a box for ≈. A person's own text is left alone.
func drawn(s string) string { return strings.ReplaceAll(s, "≈", "~") }

// capital begins a sentence with a capital letter.
func capital(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// inSentence begins a sentence's middle with a small letter, but leaves names and
// abbreviations such as "SEV1" alone.
func inSentence(s string) string {
	r := []rune(s)
	if len(r) == 0 || len(r) > 1 && unicode.IsUpper(r[1]) {
		return s
	}
	r[0] = unicode.ToLower(r[0])
	return string(r)
}

// orElse is a text, or another one where there is none.
func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
