package specweave

import (
	"bytes"
	"slices"
)

// Spec is a spec.md as read; plan.md and every other page with sections reads
// the same way.
type Spec struct {
	Front     map[string]string // the plain values, as YAML understood them
	Sections  []Section
	Criteria  []Criterion
	Says      string // why the file must not be written; "" when it may be
	FrontSays string // why the front matter cannot be read; the body is read all the same
}

// Section is what stands below a heading of level 2, up to the next of level 1
// or 2, without the empty lines around it and with plain line ends.
type Section struct{ Name, Text string }

// Criterion is one acceptance criterion.
type Criterion struct {
	ID, Text string
	Done     bool
	Line     int    // from 1
	Fixed    string // why it cannot be ticked from here; "" when it can
}

// ReadSpec reads what can be read, whatever else the file holds.
func ReadSpec(src []byte) Spec {
	page := readPage(src)
	spec := Spec{Says: page.says}
	if unreadable(src) != "" {
		return spec
	}
	spec.Front, spec.FrontSays = readFront(src)
	for _, s := range page.sections {
		spec.Sections = append(spec.Sections, Section{s.name, lineFeeds(string(s.text.of(src)))})
	}
	for _, c := range page.criteria {
		spec.Criteria = append(spec.Criteria, c.Criterion)
	}
	return spec
}

// Section gives the first section of exactly this name.
func (s Spec) Section(name string) (Section, bool) {
	for _, one := range s.Sections {
		if one.Name == name {
			return one, true
		}
	}
	return Section{}, false
}

// Criterion gives the first criterion with this id.
func (s Spec) Criterion(id string) (Criterion, bool) {
	for _, one := range s.Criteria {
		if one.ID == id {
			return one, true
		}
	}
	return Criterion{}, false
}

// page is a document with the places where its values were read.
type page struct {
	title    string // its first heading of level 1
	sections []section
	criteria []criterion
	says     string
}

type section struct {
	name    string
	heading span
	ruled   bool // its heading is a line with dashes below
	start   int  // where the line behind the heading begins
	end     int  // where the next heading begins
	text    span
}

type criterion struct {
	Criterion
	boxed bool
	box   span
	at    int
}

// readPage is the one reader of spec.md and plan.md; everything else asks it.
func readPage(src []byte) page {
	p := page{says: guard(src)}
	if unreadable(src) != "" {
		return p
	}
	start, _ := body(src)
	marks, unclear := marksOf(src, start)
	if p.says == "" {
		p.says = unclear
	}
	for _, m := range marks {
		switch m.kind {
		case heading, underline:
			p.heading(src, m)
		case item:
			p.item(src, m)
		}
	}
	p.close(src, len(src))
	p.fix()
	return p
}

// fix says of the criteria that cannot be ticked why not. Where one has a box,
// the items of its name without a box only speak about it.
func (p *page) fix() {
	boxed, first := map[string]bool{}, map[string]int{}
	for _, c := range p.criteria {
		boxed[c.ID] = boxed[c.ID] || c.boxed
	}
	p.criteria = slices.DeleteFunc(p.criteria, func(c criterion) bool { return !c.boxed && boxed[c.ID] })
	for i := range p.criteria {
		c := &p.criteria[i]
		if !c.boxed {
			c.Fixed = "It has no box."
		}
		if before, twice := first[c.ID]; twice {
			says := c.ID + " stands there twice, so it is not clear which one is meant."
			c.Fixed, p.criteria[before].Fixed = says, says
			continue
		}
		first[c.ID] = i
	}
}

func (p *page) heading(src []byte, m mark) {
	if m.level > 2 {
		return
	}
	p.close(src, lineStart(src, m.from))
	text := span{m.from, m.to}
	if m.level == 1 {
		if p.title == "" {
			p.title = plain(text.of(src))
		}
		return
	}
	s := section{name: plain(text.of(src)), heading: text, ruled: m.kind == underline, start: nextLine(src, m.to), end: -1}
	if s.ruled {
		s.start = nextLine(src, s.start)
	}
	p.sections = append(p.sections, s)
}

// close ends the section that is open, if one is.
func (p *page) close(src []byte, at int) {
	if len(p.sections) == 0 || p.sections[len(p.sections)-1].end >= 0 {
		return
	}
	s := &p.sections[len(p.sections)-1]
	s.end = at
	from, to := s.start, at
	for from < to {
		next := min(nextLine(src, from), to)
		if len(bytes.TrimSpace(src[from:next])) > 0 {
			break
		}
		from = next
	}
	for to > from && isBlank(src[to-1]) {
		to--
	}
	s.text = span{from, to}
}

// item reads "- [ ] **AC-US1-01**: text", with or without bold type and a
// priority in front of the colon. Without a box there must be a colon: else the
// item is about a criterion, and is none.
func (p *page) item(src []byte, m mark) {
	text := span{m.from, m.to}
	inner, rest, boxed := itemBox(src, text)
	if !boxed {
		rest = text
	}
	id, words, named := criterionHead(rest.of(src))
	if id == "" || !boxed && !named {
		return
	}
	p.criteria = append(p.criteria, criterion{
		Criterion: Criterion{ID: id, Text: plain(words), Line: m.line, Done: boxed && ticked(src, inner)},
		boxed:     boxed, box: inner, at: m.from,
	})
}

// criterionHead reads the id and the words; named says that a colon parts them.
func criterionHead(text []byte) (id string, words []byte, named bool) {
	bold := bytes.HasPrefix(text, []byte("**"))
	if bold {
		text = text[2:]
	}
	end := criterionID(text)
	if end < 0 {
		return "", nil, false
	}
	id, text = string(text[:end]), text[end:]
	rest := text
	if bold && bytes.HasPrefix(rest, []byte("**")) {
		bold, rest = false, rest[2:]
	}
	rest = priority(rest)
	for len(rest) > 0 {
		switch {
		case bold && bytes.HasPrefix(rest, []byte("**")):
			bold, rest = false, rest[2:]
			continue
		case rest[0] == ':' && !named:
			named, rest = true, rest[1:]
			continue
		}
		break
	}
	if bold {
		rest = bytes.TrimSuffix(rest, []byte("**"))
	}
	return id, bytes.TrimSpace(rest), named
}

// priority leaves out a " (P0)" if one is next.
func priority(text []byte) []byte {
	open := bytes.TrimLeft(text, " ")
	if len(open) >= 4 && open[0] == '(' && open[1] == 'P' && isDigit(open[2]) && open[3] == ')' {
		return open[4:]
	}
	return text
}
