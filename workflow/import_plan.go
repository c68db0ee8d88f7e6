package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// ImportPlan says what an import would do, before it is done.
type ImportPlan struct {
	Lines    []ImportLinePlan    // as they were asked for, and then the sections that become notes
	Sections []ImportSectionPlan // as they were asked for
	Entries  int                 // that would be new
	Notes    int                 // sections that would become new notes
	Written  int                 // sections that would go into the post-mortem
	Actions  int                 // action items that would be new
	There    int                 // what is in the incident already and is left out
	Says     []string            // sentences about what is not done as the document has it
}

// ImportLinePlan is what becomes of a line.
type ImportLinePlan struct {
	ReadLine        // its Milestone is the one that it will get
	There    bool   // it is in the timeline already
	Aside    bool   // kept, but no part of the post-mortem's timeline
	Says     string // why its milestone is not taken over; empty: nothing is left out
}

// ImportSectionPlan is what becomes of a section.
type ImportSectionPlan struct {
	ReadSection                // its Text is the whole section afterwards
	To          Section        // where it goes
	Note        bool           // into the timeline, as an entry at an unknown time
	Below       bool           // under what a person wrote there
	There       bool           // its text is there already
	Actions     []ImportAction // it is a list of action items
}

// ImportAction is an action item out of a section.
type ImportAction struct {
	Text  string
	Done  bool
	There bool
}

// PlanImport says what an import into this incident would do.
func (in Incident) PlanImport(w ImportReading) ImportPlan {
	var p ImportPlan
	notes := p.planSections(in, w.Sections)
	p.planLines(in, w.Lines, notes)
	p.There += countIf(p.Lines, func(l ImportLinePlan) bool { return l.There })
	p.Entries = countIf(p.Lines, func(l ImportLinePlan) bool { return !l.There && !l.Aside })
	p.Notes = countIf(p.Lines, func(l ImportLinePlan) bool { return !l.There && l.Aside })
	switch p.There {
	case 0:
	case 1:
		p.Says = append(p.Says, "1 part is in the incident already and is left out.")
	default:
		p.Says = append(p.Says, fmt.Sprintf("%d parts are in the incident already and are left out.", p.There))
	}
	return p
}

// Words counts what the import brings: "12 entries and 3 sections"; empty when
// it brings nothing.
func (p ImportPlan) Words() string { return amounts(p.Entries, p.Notes, p.Written, p.Actions) }

func countIf[T any](all []T, is func(T) bool) int {
	n := 0
	for _, one := range all {
		if is(one) {
			n++
		}
	}
	return n
}

// planLines finds what is there already and which milestones can be taken over.
func (p *ImportPlan) planLines(in Incident, lines []ImportLine, notes []ImportLinePlan) {
	known := in.knownLines()
	marks := in.freeMarks(lines)
	p.Lines = make([]ImportLinePlan, 0, len(lines)+len(notes))
	for i, line := range lines {
		l := ImportLinePlan{ReadLine: line.ReadLine}
		if l.At == (Stamp{}) {
			l.At = UnknownStamp("")
		}
		if l.Kind == "" {
			l.Kind = NoteEntry
		}
		l.Links = slices.Clone(l.Links)
		l.There = known.take(l.At, l.Text)
		if why := marks[i]; why != "" {
			l.Milestone, l.Says = "", why
			if !l.There {
				p.Says = append(p.Says, fmt.Sprintf("Line %d: %s", l.Line, why))
			}
		}
		p.Lines = append(p.Lines, l)
	}
	for _, note := range notes {
		note.There = known.take(note.At, note.Text)
		p.Lines = append(p.Lines, note)
	}
}

// freeMarks answers, for each line whose milestone cannot be taken over, why.
func (in Incident) freeMarks(lines []ImportLine) map[int]string {
	why := map[int]string{}
	taken := map[Milestone]int{}
	for i, line := range lines {
		if line.Milestone != "" && line.Chosen {
			taken[line.Milestone] = i // of several that a person chose, the last word holds
		}
	}
	for i, line := range lines {
		m := line.Milestone
		if m == "" {
			continue
		}
		moment, known := in.Playbook.Moment(m)
		first, other := taken[m]
		switch {
		case !known:
			why[i] = fmt.Sprintf("The playbook knows no milestone “%s”, so it is an ordinary entry.", m)
		case m == AllClear && !in.Past:
			why[i] = "The all-clear has a gate of its own, so this is an ordinary entry. Declare the all-clear when the gate is open."
		case other && first != i:
			why[i] = fmt.Sprintf("Line %d marks “%s”, so this is an ordinary entry.", lines[first].Line, moment.Name)
		case !line.Chosen && in.Reached(m):
			why[i] = fmt.Sprintf("“%s” is marked already, so this is an ordinary entry.", moment.Name)
		default:
			taken[m] = i
		}
	}
	return why
}

