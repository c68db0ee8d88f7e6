package specweave

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"firebreak/export/markdown"
)

// editable reads a page that may be written.
func editable(src []byte) (page, Spec, error) {
	p := readPage(src)
	if p.says != "" {
		return page{}, Spec{}, refuse(p.says)
	}
	return p, ReadSpec(src), nil
}

// sameBody reports that all sections and criteria are the same; where a
// criterion stands does not matter.
func sameBody(a, b Spec) bool {
	return slices.Equal(a.Sections, b.Sections) && sameCriteria(a.Criteria, b.Criteria)
}

func sameCriteria(a, b []Criterion) bool {
	return slices.EqualFunc(a, b, func(x, y Criterion) bool {
		x.Line, y.Line = 0, 0
		return x == y
	})
}

// SetCriteria ticks acceptance criteria or opens them: one byte each.
func SetCriteria(src []byte, done map[string]bool) ([]byte, error) {
	p, before, err := editable(src)
	if err != nil {
		return nil, err
	}
	out := src
	for _, id := range slices.Sorted(maps.Keys(done)) {
		at := slices.IndexFunc(p.criteria, func(c criterion) bool { return c.ID == id })
		if at < 0 {
			return nil, refuse("There is no criterion " + id + " in the file.")
		}
		c := p.criteria[at]
		if c.Fixed != "" {
			return nil, refuse(id + " cannot be ticked. " + c.Fixed)
		}
		if c.Done == done[id] {
			continue
		}
		sign := " "
		if done[id] {
			sign = "x"
		}
		out = splice(out, c.box.from, c.box.to, sign) // one byte for one: the others stay where they are
		before.Criteria[at].Done = done[id]
	}
	if after := ReadSpec(out); !sameCriteria(before.Criteria, after.Criteria) || !maps.Equal(before.Front, after.Front) ||
		len(before.Sections) != len(after.Sections) {
		return nil, refuse("The change would have changed other criteria too.")
	}
	return out, nil
}

// oneSection finds the section that an edit is about.
func (p page) oneSection(name string) (int, error) {
	at := -1
	for i, s := range p.sections {
		if s.name != name {
			continue
		}
		if at >= 0 {
			return 0, refuse("The section " + name + " stands there twice, so it is not clear which one is meant.")
		}
		at = i
	}
	if at < 0 {
		return 0, refuse("There is no section " + name + " in the file.")
	}
	return at, nil
}

// SetSection replaces the text of a section. Its heading and the empty lines
// around the text stay. The text is markdown that the caller has made safe; one
// that would reach beyond its section is refused.
func SetSection(src []byte, name, text string) ([]byte, error) {
	p, before, err := editable(src)
	if err != nil {
		return nil, err
	}
	at, err := p.oneSection(name)
	if err != nil {
		return nil, err
	}
	text = trimLines(text)
	if before.Sections[at].Text == text {
		return src, nil
	}
	s, end := p.sections[at], lineEnd(src)
	var out []byte
	switch {
	case text == "":
		out = splice(src, s.text.from, gapEnd(src, s), "")
	case s.text.from == s.text.to:
		out = insertBlock(src, s.start, text)
	default:
		out = splice(src, s.text.from, s.text.to, strings.ReplaceAll(text, "\n", end))
	}
	before.Sections[at].Text = text
	return checked(out, p.sameSections(before, out, at, text))
}

// gapEnd is where the empty lines behind a section's text end.
func gapEnd(src []byte, s section) int {
	if s.end < len(src) {
		return s.end
	}
	return len(src)
}

// trimLines leaves out the empty lines around a text and folds its line ends.
func trimLines(text string) string {
	text = strings.TrimRight(lineFeeds(text), " \t\r\n")
	for {
		line, rest, more := strings.Cut(text, "\n")
		if !more || strings.TrimSpace(line) != "" {
			return text
		}
		text = rest
	}
}

// sameSections reads an edited page again. want is the page as it was, with the
// one change made; what criteria the text brings is the caller's business, but
// all others must be as they were.
func (p page) sameSections(want Spec, out []byte, at int, text string) error {
	after := readPage(out)
	got := ReadSpec(out)
	if got.Says != "" || !slices.Equal(want.Sections, got.Sections) || !maps.Equal(want.Front, got.Front) || p.title != after.title {
		return refuse("The text would not stay inside of its section.")
	}
	if !slices.EqualFunc(p.outside(at), after.outside(at), func(a, b criterion) bool {
		return a.ID == b.ID && a.Text == b.Text && a.Done == b.Done && a.Fixed == b.Fixed
	}) {
		return refuse("The text would change what other sections say.")
	}
	return nil
}

// outside are the criteria that do not lie in the section at.
func (p page) outside(at int) []criterion {
	s := p.sections[at]
	return slices.DeleteFunc(slices.Clone(p.criteria), func(c criterion) bool { return c.at >= s.start && c.at < s.end })
}

// RenameSection gives a section another name, escaped as the app's own writer
// does it.
func RenameSection(src []byte, name, to string) ([]byte, error) {
	p, before, err := editable(src)
	if err != nil {
		return nil, err
	}
	at, err := p.oneSection(name)
	if err != nil || name == to {
		return src, err
	}
	if err := p.mayBeNamed(to); err != nil {
		return nil, err
	}
	heading := p.sections[at].heading
	out := splice(src, heading.from, heading.to, escaped("", to, markdown.SpecFile))
	before.Sections[at].Name = to
	return checked(out, p.sameSections(before, out, at, ""))
}

func (p page) mayBeNamed(name string) error {
	if name == "" || name != strings.TrimSpace(name) || strings.ContainsAny(name, "\r\n") {
		return refuse("A section's name is one line of text.")
	}
	if slices.ContainsFunc(p.sections, func(s section) bool { return s.name == name }) {
		return refuse("There is a section " + name + " in the file already.")
	}
	return nil
}

// InsertSection adds a section behind another; behind "" it comes last.
func InsertSection(src []byte, after, name, text string) ([]byte, error) {
	p, before, err := editable(src)
	if err != nil {
		return nil, err
	}
	if err := p.mayBeNamed(name); err != nil {
		return nil, err
	}
	at, end := len(p.sections), len(src)
	if after != "" {
		behind, err := p.oneSection(after)
		if err != nil {
			return nil, err
		}
		at, end = behind+1, p.sections[behind].end
	}
	text = trimLines(text)
	block := "## " + escaped("", name, markdown.SpecFile)
	if text != "" {
		block += "\n\n" + text
	}
	for end > 0 && len(bytes.TrimSpace(src[lineStart(src, end-1):end])) == 0 {
		end = lineStart(src, end-1)
	}
	out := insertBlock(src, end, block)
	before.Sections = slices.Insert(before.Sections, at, Section{Name: name, Text: text})
	p.sections = slices.Insert(p.sections, at, section{start: -1, end: -1})
	return checked(out, p.sameSections(before, out, at, text))
}
