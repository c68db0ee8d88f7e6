package session

import (
	"context"
	"fmt"
	"time"

	"firebreak/workflow"
)

// Import is a document that somebody looks at before anything of it is taken
// over. It is a value: a choice makes a new one.
type Import struct {
	Name    string
	Busy    bool   // it is being read
	Says    string // why it cannot be read
	As      workflow.ReadAs
	Reading workflow.Reading

	Lines    []LinePick    // one for each line of the reading
	Rest     []bool        // the texts that were not understood and are taken as notes
	Sections []SectionPick // one for each section of the reading

	Past     bool   // as an incident of the past of its own, not into the open one
	Title    string // of an incident of the past
	Severity string // of an incident of the past, "" is undecided

	Choice int // grows with every choice, so that a screen knows when to look again
	Shape  int // grows with every choice but those of what is taken
}

// LinePick is what a person wants of a line.
type LinePick struct {
	Take      bool
	Milestone workflow.Milestone
	Chosen    bool // a person gave it its milestone
}

// SectionPick is what a person wants of a section.
type SectionPick struct {
	Take bool
	Note bool
	To   workflow.Section
}

// importJob is the key that documents are read under: the newest wins.
const importJob = "import"

// ReadImport reads a document and shows what was understood. Nothing of it is
// taken over yet.
func (d *Desk) ReadImport(in Incoming) {
	if d.end.asked {
		d.complain(errClosing)
		return
	}
	d.paper = Paper{}
	d.state.Import = &Import{Name: in.Name, Busy: true, Past: !d.state.Incident.Open(), Choice: d.nextChoice()}
	hands, now := d.hands, d.clock.Now()
	d.Run(importJob, func(ctx context.Context) (func(), error) {
		paper, err := ReadPaper(in)
		if err != nil {
			return nil, err
		}
		reading, err := understand(ctx, hands, paper, workflow.ReadAs{}, now)
		return func() {
			d.paper = paper
			d.changeImport(func(i *Import) {
				i.Title = reading.IncidentTitle()
				i.Severity = d.state.Policy.LevelIn(reading.Severity)
				i.put(reading)
			})
		}, err
	}, d.readImport)
	d.show()
}

func understand(ctx context.Context, hands Hands, paper Paper, as workflow.ReadAs, now time.Time) (workflow.Reading, error) {
	if hands == nil {
		return workflow.Reading{}, sentence("Documents cannot be read here. Nothing was changed.")
	}
	if err := ctx.Err(); err != nil { // a newer choice was made already
		return workflow.Reading{}, err
	}
	reading, err := hands.Understand(ctx, paper, as, now)
	if paper.Note != "" {
		reading.Notes = append(reading.Notes, paper.Note)
	}
	return reading, err
}

// readImport shows why a document could not be read.
func (d *Desk) readImport(err error) {
	if err != nil {
		d.changeImport(func(i *Import) { i.Busy, i.Says = false, err.Error() })
	}
}

// ReadImportAs reads the document again with what a person says about its
// times. What was chosen of its lines stays chosen.
func (d *Desk) ReadImportAs(as workflow.ReadAs) {
	now := d.state.Import
	if now == nil || now.As == as || d.paper.Text == nil {
		return
	}
	paper, hands, at := d.paper, d.hands, d.clock.Now()
	d.changeImport(func(i *Import) { i.As, i.Busy, i.Says = as, true, "" })
	d.Run(importJob, func(ctx context.Context) (func(), error) {
		reading, err := understand(ctx, hands, paper, as, at)
		return func() { d.changeImport(func(i *Import) { i.put(reading) }) }, err
	}, d.readImport)
}

// changeImport shows another version of the import, if it is still there.
func (d *Desk) changeImport(change func(*Import)) {
	d.takeOfImport(func(i *Import) {
		i.Shape = i.Choice
		change(i)
	})
}

// takeOfImport is changeImport for what only says what is taken.
func (d *Desk) takeOfImport(change func(*Import)) {
	if d.state.Import == nil {
		return
	}
	next := *d.state.Import
	next.Choice = d.nextChoice()
	change(&next)
	d.state.Import = &next
	d.show()
}

func (d *Desk) nextChoice() int {
	d.choices++
	return d.choices
}

