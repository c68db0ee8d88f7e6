package keep_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/keep"
	"firebreak/app/session"
	"firebreak/data"
	"firebreak/workflow"
)

var start = time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC)

// desk is a shelf on a real store, and what a decision needs.
type desk struct {
	*keep.Shelf
	path string
	env  workflow.Env
}

func openDesk(t *testing.T, path string) *desk {
	t.Helper()
	store, err := data.Open(t.Context(), path, data.Options{Clock: func() time.Time { return start }})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, store.Close()) })
	shelf, n := keep.On(store), 0
	return &desk{shelf, path, workflow.Env{Now: start, Actor: "Jane", Device: shelf.Device(), NewID: func() workflow.EventID {
		n++
		return workflow.EventID(fmt.Sprintf("%s-%03d", shelf.Device(), n))
	}}}
}

func freshDesk(t *testing.T) *desk { return openDesk(t, filepath.Join(t.TempDir(), "firebreak.db")) }

func policy() workflow.Playbook {
	return workflow.Playbook{Name: "test", Levels: []workflow.Level{{ID: "SEV1"}, {ID: "SEV2"}}}
}

// writes decides an intent on what the shelf holds and appends it.
func (d *desk) writes(t *testing.T, id workflow.IncidentID, want workflow.Intent, clear ...string) workflow.Incident {
	t.Helper()
	read, err := d.Load(t.Context(), id)
	require.NoError(t, err)
	in := workflow.Fold(id, read.Events)
	events, err := workflow.Decide(in, want, d.env)
	require.NoError(t, err)
	after := in.With(events...)
	_, _, err = d.Append(t.Context(), session.Batch{Incident: id, After: read.Position, Events: events, Summary: after.Summary(), Clear: clear})
	require.NoError(t, err)
	return after
}

func TestWhatIsAppendedIsReadBack(t *testing.T) {
	d := freshDesk(t)
	d.writes(t, "one", workflow.Declare{Title: "Checkout fails", Playbook: policy()})
	in := d.writes(t, "one", workflow.Note{Text: "rolled back the canary"})

	read, err := d.Load(t.Context(), "one")
	require.NoError(t, err)
	assert.Empty(t, read.Damaged)
	got := workflow.Fold("one", read.Events)
	assert.Equal(t, "Checkout fails", got.Triage.Title.Get())
	assert.Equal(t, in.Summary(), got.Summary())

	rest, err := d.Since(t.Context(), "one", read.Position-1)
	require.NoError(t, err)
	require.Len(t, rest.Events, 1, "only what came after the position is read")

	list, err := d.List(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 1)
	assert.Equal(t, workflow.IncidentID("one"), list[0].ID)
}

func TestAWriterWhoReadTooLittleHearsOfTheConflict(t *testing.T) {
	d := freshDesk(t)
	in := d.writes(t, "one", workflow.Declare{Title: "Checkout fails", Playbook: policy()})
	events, err := workflow.Decide(in, workflow.Note{Text: "late"}, d.env)
	require.NoError(t, err)
	_, _, err = d.Append(t.Context(), session.Batch{Incident: "one", After: 0, Events: events, Summary: in.With(events...).Summary()})
	assert.ErrorIs(t, err, workflow.ErrConflict)
}

func TestChangedMovesWhenSomebodyElseWrites(t *testing.T) {
	mine := freshDesk(t)
	theirs := openDesk(t, mine.path)
	before, err := mine.Changed(t.Context())
	require.NoError(t, err)
	theirs.writes(t, "one", workflow.Declare{Title: "Checkout fails", Playbook: policy()})
	after, err := mine.Changed(t.Context())
	require.NoError(t, err)
	assert.NotEqual(t, before, after)
}

func TestSearchAnswersTheWordsAroundAHit(t *testing.T) {
	d := freshDesk(t)
	d.writes(t, "one", workflow.Declare{Title: "Checkout fails", Playbook: policy()})
	d.writes(t, "one", workflow.Note{Text: "rolled back the canary"})
	hits, err := d.Search(t.Context(), "canary", 5)
	require.NoError(t, err)
	require.Len(t, hits, 1)
	assert.Equal(t, "rolled back the canary", hits[0].Snippet)
	assert.Equal(t, workflow.IncidentID("one"), hits[0].Incident)
}

