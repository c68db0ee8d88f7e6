package data

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// blotted is a store whose incident holds a password in a note, in the title of
// its row, and in half-typed text; it answers the folder of its files.
func blotted(t *testing.T, text string, secrets ...workflow.Secret) (*Store, string, Blotted) {
	t.Helper()
	dir := t.TempDir()
	s, err := Open(t.Context(), filepath.Join(dir, "firebreak.db"), options())
	require.NoError(t, err)
	row := summary("inc")
	row.Title = "Down: " + text
	declared := note("inc", s.Device(), 1, "")
	declared.Body = workflow.Declared{Title: "Down: " + text}
	judged := note("inc", s.Device(), 4, "")
	judged.Body = workflow.LeakJudged{Fingerprint: "k7f3-9qxm", Judgement: workflow.Judgement{Name: "password", Verdict: workflow.KeepLeak}}
	_, _, err = s.Append(t.Context(), Batch{
		Incident: "inc", Events: []workflow.Event{declared, note("inc", s.Device(), 2, text), note("inc", s.Device(), 3, "rolled back the canary"), judged}, Summary: row,
	})
	require.NoError(t, err)
	require.NoError(t, s.SaveDraft(t.Context(), Draft{Key: DraftKey{"inc", "composer"}, Text: "half-typed " + text, Started: morning}))
	_, err = s.Index(t.Context(), 0)
	require.NoError(t, err)
	done, err := s.Blot(t.Context(), Blotting{Incident: "inc", Secrets: secrets, Whole: []workflow.EventID{judged.ID}, By: "Alice", Why: "pasted"})
	require.NoError(t, err)
	return s, dir, done
}

// filesHold says which of the store's files hold a text. The store is closed:
// nobody may open its files before.
func filesHold(t *testing.T, s *Store, dir, text string) (holding []string) {
	t.Helper()
	require.NoError(t, s.Close())
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		if info, err := os.Stat(f); err != nil || info.IsDir() {
			continue
		}
		content, err := os.ReadFile(f)
		require.NoError(t, err)
		if bytes.Contains(content, []byte(text)) {
			holding = append(holding, f)
		}
	}
	return holding
}

func TestASecretIsBlottedOutOfEveryFileAndTheOtherWordsStay(t *testing.T) {
	const words = `mysql -pxyzzy"4711 from the jump host`
	secret := workflow.NewSecret("password", `xyzzy"4711`)
	s, dir, done := blotted(t, words, secret)
	assert.Equal(t, Blotted{Events: 2, Drafts: 1}, done)

	log := load(t, s, "inc")
	require.Len(t, log.Events, 4)
	assert.Empty(t, log.Damaged)
	note, is := log.Events[1].Body.(workflow.Noted)
	require.True(t, is, "it is read as the note that it is: %T", log.Events[1].Body)
	assert.Equal(t, "mysql -p[redacted: password] from the jump host", note.Text)
	assert.Equal(t, []workflow.Blot{{What: []string{"password"}, By: "Alice", Why: "pasted", On: s.clock().UTC()}}, log.Events[1].Blots)
	assert.Empty(t, log.Events[2].Blots)
	assert.IsType(t, workflow.Redacted{}, log.Events[3].Body, "a short secret could be guessed from the fingerprint that stays")

	list, err := s.List(t.Context(), ListQuery{})
	require.NoError(t, err)
	assert.Equal(t, "Down: mysql -p[redacted: password] from the jump host", list[0].Title)
	drafts, err := s.Drafts(t.Context(), "inc")
	require.NoError(t, err)
	assert.Equal(t, "half-typed mysql -p[redacted: password] from the jump host", drafts[0].Text)
	assert.Empty(t, search(t, s, "xyzzy"))
	assert.Len(t, search(t, s, "jump host"), 2, "what was not blotted out is found as before")
	assert.Len(t, search(t, s, "canary"), 1)
	assertSound(t, s, 4)
	assert.Empty(t, filesHold(t, s, dir, "xyzzy"))
}

func TestASecondSecretOfTheSameNoteGoesAsWellAndThenTheWholeNote(t *testing.T) {
	one, two := workflow.NewSecret("password", "xyzzy-4711"), workflow.NewSecret("API key", "plugh-0815")
	s, dir, _ := blotted(t, "use xyzzy-4711 then plugh-0815", one)

	done, err := s.Blot(t.Context(), Blotting{Incident: "inc", Secrets: []workflow.Secret{one, two}, By: "Bob"})
	require.NoError(t, err)
	assert.Equal(t, Blotted{Events: 2, Drafts: 1}, done)
	e := load(t, s, "inc").Events[1]
	assert.Equal(t, "use [redacted: password] then [redacted: API key]", e.Body.(workflow.Noted).Text)
	assert.Equal(t, "Alice", e.Blots[0].By)
	assert.Equal(t, "Bob", e.Blots[1].By)

	n, err := s.Redact(t.Context(), Redaction{Events: []workflow.EventID{e.ID}, By: "Carol"})
	require.NoError(t, err)
	assert.Equal(t, 1, n)
	assert.Equal(t, workflow.Redacted{Was: "entry.noted@1", By: "Carol", On: s.clock().UTC()}, load(t, s, "inc").Events[1].Body)
	_, err = s.write.Exec("UPDATE event SET kind='redacted@1', payload='{}', salt=zeroblob(16) WHERE id=?", string(e.ID))
	require.Error(t, err, "of which no word is left is final")
	assertSound(t, s, 4)
	assert.Empty(t, filesHold(t, s, dir, "plugh"))
}

