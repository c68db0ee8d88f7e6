package session_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

const hush = "hunter2!"

// Leaks finds one word; see session.Censor.
func (o *outside) Leaks(_ context.Context, in workflow.Incident, also session.LookFor) ([]workflow.Leak, error) {
	o.also = also
	secret := workflow.NewSecret("password", hush)
	l := workflow.Leak{Fingerprint: secret.Fingerprint(in.ID), Rule: "password", Kind: workflow.SecretLeak, Secret: secret}
	for _, e := range in.Events() {
		e.EachText(func(_, text string) {
			if strings.Contains(text, hush) {
				l.Places = append(l.Places, workflow.LeakPlace{Event: e.ID, Where: "Timeline", Stands: true})
			}
		})
	}
	if len(l.Places) == 0 {
		return nil, o.fail
	}
	l.Judgement = in.Judged(l.Fingerprint)
	return []workflow.Leak{l}, o.fail
}

// Outgoing takes it out.
func (o *outside) Outgoing(_ context.Context, in workflow.Incident) (workflow.Incident, error) {
	return in.Redacted(workflow.NewSecret("password", hush)), o.fail
}

// Blot takes words out of the slices; see session.Blotter.
func (m *memory) Blot(_ context.Context, wish session.Blotting) (done session.Blotted, err error) {
	if err := m.refuses(); err != nil {
		return done, err
	}
	log := m.logs[wish.Incident]
	for i, e := range log {
		if left, changed := e.Blotted(wish.By, wish.Why, e.Recorded, wish.Secrets...); changed {
			log[i] = left
			done.Events++
		}
	}
	m.changed++
	done.Backups = 2
	return done, nil
}

func TestFindingsAreInTheStateOnlyAsLongAsTheirIncidentIs(t *testing.T) {
	s := newStand(t)
	first := s.declare("first")
	s.do(workflow.Note{Text: "it is " + hush})
	s.desk.FindLeaks(nil)
	assert.True(t, s.state().Leaks.Looking)
	s.pump()
	require.Len(t, s.state().Leaks.List, 1)
	assert.True(t, s.state().Leaks.Looked)
	assert.Equal(t, s.state().Incident.Revision(), s.state().Leaks.Of)
	s.declare("second")
	s.desk.FindLeaks(nil)
	s.openIncident(first)
	s.pump()
	assert.Empty(t, s.state().Leaks.List, "what was found in another incident is not shown here")

	prefs := s.state().Prefs
	prefs.LookFor.Addresses = true
	s.desk.SetPrefs(prefs, "")
	s.desk.FindLeaks(nil)
	s.pump()
	assert.True(t, s.hands.also.Addresses)

	s.hands.fail = errors.New("The rules cannot be read.")
	var said error
	s.desk.FindLeaks(func(err error) { said = err })
	s.pump()
	assert.ErrorIs(t, said, s.hands.fail)
	assert.Equal(t, "The rules cannot be read.", s.state().Leaks.Says)
	assert.False(t, s.state().Leaks.Looking)
}

func TestWhatIsCopiedIsTheIncidentAsItMayLeave(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.do(workflow.Note{Text: "it is " + hush})
	copied := func() (got string) {
		s.desk.Outgoing(func(in workflow.Incident, err error) {
			require.NoError(t, err)
			for _, e := range in.Timeline.All() {
				got += e.Text.Get() + "\n"
			}
		})
		s.pump()
		return got
	}
	assert.Contains(t, copied(), hush, "nobody has decided anything")
	s.desk.FindLeaks(nil)
	s.pump()
	s.do(workflow.Judge{Leak: s.state().Leaks.List[0], Verdict: workflow.RedactLeak})
	assert.NotContains(t, copied(), hush)

	s.hands.fail = errors.New("The rules cannot be read.")
	s.desk.Outgoing(func(_ workflow.Incident, err error) { assert.ErrorIs(t, err, s.hands.fail) })
	s.pump()
}

func TestAnExportInSpiteOfASecretIsOnRecordBeforeItIsWritten(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.do(workflow.Note{Text: "it is " + hush})
	s.desk.FindLeaks(nil)
	s.pump()
	s.desk.ExportAnyway([]string{"a.md"}, "revoked", nil, session.PostmortemDocument)
	s.pump()
	assert.Equal(t, []string{"a.md", session.LeaksAccepted}, s.hands.accepted)
	print := s.state().Leaks.List[0].Fingerprint
	assert.Equal(t, workflow.LetThrough, workflow.Fold(id, s.shelf.logs[id]).Judged(print).Verdict)
	assert.Equal(t, "revoked", s.state().Incident.Judged(print).Why)
}

func TestWhatIsBlottedOutIsGoneFromTheScreenAndFromHalfTypedText(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.do(workflow.Note{Text: "it is " + hush + " now"})
	s.desk.Draft("composer", "and again "+hush)
	s.desk.FindLeaks(nil)
	s.pump()
	found := s.state().Leaks.List
	s.do(workflow.Judge{Leak: found[0], Verdict: workflow.KeepLeak})

	answered := errors.New("nobody answered")
	s.desk.Blot(found, " pasted ", func(err error) { answered = err })
	s.desk.Do(workflow.Note{Text: "written meanwhile"}, nil)
	s.pass(1e9)
	require.NoError(t, answered)

	all := ""
	for _, e := range s.state().Incident.Timeline.All() {
		all += e.Text.Get() + "\n"
	}
	assert.NotContains(t, all, hush)
	assert.Contains(t, all, "it is [redacted: password] now")
	assert.Contains(t, all, "written meanwhile")
	assert.Equal(t, "and again [redacted: password]", s.state().Drafts["composer"].Text)
	assert.Empty(t, s.state().Leaks.List, "it was looked for again")
	assert.Contains(t, s.state().Strip.Says, "Backups that were made before still hold it")
	blots := 0
	s.state().Incident.EachEvent(func(e *workflow.Event) bool { blots += len(e.Blots); return true })
	assert.Equal(t, 1, blots)

	s.shelf.full = errDisk
	s.desk.Blot(found, "", func(err error) { answered = err })
	s.pump()
	assert.ErrorIs(t, answered, errDisk)
	s.desk.Blot(nil, "", func(err error) { answered = err })
	assert.ErrorContains(t, answered, "Nothing was changed")
}

func TestWhatATerminalBlottedOutIsGoneFromTheOpenWindow(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.do(workflow.Note{Text: "it is " + hush + " now"})
	s.desk.Start()
	s.pass(time.Second)
	done, err := s.shelf.Blot(t.Context(), session.Blotting{Incident: id, By: "Sam", Secrets: []workflow.Secret{workflow.NewSecret("password", hush)}})
	require.NoError(t, err)
	s.other(id, done.Record([]workflow.Leak{{Secret: workflow.NewSecret("password", hush)}}, "pasted"))
	s.pass(time.Second)
	texts := ""
	for _, e := range s.state().Incident.Timeline.All() {
		texts += e.Text.Get() + "\n"
	}
	assert.NotContains(t, texts, hush)
	assert.Contains(t, texts, "it is [redacted: password] now")
	assert.Contains(t, texts, "Blotted out of the log: password: pasted")
}
