package view

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// healthSheet says how the log is: what is whole, what is not, what a repair
// did, and what is left of damaged changes, byte by byte.
type healthSheet struct {
	s      *Shell
	word   *kit.Text
	when   *kit.Text
	found  *healthLines
	done   *healthLines
	known  *healthLines
	raw    *kit.Field
	repair *kit.Button
	again  *kit.Button
	copies *kit.Button
	quit   *kit.Button
	body   fyne.CanvasObject
}

// healthLines is a heading over sentences; it is not there without any.
type healthLines struct {
	all   *fyne.Container
	lines *kit.Text
}

func newHealthLines(heading string) *healthLines {
	h := &healthLines{lines: kit.NewText("").Wrapped()}
	h.all = kit.Column(look.Space1, kit.NewSubheading(heading), h.lines)
	return h
}

func (h *healthLines) Set(lines []string) {
	h.lines.SetText(strings.Join(lines, "\n"))
	show(h.all, len(lines) > 0)
}

func (s *Shell) openHealth() {
	h := &healthSheet{
		s: s, word: kit.NewHeading(""), when: kit.NewText("").In(look.Muted).Wrapped(),
		found: newHealthLines("Damaged"), done: newHealthLines("What was done"), known: newHealthLines("Known from before"),
		raw: kit.NewLongField("What is left of damaged changes", 3, 8).Mono(),
	}
	h.raw.SetReadOnly(true)
	h.repair = kit.NewPrimary("Repair", func() { s.MendLog(h.heard) })
	h.again = kit.NewButton("Examine again", func() { s.ExamineLog(h.heard) })
	h.copies = kit.NewButton("Copy details", func() { s.Copy(healthDetails(s.state.Health), "What is known of the log is copied.") }).Icon("copy")
	h.quit = kit.NewPrimary("Quit and repair", func() { s.Run("app.quit") })
	h.body = kit.NewScroller(kit.Column(look.Space4,
		kit.Column(look.Space1, h.word, h.when), h.found.all, h.done.all, h.raw, h.known.all)).Fitted()
	s.openSheet(&kit.Layer{
		ID: "health", Title: "Log health", Body: h.body, Width: 640,
		Actions: []*kit.Button{h.repair, h.quit, h.again, h.copies}, Default: h.again,
	}, h.Show)
	if s.state.Health.Looked.IsZero() {
		s.ExamineLog(h.heard)
	}
}

// heard shows why an examination or a repair failed.
func (h *healthSheet) heard(err error) {
	if err != nil {
		h.s.Say(session.Strip{Says: err.Error(), Warning: true})
	}
	h.Show(h.s.State())
}

// Show follows the state.
func (h *healthSheet) Show(st session.State) {
	health, busy := st.Health, h.s.Running("health")
	h.word.SetText(healthWord(health, busy))
	h.when.SetText(healthWhen(health, st.Now))
	found := health.Found
	if health.Trouble != "" {
		found = append([]string{health.Trouble}, found...)
	}
	h.found.Set(found)
	h.done.Set(health.Done)
	h.known.Set(health.Known)
	text := rawWords(health.Damaged)
	if h.raw.Text() != text {
		h.raw.SetText(text)
	}
	show(h.raw, text != "")
	show(h.repair, !health.Whole() && !health.Restart)
	show(h.quit, health.Restart)
	off := ""
	if busy {
		off = "It is being examined"
	}
	h.repair.SetOff(off)
	h.again.SetOff(off)
	h.s.layers.Refresh()
}

func healthWord(health session.Health, busy bool) string {
	switch {
	case busy:
		return "The log is being examined…"
	case health.Looked.IsZero():
		return "Nobody has looked yet"
	case health.Whole() && health.Full:
		return "The log is whole"
	case health.Whole():
		return "The end of the log is whole"
	default:
		return "A part of the log is damaged"
	}
}

func healthWhen(health session.Health, now time.Time) string {
	if health.Looked.IsZero() {
		return "Every change and how it follows the one before is read. You can go on working meanwhile."
	}
	says := plural(health.Changes, "change was", "changes were") + " read and found whole, " + agoWords(health.Looked, now)
	if !health.Full {
		says += ": the newest ones. The rest was read within the last day"
	}
	if health.Restart {
		says += ". What is damaged is repaired at the next start, before the log is opened. Nothing is thrown away"
	}
	return says + "."
}

func agoWords(at, now time.Time) string {
	if since := now.Sub(at); since >= time.Minute {
		return workflow.Words(since) + " ago"
	}
	return "just now"
}

// rawWords show damaged changes as they lie there. Somebody may still know what
// they said.
func rawWords(damaged []session.DamagedChange) string {
	const most = 20
	var lines []string
	for _, d := range damaged[:min(most, len(damaged))] {
		lines = append(lines, fmt.Sprintf("Place %d: %s\n%s", d.Place, d.Says, strings.ToValidUTF8(d.Raw, "\uFFFD")))
	}
	if more := len(damaged) - most; more > 0 {
		lines = append(lines, fmt.Sprintf("And %d more: firebreak doctor --json shows them all.", more))
	}
	return strings.Join(lines, "\n\n")
}

// healthDetails is everything that the sheet says, for whoever is asked to help.
func healthDetails(health session.Health) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%d changes whole\n", healthWord(health, false), health.Changes)
	for _, part := range []struct {
		name  string
		lines []string
	}{{"Damaged", health.Found}, {"Done", health.Done}, {"Known", health.Known}} {
		for _, line := range part.lines {
			fmt.Fprintf(&b, "%s: %s\n", part.name, line)
		}
	}
	b.WriteString(rawWords(health.Damaged))
	return strings.TrimSpace(b.String()) + "\n"
}

// healthItem is the status bar's word on the log: nothing as long as it is whole.
func healthItem(health session.Health) (string, kit.Tone) {
	if health.Whole() {
		return "", kit.Neutral
	}
	return "Log damaged", kit.Bad
}
