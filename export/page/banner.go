package page

import (
	"time"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// banner is the header: the title, how severe it was, how far the post-mortem
// is, and the figures that the markdown has in its front matter.
func (p *printer) banner(in workflow.Incident) {
	p.say("<header>\n<p class=\"chips\">")
	p.chip(in)
	p.say(`<span class="chip state">Post-mortem: `, escape(string(in.Review.State())), "</span>")
	if in.Open() {
		p.say(`<span class="chip open">Not resolved yet</span>`)
	}
	if in.Sample {
		p.say(`<span class="chip state">Sample</span>`)
	}
	p.say("</p>\n<h1 dir=\"auto\">", escape(markdown.OneLine(in.ReportTitle())), "</h1>\n")
	if why := in.Triage.Cancelled.Get(); why != "" {
		p.say(`<p class="cancelled" dir="auto">Cancelled: `, escape(markdown.OneLine(why)), "</p>\n")
	}
	p.say("<dl>\n")
	for _, f := range factsOf(in) {
		p.say("<div><dt><bdi>", escape(markdown.OneLine(f.name)), "</bdi></dt><dd><bdi>", escape(markdown.OneLine(f.value)), "</bdi></dd></div>\n")
	}
	p.say("</dl>\n</header>\n")
}

type fact struct{ name, value string }

// factsOf lists what is known; nothing is said of what is not.
func factsOf(in workflow.Incident) []fact {
	var facts []fact
	add := func(name, value string) {
		if markdown.OneLine(value) != "" {
			facts = append(facts, fact{name, value})
		}
	}
	if took := in.Metric(workflow.TimeToResolve); took.State == workflow.Recorded {
		add("Duration", took.String())
	}
	for _, m := range []workflow.Milestone{workflow.ImpactStarted, workflow.Detected, workflow.AllClear} {
		if at, ok := in.MilestoneAt(m); ok {
			add(nameOf(in, m), fullOf(at))
		}
	}
	add("Service", in.Triage.Service.Get())
	for _, role := range in.Playbook.Roles {
		add(role.Name, in.Holder(role.ID).Person)
	}
	add("Increment", in.Fix.Increment.Get().ID)
	add("Incident", string(in.ID))
	return facts
}

// fullOf is a stamp in UTC with what is known of it, or as it was typed.
func fullOf(at workflow.Stamp) string {
	if at.Time.IsZero() && at.Typed != "" {
		return "unknown (" + at.Typed + ")"
	}
	return at.Full(time.UTC)
}

func nameOf(in workflow.Incident, m workflow.Milestone) string {
	if moment, known := in.Playbook.Moment(m); known && moment.Name != "" {
		return moment.Name
	}
	return string(m)
}

// The shapes of the severity levels, the most severe first: the level is told
// by shape and word, and by colour too.
func shapes() []string {
	return []string{
		`<rect x="2" y="2" width="12" height="12" rx="1.5"/>`,
		`<path d="M8 1.5 15 14H1Z"/>`,
		`<path d="M8 .5 15.5 8 8 15.5.5 8Z"/>`,
		`<circle cx="8" cy="8" r="6.5"/>`,
	}
}

func (p *printer) chip(in workflow.Incident) {
	level := in.Triage.Severity.Get()
	rank, shape := "undecided", ""
	for i, l := range in.Playbook.Levels {
		if l.ID == level && level != "" {
			at := min(i, len(shapes())-1)
			rank, shape = "sev"+string(rune('1'+at)), shapes()[at]
		}
	}
	p.say(`<span class="chip `, rank, `">`)
	if shape != "" {
		p.say(`<svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">`, shape, "</svg> ")
	}
	word := markdown.OneLine(level)
	if word == "" {
		word = "Severity undecided"
	}
	p.say(escape(word), "</span>")
}
