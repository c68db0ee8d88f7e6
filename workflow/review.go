package workflow

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Review is the post-mortem as far as people have written it, and the action
// items that live on after the incident. What is drafted from the log is never
// stored: see Draft.
type Review struct {
	written   map[Section]Register[string]
	files     map[Section][]File // shared, never changed in place
	state     Register[ReviewState]
	scheduled Register[Meeting]
	actions   []ActionItem
	Exports   []Export
}

func (r Review) clone() Review {
	r.written = maps.Clone(r.written)
	r.files = maps.Clone(r.files)
	r.actions = slices.Clone(r.actions)
	r.Exports = slices.Clip(r.Exports)
	return r
}

// Section names a section of the post-mortem.
type Section string

// The sections. The first six are the user's document; they always appear.
const (
	SummarySection       Section = "summary"
	TimelineSection      Section = "timeline"
	RootCauseSection     Section = "root-cause"
	ImpactSection        Section = "impact"
	LessonsSection       Section = "lessons"
	ActionsSection       Section = "actions"
	DetectionSection     Section = "detection"
	ResponseSection      Section = "response"
	DecisionSection      Section = "decision"
	TriggerSection       Section = "trigger"
	ContributingSection  Section = "contributing"
	ResolutionSection    Section = "resolution"
	VerificationSection  Section = "verification"
	MetricsSection       Section = "metrics"
	WentWellSection      Section = "went-well"
	WentWrongSection     Section = "went-wrong"
	LuckySection         Section = "lucky"
	QuestionsSection     Section = "open-questions"
	CommunicationSection Section = "communications"
	RelatedSection       Section = "related"
	RedactionsSection    Section = "redactions"
)

// KnownSections lists every section that a playbook may name.
func KnownSections() []Section {
	return []Section{
		SummarySection, TimelineSection, RootCauseSection, ImpactSection, LessonsSection, ActionsSection, DetectionSection,
		ResponseSection, DecisionSection, TriggerSection, ContributingSection, ResolutionSection, VerificationSection,
		MetricsSection, WentWellSection, WentWrongSection, LuckySection, QuestionsSection, CommunicationSection,
		RelatedSection, RedactionsSection,
	}
}

// Generated says whether a section always follows from the log: nobody writes
// its text, people correct the log instead.
func (s Section) Generated() bool {
	switch s {
	case TimelineSection, ActionsSection, MetricsSection:
		return true
	default:
		return false
	}
}

// Written is what a person wrote into a section; ok is false when the draft
// still stands. What a person wrote is never regenerated over.
func (in Incident) Written(s Section) (text string, ok bool) {
	r := in.Review.written[s]
	return r.Get(), r.Set()
}

// WriteSection writes a section of the post-mortem.
type WriteSection struct {
	Section Section
	Text    string // markdown
}

func (w WriteSection) decide(in Incident, _ Env) ([]Body, error) {
	if !slices.Contains(KnownSections(), w.Section) {
		return nil, refuseField("section.unknown", "section", "The post-mortem has no section %q.", string(w.Section))
	}
	if w.Section.Generated() {
		return nil, refuseField("section.generated", "section", "This section follows from the log. Correct the timeline, the stamps or the action items instead.")
	}
	if in.Review.State() == Final {
		return nil, refuse("review.final", "The post-mortem is final. Open it again first; that is put on record.")
	}
	old, set := in.Written(w.Section)
	if set && old == w.Text || !set && w.Text == in.Draft(w.Section) {
		return nil, refuse("section.same", "Nothing was changed.")
	}
	return []Body{SectionWritten(w)}, nil
}

// SectionWritten is a section as a person wrote it.
type SectionWritten struct {
	Section Section `json:"section"`
	Text    string  `json:"text"`
}

// Kind is "section.written@1".
func (SectionWritten) Kind() Kind { return "section.written@1" }

func (w SectionWritten) apply(in *Incident, e Event) {
	if in.Review.written == nil {
		in.Review.written = map[Section]Register[string]{}
	}
	r := in.Review.written[w.Section]
	r.set(in, e, w.Text)
	in.Review.written[w.Section] = r
}

// ReviewState is how far the post-mortem is.
type ReviewState string

// The states of the post-mortem.
const (
	Drafted  ReviewState = "draft"
	InReview ReviewState = "in review"
	Final    ReviewState = "final"
)

// State is how far the post-mortem is.
func (r Review) State() ReviewState {
	if s := r.state.Get(); s != "" {
		return s
	}
	return Drafted
}

