package data

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// declare appends the first note of an incident that was detected minutes
// after the morning.
func declare(t testing.TB, s *Store, id workflow.IncidentID, minutes int, stage workflow.Stage) {
	t.Helper()
	sum := workflow.Summary{ID: id, Title: "Title of " + string(id), Stage: stage, Detected: morning.Add(time.Duration(minutes) * time.Minute)}
	_, _, err := s.Append(t.Context(), Batch{Incident: id, Events: []workflow.Event{note(id, s.Device(), minutes, "a")}, Summary: sum})
	require.NoError(t, err)
}

func ids(list []workflow.Summary) []workflow.IncidentID {
	out := []workflow.IncidentID{}
	for _, sum := range list {
		out = append(out, sum.ID)
	}
	return out
}

func TestTheListHasTheNewestIncidentFirst(t *testing.T) {
	s := openNew(t)
	declare(t, s, "early", 0, workflow.Closed)
	declare(t, s, "late", 20, workflow.Fixing)
	declare(t, s, "between", 10, workflow.Fixing)
	declare(t, s, "over", 30, workflow.Cancelled)

	tests := map[string]struct {
		query ListQuery
		want  []workflow.IncidentID
	}{
		"all":          {ListQuery{}, []workflow.IncidentID{"over", "late", "between", "early"}},
		"first page":   {ListQuery{Limit: 2}, []workflow.IncidentID{"over", "late"}},
		"second page":  {ListQuery{Limit: 2, Before: "late"}, []workflow.IncidentID{"between", "early"}},
		"open":         {ListQuery{Open: true}, []workflow.IncidentID{"late", "between"}},
		"open, page 2": {ListQuery{Open: true, Before: "late"}, []workflow.IncidentID{"between"}},
		"past the end": {ListQuery{Before: "early"}, []workflow.IncidentID{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			list, err := s.List(t.Context(), test.query)
			require.NoError(t, err)
			assert.Equal(t, test.want, ids(list))
		})
	}
	_, err := s.List(t.Context(), ListQuery{Before: "nobody"})
	require.Error(t, err)
}

func TestTheListIsReadFromAnIndex(t *testing.T) {
	s := openNew(t)
	for _, only := range []string{"", "AND open=1"} {
		var id, parent, unused int
		var plan string
		require.NoError(t, s.read.QueryRow(`EXPLAIN QUERY PLAN SELECT incident, body FROM summary WHERE (started, incident) < (1, '') `+only+`
			ORDER BY started DESC, incident DESC LIMIT 9`).Scan(&id, &parent, &unused, &plan))
		assert.Contains(t, plan, "USING INDEX summary_")
	}
}

func TestASummaryFollowsItsIncident(t *testing.T) {
	s := openNew(t)
	position := write(t, s, "inc", 0, "a")
	latest, ok, err := s.LatestOpen(t.Context())
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, summary("inc"), latest)

	over := summary("inc")
	over.Stage, over.Title, over.Detected = workflow.Resolved, "Checkout failed", morning.Add(-time.Hour)
	_, _, err = s.Append(t.Context(), Batch{Incident: "inc", After: position, Events: []workflow.Event{note("inc", s.Device(), 1, "b")}, Summary: over})
	require.NoError(t, err)

	list, err := s.List(t.Context(), ListQuery{})
	require.NoError(t, err)
	assert.Equal(t, []workflow.Summary{over}, list)
	_, ok, err = s.LatestOpen(t.Context())
	require.NoError(t, err)
	assert.False(t, ok)
}

func TestAnIncidentWithADamagedSummaryStaysInTheList(t *testing.T) {
	s := openNew(t)
	position := write(t, s, "inc", 0, "a")
	_, err := s.write.Exec(`UPDATE summary SET body='[]'`)
	require.NoError(t, err)

	list, err := s.List(t.Context(), ListQuery{})
	require.NoError(t, err)
	assert.Equal(t, []workflow.IncidentID{"inc"}, ids(list))
	assert.Contains(t, list[0].Title, "damaged")

	write(t, s, "inc", position, "b")
	list, err = s.List(t.Context(), ListQuery{})
	require.NoError(t, err)
	assert.Equal(t, []workflow.Summary{summary("inc")}, list)
}
