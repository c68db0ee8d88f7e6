package workflow

import (
	"regexp"
	"strings"
)

// ImportIncident makes an incident of the past out of a document: declared with
// the import in it. It never burns, whether or not its document tells of an
// all-clear. One undo takes the import back; the incident itself is cancelled
// with a reason when it was a mistake.
type ImportIncident struct {
	Title    string // "": the document's, see Reading.IncidentTitle
	Severity string // a level of the playbook, "" is undecided
	Service  string
	Playbook Playbook
	Sample   bool
	Import   ImportReading
}

// blank is the incident before anything of the document came in.
func (w ImportIncident) blank() Incident {
	return Incident{Playbook: w.Playbook, From: sourceName(w.Import.Source), Past: true}
}

// Plan says what the import would do.
func (w ImportIncident) Plan() ImportPlan {
	return w.blank().PlanImport(w.detected())
}

// detected makes the first entry the detection where no line tells of one: the
// history is in the order of detection. The plan says so.
func (w ImportIncident) detected() ImportReading {
	first := -1
	for i, line := range w.Import.Lines {
		if line.Milestone == Detected {
			return w.Import
		}
		if line.At.Known() && line.Milestone == "" && (first < 0 || line.At.Order(w.Import.Lines[first].At) < 0) {
			first = i
		}
	}
	if first < 0 {
		return w.Import
	}
	out := w.Import
	out.Lines = append([]ImportLine(nil), out.Lines...)
	out.Lines[first].Milestone = Detected
	out.Lines[first].Notes = append(append([]string(nil), out.Lines[first].Notes...),
		"No line says when it was detected, so the first entry is taken for it. Correct it where that is wrong.")
	return out
}

func (w ImportIncident) decide(in Incident, env Env) ([]Body, error) {
	title := w.Title
	if strings.TrimSpace(title) == "" {
		title = Reading{Source: w.Import.Source, Title: w.Import.Title}.IncidentTitle()
	}
	declared, err := Declare{Title: title, Severity: w.Severity, Service: w.Service, Playbook: w.Playbook, Sample: w.Sample}.decide(in, env)
	if err != nil {
		return nil, err
	}
	imported, err := w.detected().decide(w.blank(), env)
	if err != nil {
		return nil, err
	}
	opening := declared[0].(Declared)
	opening.From, opening.Detected, opening.FirstLine = sourceName(w.Import.Source), Stamp{}, ""
	bodies := []Body{opening}
	if w.Severity != "" {
		bodies = append(bodies, SeveritySet{Level: w.Severity})
	}
	return append(append(bodies, starts{imported[0]}), imported[1:]...), nil
}

// LevelIn finds the playbook's level that a document names, however it writes
// it: "sev-1", "SEV 1". Empty when there is none.
func (p Playbook) LevelIn(named string) string {
	plain := func(s string) string {
		return strings.Map(func(c rune) rune {
			switch c {
			case ' ', '-', '_', '.':
				return -1
			default:
				return c
			}
		}, strings.ToLower(s))
	}
	for _, level := range p.Levels {
		if named != "" && plain(level.ID) == plain(named) {
			return level.ID
		}
	}
	return ""
}

const (
	isoDay   = `\d{4}[- ]\d{2}[- ]\d{2}`
	namedDay = `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}`
	anyDay   = `(?:` + isoDay + `|` + namedDay + `)`
	aClock   = `(?:,?\s+\d{1,2}:\d{2}(?:\s*[ap]m)?(?:\s+[a-z]{2,5}\b)?,)?`
)

// What stands around the title of an incident in the title of its document.
var (
	titleBegins = regexp.MustCompile(`(?i)^\W*(?:(?:incident\s+)?post[- ]?mortem|incident\s+(?:report|review|summary)|outage\s+report)\b(?:\s+(?:of|for|on))?[\s:–—-]*`)
	titleLevel  = regexp.MustCompile(`(?i)^(?:sev|severity|p)[- ]?[0-9]\b[\s:–—-]*`)
	titleDate   = regexp.MustCompile(`(?i)^(?:incident\s+on\s+)?` + anyDay + aClock + `[\s:–—-]+|[\s:–—(-]+` + anyDay + `\)?$`)
	fileNumber  = regexp.MustCompile(`^(?:\d+[-_ ]+)+`)
)

// TitleIn is the incident's own title out of a document's: without "Post-Mortem:",
// its severity and its date, and not longer than a title may be.
func TitleIn(document string) string {
	title := strings.Join(strings.Fields(document), " ")
	for _, part := range []*regexp.Regexp{titleDate, titleBegins, titleDate, titleLevel, titleDate} {
		if rest := strings.TrimSpace(part.ReplaceAllString(title, "")); rest != "" {
			title = rest
		}
	}
	if runes := []rune(title); len(runes) > titleLimit {
		title = string(runes[:titleLimit-1]) + "…"
	}
	return title
}

// IncidentTitle is what an incident made of the document is called unless a
// person says otherwise: as its title says, or else as its file's name does.
func (r Reading) IncidentTitle() string {
	if title := TitleIn(r.Title); title != "" {
		return title
	}
	name, _, isFile := cutLast(r.Source, ".")
	if !isFile { // a pasted text is called after nothing
		return ""
	}
	name = strings.NewReplacer("-", " ", "_", " ").Replace(fileNumber.ReplaceAllString(name, ""))
	return TitleIn(name)
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
