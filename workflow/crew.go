package workflow

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Crew is who does what in this incident, and since when.
type Crew struct {
	roles       map[string]Register[Holder]
	Handoffs    []HandOffRecord
	Assignments []Assignment
}

// Holder is who has a role. Nobody has it when Person is empty.
type Holder struct {
	Person string    `json:"person"`
	Since  time.Time `json:"since"` // UTC
}

func (c Crew) clone() Crew {
	c.roles = maps.Clone(c.roles)
	c.Handoffs = slices.Clip(c.Handoffs)
	c.Assignments = slices.Clone(c.Assignments)
	return c
}

// Holder is who has a role; the zero Holder when nobody has.
func (in Incident) Holder(role string) Holder { return in.Crew.roles[role].Get() }

// Unclaimed lists the playbook's roles that nobody has.
func (in Incident) Unclaimed() []RolePolicy {
	var out []RolePolicy
	for _, r := range in.Playbook.Roles {
		if in.Holder(r.ID).Person == "" {
			out = append(out, r)
		}
	}
	return out
}

// OnDuty is how long the incident commander has been in command.
func (in Incident) OnDuty(now time.Time) time.Duration {
	h := in.Holder(Commander)
	if h.Person == "" || !in.Open() {
		return 0
	}
	return max(now.Sub(h.Since), 0)
}

// Claim takes a role, or gives it to somebody. Command changes hands only
// through a hand-off once somebody has it.
type Claim struct{ Role, Person string }

func (c Claim) decide(in Incident, env Env) ([]Body, error) {
	role, known := in.Playbook.Role(c.Role)
	if !known {
		return nil, refuseField("role.unknown", "role", "The playbook knows no role %q.", c.Role)
	}
	person := strings.TrimSpace(c.Person)
	if person == "" {
		person = env.Actor
	}
	has := in.Holder(c.Role).Person
	if person == "" {
		return nil, refuseField("role.person-missing", "person", "Name who is %s.", strings.ToLower(role.Name))
	}
	if has == person {
		return nil, refuse("role.same", "%s is %s already.", person, strings.ToLower(role.Name))
	}
	if c.Role == Commander && has != "" {
		return nil, refuseField("role.hand-off", "role", "%s has command. Command changes hands with a hand-off, so that the next commander knows the state.", has)
	}
	return []Body{RoleClaimed{Role: c.Role, Person: person}}, nil
}

// RoleClaimed is a role taken.
type RoleClaimed struct {
	Role   string `json:"role"`
	Person string `json:"person"`
}

// Kind is "role.claimed@1".
func (RoleClaimed) Kind() Kind { return "role.claimed@1" }

func (r RoleClaimed) apply(in *Incident, e Event) {
	in.seat(e, r.Role, r.Person)
	if r.Person != "" {
		in.record(e, RoleEntry, fmt.Sprintf("%s is %s", r.Person, in.roleName(r.Role)))
	}
}

func (in *Incident) seat(e Event, role, person string) {
	if in.Crew.roles == nil {
		in.Crew.roles = map[string]Register[Holder]{}
	}
	since := e.Recorded
	if e.At.Known() {
		since = e.At.Time
	}
	reg := in.Crew.roles[role]
	reg.set(in, e, Holder{Person: person, Since: since})
	in.Crew.roles[role] = reg
}

func (in Incident) roleName(id string) string {
	if r, ok := in.Playbook.Role(id); ok {
		return strings.ToLower(r.Name)
	}
	return id
}

// HandOff moves a role to somebody else, with what they need to know. The
// receiver reads it back before it counts.
type HandOff struct {
	Role      string // "": commander
	To        string
	State     string // where things stand
	Tried     string
	Next      string
	Questions string
	ReadBack  bool
}

func (h HandOff) decide(in Incident, env Env) ([]Body, error) {
	role := h.Role
	if role == "" {
		role = Commander
	}
	if _, known := in.Playbook.Role(role); !known {
		return nil, refuseField("role.unknown", "role", "The playbook knows no role %q.", role)
	}
	to := strings.TrimSpace(h.To)
	from := in.Holder(role).Person
	switch {
	case to == "":
		return nil, refuseField("handoff.to-missing", "to", "Name who takes over. Nothing has changed hands yet.")
	case to == from:
		return nil, refuseField("handoff.same", "to", "%s has it already. Name the person who takes over.", to)
	case !h.ReadBack:
		return nil, refuseField("handoff.read-back", "readback", "Ask %s to read the sheet back, then tick it. Until then %s keeps command.", to, orSomebody(from))
	}
	if from == "" {
		from = env.Actor
	}
	return []Body{HandedOff{HandOffRecord{Role: role, From: from, To: to, State: h.State, Tried: h.Tried, Next: h.Next, Questions: h.Questions}}}, nil
}

func orSomebody(name string) string {
	if name == "" {
		return "nobody"
	}
	return name
}

// HandOffRecord is what was handed over.
type HandOffRecord struct {
	Role      string `json:"role"`
	From      string `json:"from"`
	To        string `json:"to"`
	State     string `json:"state,omitempty"`
	Tried     string `json:"tried,omitempty"`
	Next      string `json:"next,omitempty"`
	Questions string `json:"questions,omitempty"`
	At        Stamp  `json:"-"`
}

// HandedOff is a hand-off that was read back.
type HandedOff struct{ HandOffRecord }

// Kind is "role.handed-off@1".
func (HandedOff) Kind() Kind { return "role.handed-off@1" }

func (h HandedOff) apply(in *Incident, e Event) {
	in.seat(e, h.Role, h.To)
	record := h.HandOffRecord
	record.At = e.At
	in.Crew.Handoffs = append(in.Crew.Handoffs, record)
	in.record(e, RoleEntry, fmt.Sprintf("%s handed over from %s to %s, read back", in.roleName(h.Role), h.From, h.To))
}
