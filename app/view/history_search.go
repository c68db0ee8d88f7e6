package view

import (
	"strings"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

// searchLimit is how many places a search shows; a person narrows it down long
// before.
const searchLimit = 60

// The names of rows that are no incidents.
const (
	foundIn = "in "
	hitRow  = "hit "
)

// historySearch looks through everything that was ever written, as it is typed.
// The newest search answers; what an older one still finds is dropped.
type historySearch struct {
	query string // what was last asked for
	asked bool   // and not answered yet
	hits  []session.Hit
}

// search asks for what the field says.
func (h *history) search() {
	query := strings.TrimSpace(h.bar.find.Text())
	if query == h.found.query {
		return
	}
	h.found = historySearch{query: query, asked: query != "", hits: h.found.hits}
	h.bar.find.SetError("")
	if query == "" {
		h.found.hits = nil
		h.list.SetOffset(0)
		h.refill()
		return
	}
	h.ask.Search(query, searchLimit, func(hits []session.Hit, err error) {
		if query != h.found.query {
			return
		}
		h.found.asked, h.found.hits = false, hits
		if err != nil {
			h.bar.find.SetError(err.Error())
		}
		h.refill()
	})
}

// items are the rows of what was found, under the incidents that it was found in.
func (s historySearch) items() []kit.Item {
	var order []workflow.IncidentID
	by := map[workflow.IncidentID][]kit.Item{}
	for _, hit := range s.hits {
		if _, known := by[hit.Incident]; !known {
			order = append(order, hit.Incident)
		}
		by[hit.Incident] = append(by[hit.Incident], kit.Item{ID: hitID(hit)})
	}
	var items []kit.Item
	for _, id := range order {
		items = append(items, kit.Item{ID: foundIn + string(id), Header: true})
		items = append(items, by[id]...)
	}
	return items
}

func hitID(hit session.Hit) string {
	return hitRow + string(hit.Incident) + " " + string(hit.Event)
}

// hit finds what a row stands for.
func (s historySearch) hit(row string) (session.Hit, bool) {
	for _, hit := range s.hits {
		if hitID(hit) == row {
			return hit, true
		}
	}
	return session.Hit{}, false
}

// openHit goes to where something was found.
func (h *history) openHit(hit session.Hit) {
	arrive := func(err error) {
		if err != nil {
			h.bar.find.SetError(err.Error())
			return
		}
		if s, ok := h.ask.(entryShower); ok {
			s.ShowEntry(hit.Event)
			return
		}
		h.ask.Run("go." + string(TimelineScreen))
	}
	if hit.Incident == h.st.Incident.ID {
		arrive(nil)
		return
	}
	h.ask.OpenIncident(hit.Incident, arrive)
}

// submit is Enter in the search: on to the results, or what was not found
// becomes a note.
func (h *history) submit() {
	switch {
	case h.found.query == "" || len(h.items) > 0:
		h.toList()
	case h.found.asked || !h.st.Incident.Declared():
	default:
		h.ask.DoAndOffer(workflow.Note{Text: h.found.query}, "Added as a note.", func(err error) {
			if err != nil {
				h.bar.find.SetError(err.Error())
				return
			}
			h.bar.find.SetText("")
		})
	}
}
