package page

import (
	"strconv"
	"strings"
	"time"

	"firebreak/export"
	"firebreak/export/markdown"
	"firebreak/workflow"
)

// The picture's measures, in its own units. It is drawn as wide as the text.
const (
	pictureWide = 720.0
	edge        = 8.0 // left and right of the time line
	lettersHigh = 12.0
	rowHigh     = 18.0
	dotRoom     = 12.0 // between the lowest words and the bar
	barHigh     = 24.0
	impactHigh  = 5.0
	ticksHigh   = 9.0
	axisHigh    = 34.0
	labelWide   = 300.0 // at most; longer words are cut
	mostLabels  = 40    // of moments; a playbook has nine
)

// drawing is a picture on its way.
type drawing struct {
	scene
	out    strings.Builder
	labels []label
	words  []string // of the labels
	bar    float64  // y of the bar's upper edge
	wide   float64  // of the bar
}

// picture draws the timeline over its list.
func (p *printer) picture(in workflow.Incident, lines []export.Line) {
	s, ok := sceneOf(in, lines)
	if !ok {
		p.unknown(s)
		return
	}
	d := &drawing{scene: s}
	d.layOut()
	p.say("<figure>\n<div class=\"wide\">", d.draw(), "</div>\n<figcaption>")
	p.legend(s)
	p.say("</figcaption>\n</figure>\n")
	p.unknown(s)
}

// legend names the phases, in their order, with what the bar's numbers mean.
func (p *printer) legend(s scene) {
	listed := s.listed()
	if len(listed) > 0 {
		p.say("<ul class=\"phases\">")
	}
	n := 0
	for _, ph := range listed {
		mark := ""
		if ph.kind != "impact" {
			n++
			mark = strconv.Itoa(n)
		}
		p.say(`<li><span class="swatch `, ph.kind, `">`, mark, `</span><span dir="auto">`, escape(markdown.OneLine(ph.name)), "</span> <b>",
			escape(ph.took.String()), "</b></li>")
	}
	if len(listed) > 0 {
		p.say("</ul>")
	}
	p.say("<p>Dots are milestones")
	if len(s.entries) > 0 {
		p.say(", the short lines under the bar are the entries of the list below")
	}
	for _, m := range s.moments {
		if m.at.Sure == workflow.About {
			p.say("; a ring and ≈ stand for an approximate time")
			break
		}
	}
	p.say(". Times are in UTC.</p>")
}

// unknown lists the milestones that have no place in the picture.
func (p *printer) unknown(s scene) {
	if len(s.unknown) == 0 {
		return
	}
	p.say(`<p class="unknown">Time not known: `)
	for i, m := range s.unknown {
		if i > 0 {
			p.say(", ")
		}
		p.say(`<bdi>`, escape(markdown.OneLine(m.name)), "</bdi> (", escape(markdown.OneLine(orElse(m.at.Typed, m.at.Clock(time.UTC)))), ")")
	}
	p.say(".</p>\n")
}

// layOut finds the places of the words above the bar. Where they find none over
// the whole width, the bar becomes short enough for all words to stand right of
// their lines.
func (d *drawing) layOut() {
	d.moments = d.moments[:min(len(d.moments), mostLabels)]
	d.wide = pictureWide - 2*edge
	shorter := d.wide
	for _, m := range d.moments {
		words := shortened(d.clockOf(m.at)+" "+markdown.OneLine(m.name), lettersHigh, labelWide-10)
		l := label{x: d.x(m.at.Time), wide: wideOf(words, lettersHigh) + 10}
		d.words, d.labels = append(d.words, words), append(d.labels, l)
		if part := (l.x - edge) / d.wide; part > 0 {
			shorter = min(shorter, (pictureWide-edge-l.wide-1)/part)
		}
	}
	rows, ok := placeLabels(d.labels, pictureWide)
	if !ok {
		d.wide = shorter
		for i, m := range d.moments {
			d.labels[i] = label{x: d.x(m.at.Time), wide: d.labels[i].wide}
		}
		rows, _ = placeLabels(d.labels, pictureWide)
	}
	d.bar = float64(rows)*rowHigh + dotRoom
	if d.impact.name != "" {
		d.bar += impactHigh + 3
	}
}

