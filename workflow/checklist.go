package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Board is the checklist in its phases, as far as people have marked it; what
// facts settle is never stored, it follows from the log.
type Board struct {
	marks     map[string]Register[ItemMark]
	added     []AddedItem
	confirmed map[string]Register[PhaseConfirmed]
}

// ItemState is how an item stands.
type ItemState string

// The states of an item.
const (
	ItemOpen    ItemState = "open"
	ItemDone    ItemState = "done"
	ItemSkipped ItemState = "skipped"
)

// ItemMark is what a person said about an item.
type ItemMark struct {
	State    ItemState `json:"state"`
	Reason   string    `json:"reason,omitempty"`   // why it was skipped, or opened again
	Evidence string    `json:"evidence,omitempty"` // text, link, command output
	Value    string    `json:"value,omitempty"`    // the answer to what the item asks
	Against  bool      `json:"against,omitempty"`  // opened although a fact says that it is done
}

// Item is one item of the board as it stands now.
type Item struct {
	ItemPolicy
	Phase    string
	State    ItemState
	Fact     string // the fact that settled it, in words; "" when a person did
	Reason   string
	Evidence string
	Value    string
	By       string
	At       Stamp
	When     time.Time // when it was marked, UTC; zero when a fact settled it
	Current  bool      // the one to do now
	Added    bool      // added for this incident
	Clash    bool      // two devices say different things; shown as open
}

// PhaseView is one phase of the board as it stands now.
type PhaseView struct {
	Phase
	Items     []Item // shadows the policy's items
	Done      int    // done or skipped
	Confirmed bool
	By        string // who confirmed it
	At        Stamp
	Reason    string // why it was confirmed with open items
	Current   bool   // the phase that the response is in
}

// Settled says whether every item is done or skipped.
func (p PhaseView) Settled() bool { return p.Done == len(p.Items) }

// OpenItems lists what is neither done nor skipped.
func (p PhaseView) OpenItems() []Item {
	return slices.DeleteFunc(slices.Clone(p.Items), func(i Item) bool { return i.State != ItemOpen })
}

// Checklist is the board as it stands now.
func (in Incident) Checklist() []PhaseView { return in.board() }

func (in Incident) board() []PhaseView {
	out := make([]PhaseView, 0, len(in.Playbook.Phases))
	current := false
	for _, p := range in.Playbook.Phases {
		view := PhaseView{Phase: p}
		for _, policy := range p.Items {
			view.Items = append(view.Items, in.item(p.ID, policy, false))
			if _, spared := in.needless(policy.SettledBy); spared && policy.SettledBy == FixImplemented && view.Pause != "" {
				view.Pause = pauseOfRollback
			}
		}
		for _, a := range in.Board.added {
			if a.Phase == p.ID {
				view.Items = append(view.Items, in.item(p.ID, ItemPolicy{ID: a.ID, Text: a.Text}, true))
			}
		}
		if h, ok := in.Board.confirmed[p.ID].Head(); ok {
			view.Confirmed, view.By, view.At, view.Reason = true, h.By, h.At, h.Value.Reason
		}
		for i, item := range view.Items {
			if item.State != ItemOpen {
				view.Done++
			} else if !current && !view.Confirmed {
				view.Items[i].Current, current = true, true
			}
		}
		out = append(out, view)
	}
	markCurrentPhase(out)
	return out
}

// pauseOfRollback is said aloud instead of what the playbook says of a fix, where
// there is none.
const pauseOfRollback = "We roll back; there is no fix to wait for, and the way back is ready."

func markCurrentPhase(phases []PhaseView) {
	for i := range phases {
		if !phases[i].Confirmed {
			phases[i].Current = true
			return
		}
	}
}

func (in Incident) item(phase string, policy ItemPolicy, added bool) Item {
	item := Item{ItemPolicy: policy, Phase: phase, State: ItemOpen, Added: added}
	marks := in.Board.marks[policy.ID]
	if marks.Clashes() {
		item.Clash = true // a tick and an untick at once: for safety it is shown open
		return item
	}
	if h, ok := marks.Head(); ok && (h.Value.State != ItemOpen || h.Value.Against) {
		item.State, item.Reason, item.Evidence, item.Value = h.Value.State, h.Value.Reason, h.Value.Evidence, h.Value.Value
		item.By, item.At, item.When = h.By, h.At, h.When
		return item
	} else if ok {
		item.Reason = h.Value.Reason
	}
	if policy.SettledBy != "" {
		if f := in.Find(policy.SettledBy); f.Holds {
			item.State, item.Fact, item.At = ItemDone, f.Says, f.At
		} else if f, needless := in.needless(policy.SettledBy); needless {
			item.State, item.Fact, item.At = ItemSkipped, f.Says, f.At
		}
	}
	return item
}

// Item finds an item of the board by its id.
func (in Incident) Item(id string) (Item, bool) {
	for _, p := range in.board() {
		for _, i := range p.Items {
			if i.ID == id {
				return i, true
			}
		}
	}
	return Item{}, false
}

// Tick marks an item as done, with evidence.
type Tick struct {
	Item     string
	Evidence string
	Value    string
	At       Stamp
}

