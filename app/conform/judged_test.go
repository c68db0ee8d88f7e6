package conform_test

import (
	"html"
	"slices"
	"strings"
	"time"
	"unicode"

	"firebreak/export"
	"firebreak/export/markdown"
	"firebreak/workflow"
)

// judged is one post-mortem and what must be found in it; .ci/markdown/cases.mjs
// says what its fields mean.
type judged struct {
	Name     string         `json:"name"`
	Markdown string         `json:"markdown"`
	Front    map[string]any `json:"front"`
	Blocks   []any          `json:"blocks"`
}

type fields = map[string]any

// judgedOf says what a reader must find in the post-mortem of an incident. It is
// worked out from the incident alone.
func judgedOf(name string, in workflow.Incident) judged {
	j := judged{Name: name, Markdown: string(export.Postmortem(in)), Front: frontOf(in)}
	j.heading(1, in.ReportTitle())
	for _, s := range in.Playbook.Review.Sections {
		before := len(j.Blocks)
		j.heading(2, s.Name)
		j.section(in, s.ID)
		if len(j.Blocks) == before+1 {
			if !s.Always {
				j.Blocks = j.Blocks[:before]
				continue
			}
			j.Blocks = append(j.Blocks, fields{"kind": "text", "text": "Nothing written yet."})
		}
	}
	return j
}

func (j *judged) heading(level int, text string) {
	j.Blocks = append(j.Blocks, fields{"kind": "heading", "level": level, "text": markdown.OneLine(text)})
}

func (j *judged) section(in workflow.Incident, section workflow.Section) {
	switch section {
	case workflow.TimelineSection:
		j.timeline(in.ReportLines())
	case workflow.ActionsSection:
		j.actions(in.Review.ActionItems())
	case workflow.MetricsSection:
		j.metrics(in)
	default:
		says := strings.Trim(markdown.Clean(in.SectionText(section)), "\n")
		if export.SectionMarkdown(in, section) == "" && lettersIn(html.UnescapeString(says)) == "" {
			return
		}
		j.Blocks = append(j.Blocks, fields{"kind": "markdown", "says": says})
	}
}

// timeline is one list, or one for each day below its date.
func (j *judged) timeline(entries []workflow.Entry) {
	dayOf := func(e workflow.Entry) string { return e.At.Get().Date(time.UTC) }
	days := map[string]bool{}
	for _, e := range entries {
		if day := dayOf(e); day != "" {
			days[day] = true
		}
	}
	for start, end := 0, 0; start < len(entries); start = end {
		for end = start; end < len(entries) && (len(days) < 2 || dayOf(entries[end]) == dayOf(entries[start])); end++ {
		}
		if day := dayOf(entries[start]); len(days) > 1 && day != "" {
			j.heading(3, day)
		} else if len(days) > 1 {
			j.heading(3, "Time unknown")
		}
		var items []any
		for _, e := range entries[start:end] {
			items = append(items, entryItem(e))
		}
		j.Blocks = append(j.Blocks, fields{"kind": "items", "items": items})
	}
}

// entryItem is an entry's item: the clock, what was written, and its links and
// files by their names.
func entryItem(e workflow.Entry) fields {
	at := e.At.Get()
	begins := at.Clock(time.UTC)
	if at.IsRange() && at.End.UTC().Format(time.DateOnly) != at.Date(time.UTC) {
		begins += " (" + at.End.UTC().Format(time.DateOnly) + ")"
	}
	says := markdown.Clean(e.Text.Get())
	ends := strings.Join(e.Links.Get(), " ")
	var rest []string
	for _, f := range e.Files() {
		rest = append(rest, f.Shown()+" ("+workflow.SizeWords(f.Bytes)+")")
	}
	if rest != nil {
		ends += " Attached: " + strings.Join(rest, ", ")
	}
	var leads []string
	for _, link := range e.Links.Get() {
		if link = markdown.OneLine(link); leadsSomewhere(link) {
			leads = append(leads, link)
		}
	}
	return fields{"begins": begins, "says": says, "ends": markdown.OneLine(ends), "leads": leads}
}

