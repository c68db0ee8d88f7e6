package workflow

import (
	"slices"
	"strings"
)

// ActionItem is what is to be done so that it does not happen again. It lives
// on after the incident.
type ActionItem struct {
	ID    EventID
	Text  Register[string]
	Kind  Register[string] // "prevent", "detect", "mitigate", "process"; free
	Owner Register[string]
	Due   Register[string] // a date as typed: "2024-12-05"
	State Register[ActionState]
}

// ActionState is how far an action item is.
type ActionState string

// The states of an action item.
const (
	ActionOpen    ActionState = "open"
	ActionDone    ActionState = "done"
	ActionDropped ActionState = "dropped"
)

// Done says whether nothing is left to do: it is done, or was dropped.
func (a ActionItem) Done() bool {
	return a.State.Get() == ActionDone || a.State.Get() == ActionDropped
}

// ActionItems lists the action items in the order they were added.
func (r Review) ActionItems() []ActionItem { return slices.Clone(r.actions) }

// AddAction adds an action item. Follow-ups of the scope guard come in here.
type AddAction struct{ Text, Kind, Owner, Due string }

func (a AddAction) decide(in Incident, _ Env) ([]Body, error) {
	text := strings.Join(strings.Fields(a.Text), " ")
	if text == "" {
		return nil, refuseField("action.text-missing", "text", "Say what is to be done.")
	}
	for _, have := range in.Review.actions {
		if strings.EqualFold(have.Text.Get(), text) && !have.Done() {
			return nil, refuseField("action.double", "text", "That action item is there already.")
		}
	}
	return []Body{ActionAdded{Text: text, Type: strings.TrimSpace(a.Kind), Owner: strings.TrimSpace(a.Owner), Due: strings.TrimSpace(a.Due)}}, nil
}

// ActionAdded is a new action item.
type ActionAdded struct {
	Text  string `json:"text"`
	Type  string `json:"type,omitempty"`
	Owner string `json:"owner,omitempty"`
	Due   string `json:"due,omitempty"`
	Done  bool   `json:"done,omitempty"` // it was done already where it was imported from
}

// Kind is "action.added@1".
func (ActionAdded) Kind() Kind { return "action.added@1" }

func (a ActionAdded) apply(in *Incident, e Event) {
	item := ActionItem{ID: e.ID}
	item.Text.set(in, e, a.Text)
	item.Kind.set(in, e, a.Type)
	item.Owner.set(in, e, a.Owner)
	item.Due.set(in, e, a.Due)
	item.State.set(in, e, a.state())
	in.Review.actions = append(in.Review.actions, item)
	in.record(e, SystemEntry, "Action item: "+a.Text)
}

func (a ActionAdded) state() ActionState {
	if a.Done {
		return ActionDone
	}
	return ActionOpen
}

// ChangeAction changes parts of an action item. What is nil stays.
type ChangeAction struct {
	ID                     EventID
	Text, Type, Owner, Due *string
	State                  *ActionState
}

func (c ChangeAction) decide(in Incident, _ Env) ([]Body, error) {
	i := slices.IndexFunc(in.Review.actions, func(a ActionItem) bool { return a.ID == c.ID })
	if i < 0 {
		return nil, refuse("action.gone", "That action item is not in this incident any more. Nothing was changed.")
	}
	if c.Text != nil && strings.TrimSpace(*c.Text) == "" {
		return nil, refuseField("action.text-missing", "text", "An action item needs a text. To leave it undone, drop it.")
	}
	if c.State != nil && !slices.Contains([]ActionState{ActionOpen, ActionDone, ActionDropped}, *c.State) {
		return nil, refuseField("action.state", "state", "An action item is open, done or dropped.")
	}
	have := in.Review.actions[i]
	if !differs(c.Text, have.Text.Get()) && !differs(c.Type, have.Kind.Get()) && !differs(c.Owner, have.Owner.Get()) &&
		!differs(c.Due, have.Due.Get()) && !differs(c.State, have.State.Get()) {
		return nil, refuse("action.same", "Nothing was changed.")
	}
	return []Body{ActionChanged{ID: c.ID, Text: own(c.Text), Type: own(c.Type), Owner: own(c.Owner), Due: own(c.Due), State: own(c.State)}}, nil
}

// ActionChanged is a change of an action item.
type ActionChanged struct {
	ID    EventID      `json:"id"`
	Text  *string      `json:"text,omitempty"`
	Type  *string      `json:"type,omitempty"`
	Owner *string      `json:"owner,omitempty"`
	Due   *string      `json:"due,omitempty"`
	State *ActionState `json:"state,omitempty"`
}

// Kind is "action.changed@1".
func (ActionChanged) Kind() Kind { return "action.changed@1" }

func (c ActionChanged) apply(in *Incident, e Event) {
	i := slices.IndexFunc(in.Review.actions, func(a ActionItem) bool { return a.ID == c.ID })
	if i < 0 {
		return
	}
	item := &in.Review.actions[i]
	put(in, e, &item.Text, c.Text)
	put(in, e, &item.Kind, c.Type)
	put(in, e, &item.Owner, c.Owner)
	put(in, e, &item.Due, c.Due)
	put(in, e, &item.State, c.State)
	if c.State != nil {
		in.record(e, SystemEntry, "Action item "+string(*c.State)+": "+item.Text.Get())
	}
}
