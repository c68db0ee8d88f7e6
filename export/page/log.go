package page

import (
	"time"

	"firebreak/export"
)

// timeline writes the entries as a list: the time, then what happened. It is
// also what the picture above says, for those who cannot see it.
func (p *printer) timeline(lines []export.Line) {
	days := map[string]bool{}
	for i := range lines {
		l := &lines[i]
		if l.Entry.At.Get().Date(time.UTC) != "" {
			days[l.Day] = true
		}
	}
	p.say("<div class=\"log\">\n")
	day := ""
	for i := range lines {
		l := &lines[i]
		if i == 0 || len(days) > 1 && l.Day != day {
			if i > 0 {
				p.say("</ol>\n")
			}
			day = l.Day
			if len(days) > 1 {
				p.say("<h3>", escape(day), "</h3>\n")
			}
			p.say("<ol>\n")
		}
		p.line(l)
	}
	if len(lines) > 0 {
		p.say("</ol>\n")
	}
	p.say("</div>\n")
}

func (p *printer) line(l *export.Line) {
	class := ""
	if l.Entry.Milestone.Get() != "" {
		class = ` class="milestone"`
	}
	p.say("<li", class, `><span class="at">`, escape(l.Clock))
	p.say(`</span><div class="what">`)
	p.markdown(l.Markdown)
	p.say("</div></li>\n")
}