// SetReview moves the post-mortem on, or opens a final one again with a reason.
type SetReview struct {
	State  ReviewState
	Reason string
}

func (s SetReview) decide(in Incident, _ Env) ([]Body, error) {
	now := in.Review.State()
	switch {
	case s.State != Drafted && s.State != InReview && s.State != Final:
		return nil, refuseField("review.state", "state", "A post-mortem is a draft, in review, or final.")
	case s.State == now:
		return nil, refuse("review.same", "The post-mortem is %s already.", now)
	case now == Final && strings.TrimSpace(s.Reason) == "":
		return nil, refuseField("review.reason-missing", "reason", "Say why the final post-mortem is opened again.")
	case s.State == Final && in.Open():
		return nil, refuse("review.fire", "The fire still burns. Declare the all-clear before the post-mortem becomes final.")
	}
	return []Body{ReviewMoved{State: s.State, Reason: strings.TrimSpace(s.Reason)}}, nil
}

// ReviewMoved is a new state of the post-mortem.
type ReviewMoved struct {
	State  ReviewState `json:"state"`
	Reason string      `json:"reason,omitempty"`
}

// Kind is "review.moved@1".
func (ReviewMoved) Kind() Kind { return "review.moved@1" }

func (m ReviewMoved) apply(in *Incident, e Event) {
	in.Review.state.set(in, e, m.State)
	text := "Post-mortem is " + string(m.State)
	if m.Reason != "" {
		text += ": " + m.Reason
	}
	in.record(e, SystemEntry, text)
}

// Meeting is when the post-mortem takes place.
type Meeting struct {
	When  Stamp  `json:"when"`
	Owner string `json:"owner,omitempty"`
}

// Scheduled is the meeting; ok is false before there is one.
func (r Review) Scheduled() (Meeting, bool) { return r.scheduled.Get(), r.scheduled.Set() }

// Schedule sets the post-mortem's date. It's fixed, let's move on: no.
type Schedule struct {
	When  Stamp // zero: the playbook's time after now
	Owner string
}

func (s Schedule) decide(in Incident, env Env) ([]Body, error) {
	when := s.When
	if when == (Stamp{}) {
		after := in.Playbook.Review.DueAfter
		if after == 0 {
			after = 24 * time.Hour
		}
		later := env
		later.Now = env.Now.Add(after)
		when = later.stamp()
	}
	if !when.Known() {
		return nil, refuseField("schedule.when", "at", "Say when, such as: tomorrow's date and 10:00.")
	}
	owner := strings.TrimSpace(s.Owner)
	if owner == "" {
		owner = env.Actor
	}
	return []Body{MeetingSet{Meeting{When: when, Owner: owner}}}, nil
}

// MeetingSet is a date for the post-mortem.
type MeetingSet struct{ Meeting }

// Kind is "review.scheduled@1".
func (MeetingSet) Kind() Kind { return "review.scheduled@1" }

func (m MeetingSet) apply(in *Incident, e Event) {
	in.Review.scheduled.set(in, e, m.Meeting)
	in.record(e, SystemEntry, "Post-mortem scheduled for "+m.When.Full(time.UTC)+" with "+m.Owner)
}

func proveScheduled(in Incident) Finding {
	h, ok := in.Review.scheduled.Head()
	if !ok {
		return Finding{Missing: "Schedule the post-mortem"}
	}
	return Finding{Holds: true, Says: "scheduled for " + h.Value.When.Full(time.UTC), At: h.At}
}

// Export is a document written to disk from here.
type Export struct {
	Document string `json:"document"` // "post-mortem", "increment"
	Root     string `json:"root"`
	Path     string `json:"path"` // below the root, with slashes
	At       Stamp  `json:"-"`
}

// RecordExport says that a document was written.
type RecordExport struct{ Export Export }

func (r RecordExport) decide(Incident, Env) ([]Body, error) {
	if r.Export.Path == "" {
		return nil, refuse("export.path", "An export needs the path that was written.")
	}
	return []Body{Exported{r.Export}}, nil
}

// Exported is a document on disk.
type Exported struct{ Export }

// Kind is "document.exported@1".
func (Exported) Kind() Kind { return "document.exported@1" }

func (x Exported) apply(in *Incident, e Event) {
	export := x.Export
	export.At = e.At
	in.Review.Exports = append(in.Review.Exports, export)
	in.record(e, SystemEntry, "Exported the "+x.Document+": "+x.Path)
}