// planSections decides where each section goes. The notes among them come back
// as lines.
func (p *ImportPlan) planSections(in Incident, sections []ImportSection) (notes []ImportLinePlan) {
	texts := map[Section]string{}
	for _, want := range sections {
		s := ImportSectionPlan{ReadSection: want.ReadSection, Note: want.Note, To: in.placeOf(want)}
		s.Text = strings.TrimSpace(s.Text)
		if s.To == ActionsSection && !s.Note {
			s.Actions = in.newActions(s.Text)
		}
		switch {
		case s.Text == "":
			s.There = true
		case len(s.Actions) > 0:
			there := countIf(s.Actions, func(a ImportAction) bool { return a.There })
			p.Actions += len(s.Actions) - there
			p.There += there
			s.There = there == len(s.Actions)
		case s.Note || s.To == "" || s.To.Generated():
			s.Note, s.To = true, ""
			notes = append(notes, s.note())
		default:
			p.planText(in, &s, texts, want.Section != s.To)
		}
		p.Sections = append(p.Sections, s)
	}
	return notes
}

// planText puts a section's text where it goes: alone, or below what a person
// or an earlier section of the same document wrote there.
func (p *ImportPlan) planText(in Incident, s *ImportSectionPlan, texts map[Section]string, foreign bool) {
	before, begun := texts[s.To]
	if !begun {
		before, s.Below = in.Written(s.To)
		s.Below = s.Below && strings.TrimSpace(before) != ""
	}
	if strings.Contains(before, s.Text) {
		s.There = true
		p.There++
		return
	}
	if foreign || strings.TrimSpace(before) != "" {
		s.Text = s.headed()
	}
	if strings.TrimSpace(before) != "" {
		s.Text = strings.TrimRight(before, "\n ") + "\n\n" + s.Text
	}
	p.Written++
	if s.Below {
		p.Says = append(p.Says, fmt.Sprintf("%s goes below what is written in %s; what is there stays.", s.Name(), in.Playbook.sectionName(s.To)))
	}
	texts[s.To] = s.Text
}

// placeOf is where a section goes. One that maps nowhere goes to the related
// documents, or becomes a note where the playbook has no such section.
func (in Incident) placeOf(want ImportSection) Section {
	has := func(s Section) bool {
		return slices.ContainsFunc(in.Playbook.Review.Sections, func(policy SectionPolicy) bool { return policy.ID == s })
	}
	switch {
	case want.Note:
		return ""
	case want.Section != "" && has(want.Section):
		return want.Section
	case has(RelatedSection):
		return RelatedSection
	default:
		return ""
	}
}

// Name is what a section is called: its heading, or where it stands.
func (s ReadSection) Name() string {
	if heading := oneLine(s.Heading); heading != "" {
		return "“" + heading + "”"
	}
	return fmt.Sprintf("The text from line %d", s.Line)
}

// headed is a section's text under its heading, which is no heading any more:
// the post-mortem has its own.
func (s ImportSectionPlan) headed() string {
	heading := strings.TrimSpace(strings.NewReplacer("*", `\*`, "\n", " ").Replace(s.Heading))
	if heading == "" {
		return s.Text
	}
	return "**" + heading + "**\n\n" + s.Text
}

func (s ImportSectionPlan) note() ImportLinePlan {
	return ImportLinePlan{Aside: true, ReadLine: ReadLine{
		Line: s.Line, At: UnknownStamp(""), Text: s.headed(), Kind: NoteEntry, Sure: SureLine,
	}}
}

// lineKey is what two entries have in common that are the same.
type lineKey struct {
	at    time.Time
	typed string // of a time of which nothing is known
	text  string
}

func keyOf(at Stamp, text string) lineKey {
	k := lineKey{at: at.Time.UTC(), text: strings.Join(strings.Fields(text), " ")}
	if at.Time.IsZero() {
		k.typed = at.Typed
	}
	return k
}

// knownLines are the entries that are there, by what they say now and by what
// they said at first: a correction does not make an entry another one.
type knownLines struct {
	at   map[lineKey][]int
	used []bool
}

func (in Incident) knownLines() *knownLines {
	k := &knownLines{at: make(map[lineKey][]int, len(in.Timeline.entries)), used: make([]bool, len(in.Timeline.entries))}
	for i, e := range in.Timeline.entries {
		now := keyOf(e.At.Get(), e.Text.Get())
		k.at[now] = append(k.at[now], i)
		if e.Edits == 0 {
			continue
		}
		if first := keyOf(e.First.At, e.Original); first != now {
			k.at[first] = append(k.at[first], i)
		}
	}
	return k
}

// take says whether an entry is there, and counts it once: a document that
// says the same twice is not its own double.
func (k *knownLines) take(at Stamp, text string) bool {
	for _, i := range k.at[keyOf(at, text)] {
		if !k.used[i] {
			k.used[i] = true
			return true
		}
	}
	return false
}
