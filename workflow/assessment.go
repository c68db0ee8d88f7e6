package workflow

import "strings"

// AssessmentField is one of the lines of the incident assessment of step 1.
type AssessmentField string

// The fields that are typed; time and severity have their own place, and the
// communication lines follow from the updates.
const (
	Impact     AssessmentField = "impact"
	Symptoms   AssessmentField = "symptoms"
	Hypothesis AssessmentField = "hypothesis"
)

// AssessmentFields lists the typed fields in the user's order.
func AssessmentFields() []AssessmentField { return []AssessmentField{Impact, Symptoms, Hypothesis} }

// Assessment is the value of a field, as typed.
func (in Incident) Assessment(f AssessmentField) string { return in.Triage.assessment[f].Get() }

// AssessmentRegister is a field with its authors and clashes.
func (in Incident) AssessmentRegister(f AssessmentField) Register[string] {
	return in.Triage.assessment[f]
}

// Assess writes a field of the assessment.
type Assess struct {
	Field AssessmentField
	Text  string
}

func (a Assess) decide(in Incident, _ Env) ([]Body, error) {
	switch a.Field {
	case Impact, Symptoms, Hypothesis:
	default:
		return nil, refuseField("assessment.unknown", "field", "The assessment has impact, symptoms and hypothesis, not %q.", string(a.Field))
	}
	if a.Text == in.Assessment(a.Field) {
		return nil, refuse("assessment.same", "Nothing was changed.")
	}
	return []Body{Assessed(a)}, nil
}

// Assessed is a field of the assessment as typed.
type Assessed struct {
	Field AssessmentField `json:"field"`
	Text  string          `json:"text"`
}

// Kind is "assessment.written@1".
func (Assessed) Kind() Kind { return "assessment.written@1" }

func (a Assessed) apply(in *Incident, e Event) {
	if in.Triage.assessment == nil {
		in.Triage.assessment = map[AssessmentField]Register[string]{}
	}
	r := in.Triage.assessment[a.Field]
	r.set(in, e, a.Text)
	in.Triage.assessment[a.Field] = r
	name := "Assessment"
	if a.Field != "" {
		name = strings.ToUpper(string(a.Field[:1])) + string(a.Field[1:])
	}
	if strings.TrimSpace(a.Text) == "" {
		in.record(e, SystemEntry, name+" cleared")
		return
	}
	in.record(e, SystemEntry, name+": "+firstLine(a.Text))
}

// SetService names what is hit.
type SetService struct{ Service string }

func (s SetService) decide(in Incident, _ Env) ([]Body, error) {
	if strings.TrimSpace(s.Service) == in.Triage.Service.Get() {
		return nil, refuse("service.same", "Nothing was changed.")
	}
	return []Body{ServiceSet{Service: strings.TrimSpace(s.Service)}}, nil
}

// ServiceSet names what is hit.
type ServiceSet struct {
	Service string `json:"service"`
}

// Kind is "service.set@1".
func (ServiceSet) Kind() Kind { return "service.set@1" }

func (s ServiceSet) apply(in *Incident, e Event) {
	in.Triage.Service.set(in, e, s.Service)
	if s.Service != "" {
		in.record(e, SystemEntry, "Service: "+s.Service)
	}
}

func firstLine(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, "\r\n"); i >= 0 {
		return strings.TrimSpace(s[:i]) + " …"
	}
	return s
}
