package export

import (
	"strings"
	"time"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// sectionLevel is the level of the sections' headings; what people write in a
// section stays below it.
const sectionLevel = 2

// Postmortem is the whole document as it goes into the repository: front matter
// for programs, then what PostmortemBody writes for people.
func Postmortem(in workflow.Incident) []byte { return PostmortemWith(in, Files{}) }

// PostmortemWith is Postmortem with links to the attachments that are written
// beside it.
func PostmortemWith(in workflow.Incident, files Files) []byte {
	d := markdown.New().Compact()
	d.Front(frontMatter(in)...)
	writeBody(d, in, files.links(in))
	return []byte(d.String())
}

// PostmortemBody is the document without front matter: for the live preview,
// where attachments keep the address that names them.
func PostmortemBody(in workflow.Incident) string {
	d := markdown.New().Compact()
	writeBody(d, in, previewLinks())
	return d.String()
}

// SectionMarkdown is one section without its heading, as it stands in the
// document; empty when the section says nothing yet. Attachments keep the
// address that names them.
func SectionMarkdown(in workflow.Incident, section workflow.Section) string {
	return sectionWith(in, section, previewLinks())
}

func sectionWith(in workflow.Incident, section workflow.Section, files links) string {
	d := markdown.New().Compact()
	writeSection(d, in, section, files)
	return d.String()
}

func writeBody(d *markdown.Doc, in workflow.Incident, files links) {
	d.Heading(1, in.ReportTitle())
	for _, section := range in.Playbook.Review.Sections {
		if entries := timelineOf(in, section); len(entries) > 0 { // it can be long, and is written in place
			d.Heading(sectionLevel, section.Name)
			writeTimeline(d, entries, files)
			continue
		}
		text := sectionWith(in, section.ID, files)
		if text == "" && !section.Always {
			continue
		}
		d.Heading(sectionLevel, section.Name)
		if text == "" {
			text = "*" + NothingYet + "*"
		}
		d.Raw(text)
	}
}

func timelineOf(in workflow.Incident, section workflow.SectionPolicy) []*workflow.Entry {
	if section.ID != workflow.TimelineSection {
		return nil
	}
	return in.Reported()
}

// writeSection writes what a section says. Three follow from the log alone.
func writeSection(d *markdown.Doc, in workflow.Incident, section workflow.Section, files links) {
	switch section {
	case workflow.TimelineSection:
		writeTimeline(d, in.Reported(), files)
	case workflow.ActionsSection:
		writeActions(d, in)
	case workflow.MetricsSection:
		writeMetrics(d, in)
	default:
		d.Markdown(sectionText(in, section, files), sectionLevel)
	}
}

// formatVersion counts up when a key of the front matter changes its meaning.
const formatVersion = 1

// frontMatter is the part for programs: who, what, when, in figures. Its keys
// are stable and told in docs/POSTMORTEM.md; a time of which people are not sure
// is written as they know it.
func frontMatter(in workflow.Incident) []markdown.Entry {
	entries := []markdown.Entry{
		markdown.Quoted(incidentKey, string(in.ID)),
		markdown.Number("format", formatVersion),
		markdown.Quoted("severity", workflow.SeverityWord(in.Triage.Severity.Get())),
		markdown.Quoted("state", string(in.Review.State())),
		markdown.Quoted("stage", strings.ToLower(string(in.Stage()))),
	}
	put := func(key, text string) {
		if text = markdown.OneLine(text); text != "" {
			entries = append(entries, markdown.Quoted(key, text))
		}
	}
	put("service", in.Triage.Service.Get())
	put("cancelled", in.Triage.Cancelled.Get())
	for _, m := range workflow.KnownMilestones() {
		if at, ok := in.MilestoneAt(m); ok {
			put(keyOf(string(m)), machineTime(at))
		}
	}
	if took := in.Metric(workflow.TimeToResolve); took.State == workflow.Recorded {
		entries = append(entries, markdown.Number("duration_minutes", int(took.Value.Round(time.Minute)/time.Minute)))
	}
	put("increment", in.Fix.Increment.Get().ID)
	for _, role := range in.Playbook.Roles {
		put("role_"+keyOf(role.ID), in.Holder(role.ID).Person)
	}
	return entries
}

// machineTime is RFC 3339 in UTC for an exact time. Anything less sure keeps
// the form that says how sure it is, and which ParseStamp reads.
func machineTime(at workflow.Stamp) string {
	if at.Known() && at.Sure == workflow.Exact && !at.IsRange() {
		return at.Time.UTC().Format(time.RFC3339)
	}
	return at.Full(time.UTC)
}

// keyOf makes an id a key of front matter: "fix-deployed" is fix_deployed.
// Playbooks are checked for plain ids; a log from elsewhere is not.
func keyOf(id string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '_':
			return r
		default:
			return '_'
		}
	}, strings.ToLower(id))
}

const incidentKey = "incident"

// IncidentOf reads back whose post-mortem a file is: the incident's id in its
// front matter, empty when it has none. Two incidents may have one title on one
// day, and must not write over each other.
func IncidentOf(document []byte) workflow.IncidentID {
	text := strings.ReplaceAll(string(document[:min(len(document), 64<<10)]), "\r\n", "\n")
	front, found := strings.CutPrefix(text, "---\n")
	if !found {
		return ""
	}
	for line := range strings.SplitSeq(front, "\n") {
		if line == "---" {
			break
		}
		if value, is := strings.CutPrefix(line, incidentKey+": "); is {
			return workflow.IncidentID(strings.Trim(value, `"'`))
		}
	}
	return ""
}