func (t Tick) when() Stamp { return t.At }

func (t Tick) decide(in Incident, _ Env) ([]Body, error) {
	item, err := in.openItem(t.Item)
	if err != nil {
		return nil, err
	}
	if item.Asks != "" && strings.TrimSpace(t.Value) == "" {
		return nil, refuseField("item.value-missing", "value", "This step asks: %s. Fill it in, then it is done.", item.Asks)
	}
	if err := in.inOrder(item); err != nil {
		return nil, err
	}
	return []Body{ItemMarked{Item: t.Item, Text: item.Text, ItemMark: ItemMark{State: ItemDone, Evidence: t.Evidence, Value: t.Value}}}, nil
}

// inOrder holds a read-do phase to its order: only the next step can be ticked.
func (in Incident) inOrder(item Item) error {
	for _, p := range in.board() {
		if p.ID != item.Phase || p.Mode != ReadDo {
			continue
		}
		for _, i := range p.Items {
			if i.State == ItemOpen && i.ID != item.ID {
				return refuse("item.order", "%s is done step by step. First: %s. Do it, or skip it with a reason.", p.Name, i.Text)
			}
			if i.ID == item.ID {
				return nil
			}
		}
	}
	return nil
}

func (in Incident) openItem(id string) (Item, error) {
	item, found := in.Item(id)
	switch {
	case !found:
		return Item{}, refuseField("item.unknown", "item", "The board has no item %q. It has %s.", id, strings.Join(in.itemIDs(), ", "))
	case item.State == ItemDone:
		return Item{}, refuse("item.done", "%q is done already.", item.Text)
	case item.State == ItemSkipped:
		return Item{}, refuse("item.skipped", "%q was skipped. Open it again first.", item.Text)
	}
	return item, nil
}

func (in Incident) itemIDs() []string {
	var ids []string
	for _, p := range in.board() {
		for _, i := range p.Items {
			ids = append(ids, i.ID)
		}
	}
	return ids
}

// Skip leaves an item out, with a reason.
type Skip struct{ Item, Reason string }

func (s Skip) decide(in Incident, _ Env) ([]Body, error) {
	item, err := in.openItem(s.Item)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(s.Reason) == "" {
		return nil, refuseField("item.reason-missing", "reason", "Say why %q is skipped. It goes into the timeline.", item.Text)
	}
	return []Body{ItemMarked{Item: s.Item, Text: item.Text, ItemMark: ItemMark{State: ItemSkipped, Reason: strings.TrimSpace(s.Reason)}}}, nil
}

// Untick opens an item again. Against a fact, a person needs a reason.
type Untick struct{ Item, Reason string }

func (u Untick) decide(in Incident, _ Env) ([]Body, error) {
	item, found := in.Item(u.Item)
	shows, settled := in.settles(item.SettledBy)
	switch {
	case !found:
		return nil, refuseField("item.unknown", "item", "The board has no item %q. It has %s.", u.Item, strings.Join(in.itemIDs(), ", "))
	case item.State == ItemOpen && !item.Clash:
		return nil, refuse("item.open", "%q is open already.", item.Text)
	case settled && strings.TrimSpace(u.Reason) == "":
		return nil, refuseField("item.reason-missing", "reason", "%s (%s). Say why it is not.", map[bool]string{true: "The log shows that it is done", false: "The decision says that it is left out"}[in.Holds(item.SettledBy)], shows)
	}
	return []Body{ItemMarked{Item: u.Item, Text: item.Text, ItemMark: ItemMark{State: ItemOpen, Reason: strings.TrimSpace(u.Reason), Against: settled}}}, nil
}

// settles says whether the log settles an item that follows a fact, and in which
// words: the fact holds, or the way that was decided does without it.
func (in Incident) settles(f Fact) (says string, settled bool) {
	if f == "" {
		return "", false
	}
	if found := in.Find(f); found.Holds {
		return found.Says, true
	}
	found, needless := in.needless(f)
	return found.Says, needless
}

// ItemMarked is what a person said about an item.
type ItemMarked struct {
	Item string `json:"item"`
	Text string `json:"text"` // of the item, for readers without the playbook
	ItemMark
}

// Kind is "item.marked@1".
func (ItemMarked) Kind() Kind { return "item.marked@1" }

func (m ItemMarked) apply(in *Incident, e Event) {
	if in.Board.marks == nil {
		in.Board.marks = map[string]Register[ItemMark]{}
	}
	r := in.Board.marks[m.Item]
	r.set(in, e, m.ItemMark)
	in.Board.marks[m.Item] = r
	text := m.Text
	switch m.State {
	case ItemSkipped:
		text = fmt.Sprintf("Skipped: %s (%s)", m.Text, m.Reason)
	case ItemOpen:
		text = strings.TrimSuffix(fmt.Sprintf("Opened again: %s (%s)", m.Text, m.Reason), " ()")
	case ItemDone:
		if m.Value != "" {
			text += ": " + m.Value
		}
		if m.Evidence != "" {
			text += " — " + firstLine(m.Evidence)
		}
	}
	in.record(e, StepEntry, text)
}
