package workflow

import (
	"fmt"
	"strings"
)

// AddItem adds an item to a phase for this incident only.
type AddItem struct{ Phase, Text string }

func (a AddItem) decide(in Incident, env Env) ([]Body, error) {
	text := strings.Join(strings.Fields(a.Text), " ")
	if text == "" {
		return nil, refuseField("item.text-missing", "text", "Say what is to be checked.")
	}
	for _, p := range in.board() {
		if p.ID != a.Phase {
			continue
		}
		for _, i := range p.Items {
			if strings.EqualFold(i.Text, text) {
				return nil, refuseField("item.double", "text", "%s has that item already.", p.Name)
			}
		}
		return []Body{AddedItem{ID: "added-" + string(env.NewID()), Phase: a.Phase, Text: text}}, nil
	}
	return nil, refuseField("phase.unknown", "phase", "The board has no phase %q.", a.Phase)
}

// AddedItem is an item for this incident only.
type AddedItem struct {
	ID    string `json:"id"`
	Phase string `json:"phase"`
	Text  string `json:"text"`
}

// Kind is "item.added@1".
func (AddedItem) Kind() Kind { return "item.added@1" }

func (a AddedItem) apply(in *Incident, e Event) {
	in.Board.added = append(in.Board.added, a)
	in.record(e, StepEntry, "Added to the checklist: "+a.Text)
}

// ConfirmPhase passes a pause point: the phase is read aloud and left. With
// open items it needs a reason.
type ConfirmPhase struct{ Phase, Reason string }

func (c ConfirmPhase) decide(in Incident, _ Env) ([]Body, error) {
	for _, p := range in.board() {
		if p.ID != c.Phase {
			continue
		}
		open := p.OpenItems()
		switch {
		case p.Confirmed:
			return nil, refuse("phase.confirmed", "%s is confirmed already.", p.Name)
		case len(open) > 0 && strings.TrimSpace(c.Reason) == "":
			return nil, refuseField("phase.reason-missing", "reason", "Still open: %s. Say why %s is left with open items.", itemTexts(open), p.Name)
		}
		return []Body{PhaseConfirmed{Phase: p.ID, Name: p.Name, Done: p.Done, Of: len(p.Items), Reason: strings.TrimSpace(c.Reason)}}, nil
	}
	return nil, refuseField("phase.unknown", "phase", "The board has no phase %q.", c.Phase)
}

func itemTexts(items []Item) string {
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = item.Text
	}
	return strings.Join(texts, ", ")
}

// PhaseConfirmed is a pause point passed.
type PhaseConfirmed struct {
	Phase  string `json:"phase"`
	Name   string `json:"name"`
	Done   int    `json:"done"`
	Of     int    `json:"of"`
	Reason string `json:"reason,omitempty"`
}

// Kind is "phase.confirmed@1".
func (PhaseConfirmed) Kind() Kind { return "phase.confirmed@1" }

func (c PhaseConfirmed) apply(in *Incident, e Event) {
	if in.Board.confirmed == nil {
		in.Board.confirmed = map[string]Register[PhaseConfirmed]{}
	}
	r := in.Board.confirmed[c.Phase]
	r.set(in, e, c)
	in.Board.confirmed[c.Phase] = r
	text := fmt.Sprintf("%s confirmed: %d of %d", c.Name, c.Done, c.Of)
	if c.Reason != "" {
		text += ", left with open items: " + c.Reason
	}
	in.record(e, StepEntry, text)
}
