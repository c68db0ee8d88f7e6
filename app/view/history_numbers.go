package view

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"firebreak/workflow"
)

// leastForMedian is how many incidents a median needs. Of fewer it would say
// more about chance than about the team.
const leastForMedian = 3

// monthsShown is how far back the bars go.
const monthsShown = 6

// What of the incidents is listed.
const (
	everyIncident = "all"
	stillOpen     = "open"
	withActions   = "actions"
)

// historyFilter says which incidents are listed and counted.
type historyFilter struct {
	days     int // how far back; 0 for all
	severity string
	which    string
}

func (f historyFilter) passes(s workflow.Summary, now time.Time) bool {
	switch {
	case f.days > 0 && s.Detected.Before(now.AddDate(0, 0, -f.days)):
		return false
	case f.severity != "" && s.Severity != f.severity:
		return false
	case f.which == stillOpen && !burns(s):
		return false
	case f.which == withActions && s.Actions == 0:
		return false
	}
	return true
}

func (f historyFilter) pick(all []workflow.Summary, now time.Time) []workflow.Summary {
	out := make([]workflow.Summary, 0, len(all))
	for _, s := range all {
		if f.passes(s, now) {
			out = append(out, s)
		}
	}
	return out
}

// burns says whether an incident is not over.
func burns(s workflow.Summary) bool {
	switch s.Stage {
	case workflow.Resolved, workflow.Closed, workflow.Cancelled:
		return false
	default:
		return true
	}
}

// historyNumbers counts incidents. It never counts people: hours on duty warn
// during an incident, and nobody is ranked after it.
type historyNumbers struct {
	incidents int
	open      int
	cancelled int
	actions   int
	took      []time.Duration // of the resolved ones, shortest first
	repeats   []string        // "auth: 3 incidents"
	months    []monthCount    // oldest first
}

type monthCount struct {
	name  string // "Nov 2024"
	count int
}

func countHistory(incidents []workflow.Summary, now time.Time, zone *time.Location) historyNumbers {
	n := historyNumbers{incidents: len(incidents), months: lastMonths(now.In(zone))}
	services := map[string]int{}
	for _, s := range incidents {
		switch {
		case burns(s):
			n.open++
		case s.Stage == workflow.Cancelled:
			n.cancelled++
		case s.Took > 0:
			n.took = append(n.took, s.Took)
		}
		n.actions += s.Actions
		if s.Service != "" && s.Stage != workflow.Cancelled {
			services[s.Service]++
		}
		month := monthName(s.Detected.In(zone))
		for i := range n.months {
			if n.months[i].name == month {
				n.months[i].count++
			}
		}
	}
	slices.Sort(n.took)
	n.repeats = repeats(services)
	return n
}

func lastMonths(now time.Time) []monthCount {
	var months []monthCount
	for back := monthsShown - 1; back >= 0; back-- {
		months = append(months, monthCount{name: monthName(time.Date(now.Year(), now.Month()-time.Month(back), 1, 0, 0, 0, 0, now.Location()))})
	}
	return months
}

func monthName(t time.Time) string { return t.Format("Jan 2006") }

// repeats lists the services that were hit more than once, the most often first.
func repeats(services map[string]int) []string {
	var names []string
	for name, count := range services {
		if count > 1 {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if services[a] != services[b] {
			return services[b] - services[a]
		}
		return strings.Compare(a, b)
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%s: %d incidents", name, services[name])
	}
	return names
}

// median is the time to resolve in words, and what it was counted from; or why
// there is none.
func (n historyNumbers) median() (value, why string) {
	if len(n.took) < leastForMedian {
		return "none yet", fmt.Sprintf("A median needs %d resolved incidents, and there %s. One number is no average.", leastForMedian, areSoFar(len(n.took)))
	}
	middle := len(n.took) / 2
	d := n.took[middle]
	if len(n.took)%2 == 0 {
		d = (n.took[middle-1] + d) / 2
	}
	return workflow.Words(d), fmt.Sprintf("All-clear minus detected, of %d resolved incidents: from %s to %s.", len(n.took), workflow.Words(n.took[0]), workflow.Words(n.took[len(n.took)-1]))
}

func areSoFar(n int) string {
	switch n {
	case 0:
		return "is none so far"
	case 1:
		return "is 1 so far"
	default:
		return fmt.Sprintf("are %d so far", n)
	}
}

// most is the highest count of a month, for the length of the bars.
func (n historyNumbers) most() int {
	most := 0
	for _, m := range n.months {
		most = max(most, m.count)
	}
	return most
}
