package specweave

import "strings"

// Overview is one increment at a glance, for a list of hundreds.
type Overview struct {
	ID, Title, Type, Status, RawStatus, Priority, Incident string
	Tasks, Done, Criteria, Met                             int
	Says                                                   []string // what is wrong with its files, a sentence each
}

// Glance reads three files of the increment in the folder id. A file that is
// not there is nil. It never fails: what cannot be read is said.
func Glance(id string, metadata, spec, tasks []byte) Overview {
	o := Overview{ID: id}
	o.metadata(metadata)
	o.spec(spec)
	o.tasks(tasks)
	if o.Title == "" {
		o.Title = id
	}
	if o.Type != "" {
		o.Type = Kind(o.Type)
	}
	o.Status, _ = State(o.RawStatus)
	return o
}

func (o *Overview) says(text string) { o.Says = append(o.Says, text) }

func (o *Overview) metadata(src []byte) {
	if src == nil {
		o.says("There is no metadata.json.")
		return
	}
	list, err := membersOf(src)
	if err != nil {
		o.says(err.Error())
		return
	}
	m := metadataOf(src, list)
	o.Title, o.Type, o.RawStatus, o.Priority, o.Incident = m.Title, m.Type, m.Status, m.Priority, m.Incident
	// SpecWeave takes a bare number for the folder that begins with it.
	if m.ID != "" && m.ID != o.ID && strings.Trim(m.ID, "0123456789") != "" {
		o.says("metadata.json says that this is " + m.ID + ". SpecWeave cannot show any increment until that is mended.")
	}
}

// spec counts, and fills in what metadata.json does not say.
func (o *Overview) spec(src []byte) {
	if src == nil {
		o.says("There is no spec.md.")
		return
	}
	p := readPage(src)
	if p.says != "" {
		o.says("spec.md: " + p.says)
	}
	front, says := map[string]string(nil), ""
	if unreadable(src) == "" {
		front, says = readFront(src)
	}
	if says != "" {
		o.says("spec.md: " + says)
	}
	fill := func(to *string, value string) {
		if *to == "" {
			*to = value
		}
	}
	fill(&o.Title, front["title"])
	fill(&o.Title, p.title)
	fill(&o.Type, front["type"])
	fill(&o.RawStatus, front["status"])
	fill(&o.Priority, front["priority"])
	o.Criteria = len(p.criteria)
	for _, c := range p.criteria {
		if c.Done {
			o.Met++
		}
	}
}

func (o *Overview) tasks(src []byte) {
	if src == nil {
		o.says("There is no tasks.md.")
		return
	}
	found, says := findTasks(src)
	if says != "" {
		o.says("tasks.md: " + says)
	}
	o.Tasks = len(found)
	for _, t := range found {
		if t.Done {
			o.Done++
		}
	}
}