// put takes a reading in; what was chosen of the one before stays.
func (i *Import) put(r workflow.Reading) {
	before := i.picks()
	i.Reading, i.Busy, i.Says = r, false, ""
	i.Lines = make([]LinePick, len(r.Lines))
	for n, line := range r.Lines {
		i.Lines[n] = LinePick{Take: true, Milestone: line.Milestone}
		if was, chosen := before.lines[line.Line]; chosen && before.texts[line.Line] == line.Text {
			i.Lines[n].Take = was.Take
			if was.Chosen {
				i.Lines[n] = was
			}
		}
	}
	i.Rest = make([]bool, len(r.Rest))
	for n, rest := range r.Rest {
		i.Rest[n] = before.rest[rest.Line]
	}
	i.Sections = make([]SectionPick, len(r.Sections))
	for n, section := range r.Sections {
		i.Sections[n] = SectionPick{Take: true, To: section.Section}
		if was, chosen := before.sections[section.Line]; chosen {
			i.Sections[n] = was
		}
	}
}

// picks are choices by the line of the document.
type picks struct {
	lines    map[int]LinePick
	texts    map[int]string
	rest     map[int]bool
	sections map[int]SectionPick
}

func (i *Import) picks() picks {
	p := picks{map[int]LinePick{}, map[int]string{}, map[int]bool{}, map[int]SectionPick{}}
	for n, pick := range i.Lines {
		p.lines[i.Reading.Lines[n].Line], p.texts[i.Reading.Lines[n].Line] = pick, i.Reading.Lines[n].Text
	}
	for n, pick := range i.Rest {
		p.rest[i.Reading.Rest[n].Line] = pick
	}
	for n, pick := range i.Sections {
		p.sections[i.Reading.Sections[n].Line] = pick
	}
	return p
}

// Want is the request for what is chosen.
func (i Import) Want() workflow.ImportReading {
	return i.want(func(take bool) bool { return take })
}

// All is the request for everything, whether chosen or not.
func (i Import) All() workflow.ImportReading {
	return i.want(func(bool) bool { return true })
}

func (i Import) want(wanted func(bool) bool) workflow.ImportReading {
	r := i.Reading
	out := workflow.ImportReading{
		Source: r.Source, Form: r.Form, Title: r.Title, As: i.As,
		Lines: make([]workflow.ImportLine, 0, len(r.Lines)+len(r.Rest)),
	}
	for n, line := range r.Lines {
		if pick := i.Lines[n]; wanted(pick.Take) {
			line.Milestone = pick.Milestone
			out.Lines = append(out.Lines, workflow.ImportLine{ReadLine: line, Chosen: pick.Chosen})
		}
	}
	for n, rest := range r.Rest {
		if wanted(i.Rest[n]) {
			out.Lines = append(out.Lines, workflow.ImportLine{ReadLine: rest.AsLine()})
		}
	}
	for n, section := range r.Sections {
		if pick := i.Sections[n]; wanted(pick.Take) {
			section.Section = pick.To
			out.Sections = append(out.Sections, workflow.ImportSection{ReadSection: section, Note: pick.Note})
		}
	}
	return out
}

// ImportPlan says what a request would do: to the incident on the desk, or as one of
// the past.
func (st State) ImportPlan(want workflow.ImportReading) workflow.ImportPlan {
	if st.Import != nil && st.Import.Past {
		return st.past(want).Plan()
	}
	return st.Incident.PlanImport(want)
}

func (st State) past(want workflow.ImportReading) workflow.ImportIncident {
	return workflow.ImportIncident{
		Title: st.Import.Title, Severity: st.Import.Severity, Playbook: st.Policy, Sample: st.Sample, Import: want,
	}
}

// TakeImport takes over what is chosen, as one change. The document stays on
// the desk when that is refused.
func (d *Desk) TakeImport(done func(error)) {
	now := d.state.Import
	if now == nil || now.Busy {
		d.answer(done, sentence("There is no document to import yet. Choose a file, or paste a text."))
		return
	}
	want := workflow.Intent(now.Want())
	if now.Past {
		want = d.state.past(now.Want())
	}
	d.Do(want, func(err error) {
		if err == nil {
			d.CloseImport()
			d.offer(importedWords(d.state.Incident))
		}
		d.answer(done, err)
	})
}

// importedWords is what the newest import brought, and the way back.
func importedWords(in workflow.Incident) string {
	says := "Imported"
	in.EachEvent(func(e *workflow.Event) bool {
		if _, is := e.Body.(workflow.DocumentImported); is {
			says = workflow.Describe(*e, in.Playbook)
		}
		return true
	})
	return fmt.Sprintf("%s. Undo takes it back.", says)
}

// CloseImport puts the document away. Nothing of it was taken over.
func (d *Desk) CloseImport() {
	d.drop(importJob)
	d.paper = Paper{}
	d.state.Import = nil
	d.show()
}
