package page

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"strings"

	"firebreak/export"
	"firebreak/export/markdown"
	"firebreak/workflow"
)

//go:embed style.css
var style string

// The contents are listed from this many sections or timeline entries on: below
// that, the page is short enough to look through.
const (
	longSections = 8
	longEntries  = 30
)

// Postmortem is the whole page. What is not in files, or not readable there, is
// named in its place.
func Postmortem(in workflow.Incident, files Files) []byte {
	var out bytes.Buffer
	p := &printer{Writer: bufio.NewWriter(&out), pictures: picturesOf(in, files)}
	parts := export.Parts(in, files.Files)
	p.head(in.ReportTitle())
	p.say("<body>\n")
	p.banner(in)
	if isLong(parts) {
		p.contents(parts)
	}
	p.say("<main>\n")
	for _, part := range parts {
		p.section(in, part)
	}
	p.say("</main>\n<footer>Times are in UTC. This page holds everything that it shows: it loads nothing and runs nothing.</footer>\n</body>\n</html>\n")
	p.Flush()
	return out.Bytes()
}

// printer writes HTML. What it says is its own markup; words are escaped.
type printer struct {
	*bufio.Writer
	source   []byte // of the markdown that is being written
	pictures *pictures
}

// say writes markup of our own.
func (p *printer) say(markup ...string) {
	for _, m := range markup {
		_, _ = p.WriteString(m) // a buffer takes everything
	}
}

// words writes text.
func (p *printer) words(text string) { p.say(escape(text)) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// escape makes any text safe between tags and inside a quoted attribute.
func escape(text string) string { return escaper.Replace(markdown.Clean(text)) }

// policy forbids everything that the page does not bring along. The style is
// allowed by its checksum, so not even a style of somebody else is taken.
func policy() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; img-src data:; base-uri 'none'; form-action 'none'"
}

func (p *printer) head(title string) {
	p.say("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
		`<meta http-equiv="Content-Security-Policy" content="`, policy(), "\">\n",
		"<meta name=\"referrer\" content=\"no-referrer\">\n",
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
		"<meta name=\"color-scheme\" content=\"light dark\">\n",
		"<title>", escape(markdown.OneLine(title)), "</title>\n<style>", style, "</style>\n</head>\n")
}

// contents links to the sections of a long page.
func (p *printer) contents(parts []export.Part) {
	p.say("<nav aria-label=\"Contents\">\n<ol>\n")
	for _, part := range parts {
		p.say(`<li><a href="#`, anchor(part.ID), `" dir="auto">`, escape(markdown.OneLine(part.Name)), "</a></li>\n")
	}
	p.say("</ol>\n</nav>\n")
}

// anchor is the id of a section. Section ids are the program's own, but a
// playbook inside a log from elsewhere can hold anything.
func anchor(id workflow.Section) string {
	return "s-" + strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '-':
			return r
		default:
			return '-'
		}
	}, strings.ToLower(string(id)))
}

func isLong(parts []export.Part) bool {
	for _, part := range parts {
		if len(part.Lines) > longEntries {
			return true
		}
	}
	return len(parts) > longSections
}

func (p *printer) section(in workflow.Incident, part export.Part) {
	p.say(`<section aria-labelledby="`, anchor(part.ID), "\">\n", `<h2 id="`, anchor(part.ID), `" dir="auto">`,
		escape(markdown.OneLine(part.Name)), "</h2>\n")
	switch {
	case part.Empty():
		p.say(`<p class="none">`, export.NothingYet, "</p>\n")
	case part.ID == workflow.TimelineSection:
		p.picture(in, part.Lines)
		p.timeline(part.Lines)
	default:
		p.markdown(part.Markdown)
	}
	p.say("</section>\n")
}