func TestADraftComesBackUntilItsWordsAreInTheLog(t *testing.T) {
	d := freshDesk(t)
	for _, draft := range []session.Draft{
		{Field: "app.declare.title", Text: "Checkout f", Started: start},
		{Incident: "one", Field: "note", Text: "rolled b", Started: start},
	} {
		require.NoError(t, d.SaveDraft(t.Context(), draft))
		kept, err := d.Drafts(t.Context(), draft.Incident)
		require.NoError(t, err)
		assert.Equal(t, []session.Draft{draft}, kept)
	}

	d.writes(t, "one", workflow.Declare{Title: "Checkout fails", Playbook: policy()}, "app.declare.title")
	kept, err := d.Drafts(t.Context(), "")
	require.NoError(t, err)
	assert.Empty(t, kept, "the title was typed before there was an incident")

	d.writes(t, "one", workflow.Note{Text: "rolled back"}, "note")
	kept, err = d.Drafts(t.Context(), "one")
	require.NoError(t, err)
	assert.Empty(t, kept)

	require.NoError(t, d.SaveDraft(t.Context(), session.Draft{Incident: "one", Field: "note", Text: "x", Started: start}))
	require.NoError(t, d.DropDraft(t.Context(), "one", "note"))
	kept, err = d.Drafts(t.Context(), "one")
	require.NoError(t, err)
	assert.Empty(t, kept)
}

func TestASettingIsKeptAsItsJSON(t *testing.T) {
	d := freshDesk(t)
	_, found, err := d.Setting(t.Context(), "prefs")
	require.NoError(t, err)
	assert.False(t, found)
	require.NoError(t, d.SetSetting(t.Context(), "prefs", []byte(`{"name":"Jane"}`)))
	value, found, err := d.Setting(t.Context(), "prefs")
	require.NoError(t, err)
	assert.True(t, found)
	assert.JSONEq(t, `{"name":"Jane"}`, string(value))
	assert.Error(t, d.SetSetting(t.Context(), "prefs", []byte("no JSON")))
}

func TestTheChecksumOfAnExportIsRemembered(t *testing.T) {
	d := freshDesk(t)
	_, ok, err := d.Exported(t.Context(), "/repo", "docs/a.md")
	require.NoError(t, err)
	assert.False(t, ok)
	require.NoError(t, d.RecordExported(t.Context(), "/repo", "docs/a.md", "abc"))
	sha, ok, err := d.Exported(t.Context(), "/repo", "docs/a.md")
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, "abc", sha)
}

func TestADeskOpensOnAShelfAndItsPreferencesSurvive(t *testing.T) {
	d := freshDesk(t)
	d.writes(t, "one", workflow.Declare{Title: "Checkout fails", Playbook: policy()})
	inline := func(work func()) { work() }
	open := func() *session.Desk {
		desk, err := session.Open(t.Context(), session.Setup{
			Threads: session.Threads{UI: inline, Work: inline}, Clock: session.WallClock{}, Shelf: d.Shelf, NewID: d.env.NewID, Name: "jane",
			Policies: func(string) (workflow.Playbook, string) { return policy(), "" },
		})
		require.NoError(t, err)
		return desk
	}
	desk := open()
	assert.Equal(t, "Checkout fails", desk.State().Incident.Triage.Title.Get())
	prefs := desk.State().Prefs
	prefs.Name = "Jane Doe"
	desk.SetPrefs(prefs, "")
	assert.Equal(t, "Jane Doe", open().State().Prefs.Name)
}

func TestTheBeginningOfTheHistoryHoldsWhatStillBurns(t *testing.T) {
	d := freshDesk(t)
	d.writes(t, "burning", workflow.Declare{Title: "Checkout fails", Playbook: policy()})
	for _, id := range []workflow.IncidentID{"second", "third"} {
		d.writes(t, id, workflow.Declare{Title: "False alarm " + string(id), Playbook: policy()})
		d.writes(t, id, workflow.Cancel{Reason: "a test"})
	}

	recent, err := d.Recent(t.Context(), 1)

	require.NoError(t, err)
	var ids []workflow.IncidentID
	for _, row := range recent {
		ids = append(ids, row.ID)
	}
	assert.Len(t, ids, 2)
	assert.Contains(t, ids, workflow.IncidentID("burning"), "although it is not among the newest")
}

func TestAShelfHasAPlaceForFilesWhenItIsGivenOne(t *testing.T) {
	d := freshDesk(t)
	assert.Nil(t, d.Files(), "and none of a nil kind that would be called")
	d.With(data.AttachmentsIn(filepath.Join(filepath.Dir(d.path), "attachments")))
	stored, err := d.Files().Put(t.Context(), "a.txt", strings.NewReader("a"))
	require.NoError(t, err)
	content, err := d.Files().Read(t.Context(), stored.SHA256)
	require.NoError(t, err)
	assert.Equal(t, "a", string(content))
}
