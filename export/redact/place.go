package redact

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"firebreak/export"
	"firebreak/workflow"
)

// gathered is every leak of a log.
type gathered struct {
	leaks  []workflow.Leak
	choice map[workflow.Fingerprint]choice
}

// around is how many characters are shown on each side of a leak.
const around = 36

// locate finds every place of the leaks: also where no rule would have seen
// them, because nothing there gives them away.
func (g gathered) locate(in workflow.Incident, leaks []workflow.Leak) {
	if len(leaks) == 0 {
		return
	}
	var every []workflow.Secret
	for _, l := range g.leaks {
		every = append(every, l.Secret)
	}
	type spot struct{ leak, place int }
	var spots []spot
	events := in.Events()
	marked := in.Events()
	for i, e := range events {
		for n := range leaks {
			secret, seen := leaks[n].Secret.Reveal(), len(leaks[n].Places)
			e.EachText(func(field, text string) {
				text = workflow.Unmarked(text)
				for at, from := range occurrences(text, secret) {
					if at > 0 && field == "by" {
						break
					}
					leaks[n].Places = append(leaks[n].Places, workflow.LeakPlace{
						Event: e.ID, Where: whereIs(in, e, field), Line: strings.Count(text[:from], "\n") + 1,
						Before: masked(every, before(text[:from])), After: masked(every, after(text[from+len(secret):])),
					})
				}
			})
			if len(leaks[n].Places) == seen {
				continue
			}
			marked[i], _ = marked[i].Reworded(func(_, text string) string {
				return strings.ReplaceAll(workflow.Unmarked(text), secret, token(len(spots)))
			})
			for place := seen; place < len(leaks[n].Places); place++ {
				spots = append(spots, spot{n, place})
			}
		}
	}
	standing := leaving(workflow.Fold(in.ID, marked))
	first := -1
	for i, s := range spots { // the places of a leak in one event share its first one's token
		if i == 0 || spots[i-1].leak != s.leak || leaks[s.leak].Places[s.place].Event != leaks[s.leak].Places[spots[i-1].place].Event {
			first = i
		}
		leaks[s.leak].Places[s.place].Stands = standing[first]
	}
}

// occurrences are the places of a text in another.
func occurrences(text, part string) []int {
	var out []int
	for from := 0; part != ""; {
		at := strings.Index(text[from:], part)
		if at < 0 {
			break
		}
		out = append(out, from+at)
		from += at + len(part)
	}
	return out
}

// before is the end of what stands before a leak, and after the beginning of what
// follows it, on one line, with the space that parts them from it.
func before(text string) string {
	letters := []rune(strings.ToValidUTF8(text[max(0, len(text)-4*around):], ""))
	return onOneLine(string(letters[max(0, len(letters)-around):]))
}

func after(text string) string {
	letters := []rune(strings.ToValidUTF8(text[:min(len(text), 4*around)], ""))
	return onOneLine(string(letters[:min(len(letters), around)]))
}

func onOneLine(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	if trimmed := strings.TrimLeftFunc(text, unicode.IsSpace); trimmed != text && line != "" {
		line = " " + line
	}
	if trimmed := strings.TrimRightFunc(text, unicode.IsSpace); trimmed != text {
		line += " "
	}
	return line
}

// masked hides every leak in the words around one, also a part that was cut off.
func masked(every []workflow.Secret, text string) string {
	for _, s := range every {
		secret := strings.Join(strings.Fields(s.Reveal()), " ")
		if secret == "" {
			continue
		}
		text = strings.ReplaceAll(text, secret, s.Mask())
		for cut := min(len(secret)-1, len(text)); cut >= 6; cut-- {
			if strings.HasPrefix(text, secret[len(secret)-cut:]) {
				text = "••••" + text[cut:]
			}
			if strings.HasSuffix(text, secret[:min(cut, len(secret))]) && cut <= len(text) {
				text = text[:len(text)-cut] + "••••"
			}
		}
	}
	return text
}

// token stands for a leak in an event while documents are made, to see which of
// them it would be in. It holds nothing that any document would escape or cut.
func token(n int) string { return fmt.Sprintf("zqx%dxqz", n) }

// leaving says which tokens are in what leaves: the post-mortem, the increment,
// the timeline, the assessment, the status and the hand-off sheet.
func leaving(in workflow.Incident) map[int]bool {
	var out bytes.Buffer
	now := in.Summary().Updated
	out.Write(export.Postmortem(in))
	out.Write(export.TimelineJSONL(in))
	out.Write(export.StatusJSON(in, now))
	out.WriteString(export.Assessment(in))
	out.WriteString(export.HandOff(in.HandOffSheet(now)))
	out.WriteString(export.Page(in))
	for _, f := range export.Increment(in, export.Place{}) {
		out.Write(f.Content)
	}
	standing := map[int]bool{}
	for _, m := range regexp.MustCompile(`zqx(\d+)xqz`).FindAllSubmatch(out.Bytes(), -1) {
		if n, err := strconv.Atoi(string(m[1])); err == nil {
			standing[n] = true
		}
	}
	return standing
}

// whereIs names a place for a person.
func whereIs(in workflow.Incident, e workflow.Event, field string) string {
	if field == "by" {
		return "Who wrote it"
	}
	where := placeOf(in, e, field)
	if in.LeftOut(e) {
		where += ", undone"
	}
	return where
}

func placeOf(in workflow.Incident, e workflow.Event, field string) string {
	at := e.At.Time.UTC().Format("2006-01-02 15:04")
	if e.At.Time.IsZero() {
		at = e.Recorded.UTC().Format("2006-01-02 15:04")
	}
	switch b := e.Body.(type) {
	case workflow.Declared, workflow.Retitled:
		return "Incident, " + field
	case workflow.ServiceSet:
		return "Incident, service"
	case workflow.Noted, workflow.Corrected, workflow.Attached, workflow.Detached, workflow.Marked, workflow.Raw:
		if field == "name" {
			return "Timeline, " + at + ", name of a file"
		}
		return "Timeline, " + at + part(field)
	case workflow.Assessed:
		return "Assessment, " + strings.ReplaceAll(string(b.Field), "-", " ")
	case workflow.SectionWritten:
		for _, s := range in.Playbook.Review.Sections {
			if s.ID == b.Section {
				return "Post-mortem, " + s.Name
			}
		}
		return "Post-mortem, " + string(b.Section)
	case workflow.ActionAdded, workflow.ActionChanged:
		return "Action item" + part(field)
	case workflow.UpdateSent:
		return "Update to stakeholders, " + at
	case workflow.TextWritten:
		return "Increment, " + string(b.Which)
	case workflow.CauseIdentified:
		return "Root cause"
	case workflow.TestRecorded:
		return "Test run, " + at + part(field)
	case workflow.DeployDone, workflow.RollbackPlan, workflow.DeployStarted, workflow.DeployEnded:
		return "Deployment" + part(field)
	case workflow.HandedOff:
		return "Hand-off, " + at + part(field)
	default:
		what, _, _ := strings.Cut(string(e.Body.Kind()), "@")
		return strings.NewReplacer(".", " ", "-", " ").Replace(what) + ", " + at + part(field)
	}
}

// part names a field where it is not the text itself.
func part(field string) string {
	switch field {
	case "text", "":
		return ""
	default:
		return ", " + field
	}
}