// leadsSomewhere reports whether an address becomes a link: one with a scheme
// must not run anything.
func leadsSomewhere(address string) bool {
	scheme, _, _ := strings.Cut(address, ":")
	if scheme == address || strings.ContainsAny(scheme, "/?#") {
		return address != ""
	}
	return slices.Contains([]string{"http", "https", "mailto"}, strings.ToLower(scheme))
}

func (j *judged) actions(items []workflow.ActionItem) {
	if len(items) == 0 {
		return
	}
	var texts, ticks []string
	for _, item := range items {
		var about []string
		if item.State.Get() == workflow.ActionDropped {
			about = append(about, "dropped")
		}
		for _, known := range []string{item.Kind.Get(), item.Owner.Get()} {
			if known != "" {
				about = append(about, known)
			}
		}
		if due := item.Due.Get(); due != "" {
			about = append(about, "due "+due)
		}
		text := item.Text.Get()
		if about != nil {
			text += " (" + strings.Join(about, ", ") + ")"
		}
		texts = append(texts, markdown.OneLine(text))
		ticks = append(ticks, map[bool]string{true: "x", false: " "}[item.Done()])
	}
	j.Blocks = append(j.Blocks, fields{"kind": "list", "items": texts, "ticks": ticks})
}

func (j *judged) metrics(in workflow.Incident) {
	rows := [][]string{{"Metric", "Time", "State", "Formula"}}
	said := false
	for _, m := range in.Metrics() {
		said = said || m.State == workflow.Recorded || m.State == workflow.Invalid
		rows = append(rows, []string{m.Name, valueOf(m), stateOf(m), m.Formula})
	}
	if !said {
		return
	}
	j.Blocks = append(j.Blocks, fields{"kind": "table", "rows": rows})
	if phases := in.PhaseTimes(); len(phases) > 1 {
		rows = [][]string{{"Phase", "Time", "State"}}
		for _, p := range phases {
			rows = append(rows, []string{p.Name, valueOf(p), stateOf(p)})
		}
		j.Blocks = append(j.Blocks, fields{"kind": "table", "rows": rows})
	}
}

func valueOf(m workflow.Metric) string {
	if m.State != workflow.Recorded {
		return "–"
	}
	return m.String()
}

func stateOf(m workflow.Metric) string {
	return strings.TrimSuffix(string(m.State)+": "+m.Why, ": ")
}

// frontOf is what the front matter says to programs.
func frontOf(in workflow.Incident) fields {
	front := fields{
		"incident": string(in.ID), "format": 1, "severity": workflow.SeverityWord(in.Triage.Severity.Get()),
		"state": string(in.Review.State()), "stage": strings.ToLower(string(in.Stage())),
	}
	put := func(key, text string) {
		if text = markdown.OneLine(text); text != "" {
			front[key] = text
		}
	}
	put("service", in.Triage.Service.Get())
	put("cancelled", in.Triage.Cancelled.Get())
	put("increment", in.Fix.Increment.Get().ID)
	for _, m := range workflow.KnownMilestones() {
		if at, ok := in.MilestoneAt(m); ok {
			key := strings.ReplaceAll(string(m), "-", "_")
			front[key] = at.Full(time.UTC)
			if at.Sure == workflow.Exact && at.Known() && !at.IsRange() {
				front[key] = at.Time.UTC().Format(time.RFC3339)
			}
		}
	}
	if took := in.Metric(workflow.TimeToResolve); took.State == workflow.Recorded {
		front["duration_minutes"] = int(took.Value.Round(time.Minute) / time.Minute)
	}
	for _, role := range in.Playbook.Roles {
		put("role_"+role.ID, in.Holder(role.ID).Person)
	}
	return front
}

func lettersIn(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}
