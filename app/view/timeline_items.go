package view

import (
	"fmt"
	"strings"
	"time"

	"firebreak/app/kit"
	"firebreak/workflow"
)

// gapFrom is how long a silence is before the timeline speaks of it.
const gapFrom = 15 * time.Minute

// gapUntil is how long a silence can be: what lies further apart is no silence
// but another time, such as that in which an old timeline was imported.
const gapUntil = 7 * 24 * time.Hour

// The names of rows that are no entries.
const (
	dayRow     = "day "
	gapRow     = "gap "
	unknownDay = "unknown"
)

// timelineFilter says what of the timeline is shown.
type timelineFilter struct {
	query  string
	kind   workflow.EntryKind // empty: all
	people bool               // without the workflow's own lines
	hidden bool               // with what somebody hid
}

// narrows says whether more is left out than the hidden and the workflow's own
// lines: then a silence between two rows says nothing.
func (f timelineFilter) narrows() bool { return strings.TrimSpace(f.query) != "" || f.kind != "" }

// timelineIndex holds the entries of one revision, sorted and lower-cased once,
// so that every key of a search only compares.
type timelineIndex struct {
	entries []workflow.Entry
	words   []string
	at      map[string]int
	hidden  int
}

func indexTimeline(in workflow.Incident) timelineIndex {
	x := timelineIndex{entries: in.Timeline.All()}
	x.words = make([]string, len(x.entries))
	x.at = make(map[string]int, len(x.entries))
	for i := range x.entries {
		e := &x.entries[i]
		x.at[string(e.ID)] = i
		if e.Hidden.Get() {
			x.hidden++
		}
		name := ""
		if m := e.Milestone.Get(); m != "" {
			name = milestoneName(in.Playbook, m)
		}
		words := []string{e.Text.Get(), e.Who, string(e.Kind.Get()), name}
		for _, f := range e.Files() {
			words = append(words, f.Name)
		}
		x.words[i] = strings.ToLower(strings.Join(words, "\n"))
	}
	return x
}

// entry finds an entry by the name of its row.
func (x timelineIndex) entry(id string) (workflow.Entry, bool) {
	i, ok := x.at[id]
	if !ok {
		return workflow.Entry{}, false
	}
	return x.entries[i], true
}

// silence is a stretch of time in which nobody wrote anything.
type silence struct {
	from, to time.Time
}

func (s silence) lasts(from, until time.Duration) bool {
	d := s.to.Sub(s.from)
	return d > from && d <= until
}

func (s silence) words() string {
	return fmt.Sprintf("%s without an entry", short(s.to.Sub(s.from)))
}

// middle is a first guess at when something in the silence happened.
func (s silence) middle() workflow.Stamp {
	at := s.from.Add(s.to.Sub(s.from) / 2).Truncate(time.Minute)
	guess := workflow.StampAt(at, time.UTC)
	guess.Sure = workflow.About
	return guess
}

// timelinePage is what a filter leaves of an index: rows with the days and the
// silences between them.
type timelinePage struct {
	items []kit.Item
	gaps  map[string]silence
	shown int
}

// page lists the rows that pass a filter. Days are written when there are
// several, or when the one is not today.
func (x timelineIndex) page(f timelineFilter, zone *time.Location, now time.Time) timelinePage {
	page := timelinePage{items: make([]kit.Item, 0, len(x.entries)+8), gaps: map[string]silence{}}
	passing := x.passing(f)
	dated := x.needsDays(passing, zone, now)
	day, last := "", time.Time{}
	for _, i := range passing {
		e := &x.entries[i]
		at := e.At.Get()
		if date := dayOf(at, zone); dated && date != day {
			day = date
			page.items = append(page.items, kit.Item{ID: dayRow + date, Header: true})
		}
		if gap := (silence{last, at.Time}); !f.narrows() && at.Known() && !last.IsZero() && gap.lasts(gapFrom, gapUntil) {
			id := gapRow + string(e.ID)
			page.gaps[id] = gap
			page.items = append(page.items, kit.Item{ID: id})
		}
		page.items = append(page.items, kit.Item{ID: string(e.ID)})
		page.shown++
		if at.Known() && endOf(at).After(last) {
			last = endOf(at)
		}
	}
	return page
}

func (x timelineIndex) passing(f timelineFilter) []int {
	want := strings.Fields(strings.ToLower(f.query))
	out := make([]int, 0, len(x.entries))
	for i := range x.entries {
		e := &x.entries[i]
		switch {
		case e.Hidden.Get() && !f.hidden,
			f.kind != "" && e.Kind.Get() != f.kind,
			f.people && e.Machine && !e.Pinned.Get(),
			!holdsAll(x.words[i], want):
			continue
		}
		out = append(out, i)
	}
	return out
}

func holdsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func (x timelineIndex) needsDays(passing []int, zone *time.Location, now time.Time) bool {
	today := now.In(zone).Format(time.DateOnly)
	for _, i := range passing {
		if dayOf(x.entries[i].At.Get(), zone) != today {
			return true
		}
	}
	return false
}

func dayOf(at workflow.Stamp, zone *time.Location) string {
	if date := at.Date(zone); date != "" {
		return date
	}
	return unknownDay
}

func endOf(at workflow.Stamp) time.Time {
	if at.IsRange() {
		return at.End
	}
	return at.Time
}

// milestoneName is the playbook's name of a milestone.
func milestoneName(p workflow.Playbook, m workflow.Milestone) string {
	if moment, ok := p.Moment(m); ok {
		return moment.Name
	}
	return string(m)
}

// newest is the entry that was written down last.
func (x timelineIndex) newest() (workflow.Entry, bool) {
	if len(x.entries) == 0 {
		return workflow.Entry{}, false
	}
	last := 0
	for i := range x.entries {
		if x.entries[i].First.Clock > x.entries[last].First.Clock {
			last = i
		}
	}
	return x.entries[last], true
}