func TestAKeyOfManyLinesIsBlottedOutAndNothingElseIsTouched(t *testing.T) {
	key := strings.Join([]string{"-----BEGIN " + "PRIVATE KEY-----", "xyzzyAAAA", "plughBBBB", "-----END " + "PRIVATE KEY-----"}, "\n")
	s, dir, done := blotted(t, "before\n"+key+"\nafter", workflow.NewSecret("private key", key))
	assert.Equal(t, 2, done.Events)
	assert.Equal(t, "before\n[redacted: private key]\nafter", load(t, s, "inc").Events[1].Body.(workflow.Noted).Text)
	assert.Empty(t, filesHold(t, s, dir, "plughBBBB"))
}

func TestWhatIsNowhereIsBlottedOutOfNothing(t *testing.T) {
	s, _, done := blotted(t, "nothing here", workflow.NewSecret("password", "xyzzy-4711"))
	assert.Zero(t, done)
	assert.IsType(t, workflow.LeakJudged{}, load(t, s, "inc").Events[3].Body)
	assert.Equal(t, "nothing here", load(t, s, "inc").Events[1].Body.(workflow.Noted).Text)
	other, err := s.Blot(t.Context(), Blotting{Incident: "elsewhere", Secrets: []workflow.Secret{workflow.NewSecret("word", "nothing")}})
	require.NoError(t, err)
	assert.Zero(t, other, "only the incident that was named is touched")
}

func TestAMendBringsNoBlottedWordBackFromABackup(t *testing.T) {
	path := filepath.Join(t.TempDir(), "firebreak.db")
	s, err := Open(t.Context(), path, options())
	require.NoError(t, err)
	writeAll(t, s, "inc", 0, "one", "use xyzzy-4711 then plugh-0815", "three")
	blot := func(text string) {
		_, err := s.Blot(t.Context(), Blotting{Incident: "inc", Secrets: []workflow.Secret{workflow.NewSecret("password", text)}, By: "Alice"})
		require.NoError(t, err)
	}
	for i, text := range []string{"xyzzy-4711", "plugh-0815"} { // a backup with both words, and one with the second
		backup := filepath.Join(filepath.Dir(path), "backups", []string{"firebreak-20260203T143200.000Z-asked.db", "firebreak-20260203T144200.000Z-asked.db"}[i])
		require.NoError(t, makeDir(filepath.Dir(backup)))
		_, err = s.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
		require.NoError(t, err)
		require.NoError(t, s.Close())
		require.NoError(t, copyFile(path, backup))
		s, err = Open(t.Context(), path, options())
		require.NoError(t, err)
		blot(text)
	}
	require.NoError(t, s.Close())
	run(t, path, append(unguarded, "UPDATE event SET payload=replace(payload, 'three', 'thrxe') WHERE n=3", guards())...)
	s = openAt(t, path)

	done, err := s.Mend(t.Context(), "")

	require.NoError(t, err)
	require.NotEmpty(t, done.Fetched, "or this test proves nothing")
	assert.Equal(t, []string{"one", "use [redacted: password] then [redacted: password]", "three"}, texts(load(t, s, "inc")))
	assertSound(t, s, 3)
}

func TestOfTwoRedactedVersionsARepairTakesTheOneWithFewerWords(t *testing.T) {
	one, two := workflow.NewSecret("password", "xyzzy-4711"), workflow.NewSecret("API key", "plugh-0815")
	s, _, _ := blotted(t, "use xyzzy-4711 then plugh-0815", one)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	less := load(t, s, "inc").Events[1]
	fewer, changed := less.Blotted("Bob", "", morning, two)
	require.True(t, changed)
	gone := redacted(fewer, Redaction{By: "Carol"}, morning)
	offer := func(e workflow.Event) {
		payload, err := workflow.Encode(e)
		require.NoError(t, err)
		tx, err := s.write.Begin()
		require.NoError(t, err)
		v, err := newSalvage(t.Context(), tx, morning)
		require.NoError(t, err)
		require.NoError(t, v.stayRedacted(row{id: string(e.ID), kind: redactedKind, payload: payload}))
		require.NoError(t, tx.Commit())
	}
	now := func() workflow.Event { return load(t, s, "inc").Events[1] }
	offer(fewer)
	assert.Len(t, now().Blots, 2)
	offer(less)
	assert.Len(t, now().Blots, 2, "a word that is gone does not come back")
	offer(gone)
	assert.IsType(t, workflow.Redacted{}, now().Body)
	offer(fewer)
	assert.IsType(t, workflow.Redacted{}, now().Body)
}