// x is where a moment lies between the edges.
func (d *drawing) x(t time.Time) float64 {
	whole := d.to.Unix() - d.from.Unix()
	if whole <= 0 {
		return edge
	}
	part := float64(t.Unix()-d.from.Unix()) / float64(whole)
	return edge + min(max(part, 0), 1)*d.wide
}

func (d *drawing) draw() string {
	high := d.bar + barHigh + ticksHigh + axisHigh
	d.put(`<svg class="picture" viewBox="0 0 720 `, number(high), `" role="img" aria-labelledby="picture-title picture-tells">`,
		`<title id="picture-title">Timeline of the incident</title><desc id="picture-tells">`, lettering(d.tells()), "</desc>\n")
	d.drawAxis()
	d.drawPhases()
	d.drawEntries()
	d.drawMoments()
	d.put("</svg>\n")
	return d.out.String()
}

func (d *drawing) put(pieces ...string) {
	for _, piece := range pieces {
		d.out.WriteString(piece)
	}
}

// drawPhases draws the bar, and above it how long users were hit.
func (d *drawing) drawPhases() {
	first, last := number(edge), number(d.wide)
	d.put(`<rect class="ground" x="`, first, `" y="`, number(d.bar), `" width="`, last, `" height="`, number(barHigh), `" rx="3"/>`, "\n")
	if d.impact.name != "" {
		x := d.x(d.impact.from)
		d.put(`<rect class="impact" x="`, number(x), `" y="`, number(d.bar-impactHigh-3), `" width="`, number(max(d.x(d.impact.to)-x, 2)),
			`" height="`, number(impactHigh), `" rx="2"/>`, "\n")
	}
	for i, ph := range d.phases {
		x := d.x(ph.from)
		wide := max(d.x(ph.to)-x, 0)
		if wide == 0 {
			continue
		}
		d.put(`<rect class="phase `, ph.kind, `" x="`, number(x), `" y="`, number(d.bar), `" width="`, number(wide), `" height="`, number(barHigh), `"/>`)
		if wide >= 14 {
			d.put(`<text class="number `, ph.kind, `" x="`, number(x+wide/2), `" y="`, number(d.bar+barHigh/2+4), `">`, strconv.Itoa(i+1), "</text>")
		}
		d.put("\n")
	}
}

// drawEntries draws a tick for each entry, but not two in one place.
func (d *drawing) drawEntries() {
	var path strings.Builder
	last := -1.0
	for _, t := range d.entries {
		x := float64(int(d.x(t)*2)) / 2
		if x != last {
			path.WriteString("M" + number(x) + " " + number(d.bar+barHigh+3) + "v" + number(ticksHigh-3))
			last = x
		}
	}
	if path.Len() > 0 {
		d.put(`<path class="entries" d="`, path.String(), `"/>`, "\n")
	}
}

// drawMoments draws the milestones: a line from the words down to the bar, and
// a dot at its foot. The lines come first, so that no line covers words.
func (d *drawing) drawMoments() {
	foot := d.bar + barHigh
	for i, m := range d.moments {
		x := d.labels[i].x
		d.put(`<path class="leader" d="M`, number(x), " ", number(d.top(i)), "V", number(foot), `"/>`)
		if m.at.IsRange() {
			d.put(`<path class="range" d="M`, number(x), " ", number(d.bar), "H", number(max(d.x(m.at.End), x+3)), `"/>`)
		}
	}
	d.put("\n")
	for i, m := range d.moments {
		class, l := "dot", d.labels[i]
		if m.at.Sure == workflow.About {
			class = "dot about"
		}
		at, anchor := l.x+5, "start"
		if l.left {
			at, anchor = l.x-5, "end"
		}
		d.put(`<circle class="`, class, `" cx="`, number(l.x), `" cy="`, number(d.bar), `" r="4"/>`,
			`<text text-anchor="`, anchor, `" x="`, number(at), `" y="`, number(d.top(i)+lettersHigh-2), `">`, lettering(d.words[i]), "</text>\n")
	}
}

// top is the upper edge of a label's row.
func (d *drawing) top(i int) float64 {
	lowest := d.bar - dotRoom - rowHigh
	if d.impact.name != "" {
		lowest -= impactHigh + 3
	}
	return lowest - float64(d.labels[i].row)*rowHigh
}

// lettering is words for the drawing. It is a part of the page, and escaped as such.
func lettering(words string) string { return escape(markdown.OneLine(words)) }

// number is a length with at most one digit behind the point, written alike on
// every machine.
func number(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}
