package view

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

const hush = "hunter2-hunter2-hunter2"

// censor are hands that know two words: a secret and an address.
type censor struct {
	session.Hands
	accepted []string
	fail     error
}

func (c *censor) Leaks(_ context.Context, in workflow.Incident, _ session.LookFor) ([]workflow.Leak, error) {
	var out []workflow.Leak
	for _, one := range []struct {
		kind       workflow.LeakKind
		name, text string
	}{{workflow.SecretLeak, "password", hush}, {workflow.PersonalLeak, "mail address", "bob@shop.com"}} {
		secret := workflow.NewSecret(one.name, one.text)
		l := workflow.Leak{Fingerprint: secret.Fingerprint(in.ID), Rule: one.name, Kind: one.kind, Secret: secret}
		l.Judgement, l.By = in.Judged(l.Fingerprint), in.JudgedBy(l.Fingerprint)
		in.EachEvent(func(e *workflow.Event) bool {
			e.EachText(func(_, text string) {
				if strings.Contains(text, one.text) {
					l.Places = append(l.Places, workflow.LeakPlace{Event: e.ID, Where: "Timeline, 14:40", Line: 1, Before: "it is ", After: " now", Stands: true})
				}
			})
			return true
		})
		if len(l.Places) > 0 {
			out = append(out, l)
		}
	}
	return out, c.fail
}

func (c *censor) Outgoing(_ context.Context, in workflow.Incident) (workflow.Incident, error) {
	return in.Redacted(workflow.NewSecret("password", hush)), c.fail
}

func (c *censor) Find(_ context.Context, folder string) (session.Repo, error) {
	return session.Repo{Folder: folder, Root: "/srv/shop", Name: "shop"}, nil
}

func (c *censor) Preview(context.Context, string, workflow.Incident, ...session.Document) (session.Plan, error) {
	return session.Plan{Root: "/srv/shop", Steps: []session.PlanStep{{Document: session.PostmortemDocument, Path: "a.md", What: "create", Diff: "+a"}}}, nil
}

func (c *censor) Write(ctx context.Context, _ string, in workflow.Incident, accept []string, docs ...session.Document) (session.Plan, error) {
	leaks, _ := c.Leaks(ctx, in, session.LookFor{})
	if held := workflow.Held(leaks); len(held) > 0 && len(accept) == 0 {
		return session.Plan{}, &session.HeldError{Leaks: held}
	}
	c.accepted = accept
	plan, err := c.Preview(ctx, "", in, docs...)
	plan.Written = true
	return plan, err
}

// Blot takes words out of the slices.
func (m *memoryShelf) Blot(_ context.Context, wish session.Blotting) (done session.Blotted, err error) {
	for i, e := range m.logs[wish.Incident] {
		if left, changed := e.Blotted(wish.By, wish.Why, e.Recorded, wish.Secrets...); changed {
			m.logs[wish.Incident][i] = left
			done.Events++
		}
	}
	return done, nil
}

func leakyDesk(t *testing.T) (*shellDesk, *censor) {
	t.Helper()
	c := &censor{}
	d := newShellDesk(t, 30*time.Minute, 1280, 800)
	d.hands = c
	d.open(1280, 800)
	prefs := d.shell.State().Prefs
	prefs.Repository = "/srv/shop"
	d.shell.SetPrefs(prefs, "")
	d.shell.Do(workflow.Note{Text: "it is " + hush + " now"}, nil)
	d.shell.Do(workflow.Note{Text: "from bob@shop.com"}, nil)
	d.pump()
	return d, c
}

func TestTheFindingsAreDecidedWithOneKeyEach(t *testing.T) {
	d, _ := leakyDesk(t)
	d.run("incident.leaks")
	assert.True(t, d.sees("1 finding holds the export back until you decide. 1 more is only pointed out."))
	assert.True(t, d.sees("Password  hunt••••"))
	assert.True(t, d.sees("…it is hunt•••• now…"))
	sheet := newLeaksSheet(d.shell) // the screen behind it shows the log as it is
	sheet.Show(d.shell.State())
	require.True(t, reads(sheet.layer.Body, "hunt••••"))
	assert.False(t, reads(sheet.layer.Body, hush), "the secret is never shown")

	d.write("r")
	secret := workflow.NewSecret("password", hush).Fingerprint(d.incident().ID)
	assert.Equal(t, workflow.RedactLeak, d.incident().Judged(secret).Verdict)
	assert.True(t, d.sees("Nothing holds the export back."), "the list follows")
	assert.True(t, d.sees("Mail address  ••••"), "and goes on to what is not decided")
	d.write("k")
	mail := workflow.NewSecret("mail address", "bob@shop.com").Fingerprint(d.incident().ID)
	assert.Equal(t, workflow.KeepLeak, d.incident().Judged(mail).Verdict)
	assert.True(t, d.sees("Kept"))

	d.press(fyne.KeyEscape)
	d.run("edit.undo")
	assert.Empty(t, d.incident().Judged(mail).Verdict, "a decision can be taken back")
}

func TestBlottingOutAsksAndTheKeysAnswerIsNo(t *testing.T) {
	d, _ := leakyDesk(t)
	d.run("incident.leaks")
	d.write("b")
	require.True(t, d.sees("Blot it out of the log?"))
	assert.True(t, d.sees("Backups that were made before"))
	d.run("incident.main") // the default
	assert.False(t, d.sees("Blot it out of the log?"))
	assert.Contains(t, allTexts(d.incident()), hush)

	d.write("b")
	d.push("Blot it out for good")
	assert.NotContains(t, allTexts(d.incident()), hush)
	assert.Contains(t, allTexts(d.incident()), "it is [redacted: password] now")
	assert.False(t, d.sees("Blot it out of the log?"))
	assert.False(t, d.sees("Password"), "it is in the list no more")
}

func TestAnExportThatIsHeldBackShowsWhyAndCanBeMadeOnSomebodysWord(t *testing.T) {
	d, c := leakyDesk(t)
	d.run("incident.preview")
	assert.True(t, d.sees("1 finding holds the export back until you decide. 1 more is only pointed out."), "the preview names it")
	d.run("incident.export")
	require.True(t, d.shell.layers.IsOpen(leaksLayer), "the list opens by itself")
	assert.Nil(t, c.accepted)

	d.push("Export anyway…")
	d.push("Export with 1 secret")
	assert.True(t, d.sees("Say why: it stays on record."))
	named[*kit.Field](t, d.window.Content(), "Why they may leave").SetText("revoked")
	d.push("Export with 1 secret")
	d.later(time.Second)
	assert.Equal(t, []string{session.LeaksAccepted}, c.accepted)
	secret := workflow.NewSecret("password", hush).Fingerprint(d.incident().ID)
	assert.Equal(t, workflow.LetThrough, d.incident().Judged(secret).Verdict)
	assert.Equal(t, "revoked", d.incident().Judged(secret).Why)
	assert.True(t, d.shell.State().Plan.Written)
}

func TestWhatIsCopiedHasMarkersWhereSomethingWasRedacted(t *testing.T) {
	d, c := leakyDesk(t)
	d.shell.Do(workflow.Assess{Field: workflow.Impact, Text: "with " + hush}, nil)
	d.pump()
	d.run("incident.assessment")
	assert.Contains(t, d.copied, hush, "nobody has decided anything")
	d.run("incident.leaks")
	d.write("r")
	d.press(fyne.KeyEscape)
	d.run("incident.assessment")
	assert.NotContains(t, d.copied, hush)
	assert.Contains(t, d.copied, "redacted: password")

	d.copied, c.fail = "", assert.AnError
	d.run("incident.assessment")
	assert.Empty(t, d.copied, "rather nothing than too much")
	assert.True(t, d.sees("Nothing was copied."))
}

func TestNothingToFindIsSaidAndSoIsAFailure(t *testing.T) {
	d, c := leakyDesk(t)
	c.fail = assert.AnError
	d.run("incident.leaks")
	assert.True(t, d.sees(assert.AnError.Error()))

	quiet := newShellDesk(t, 30*time.Minute, 800, 600)
	quiet.hands = &censor{}
	quiet.open(800, 600)
	quiet.run("incident.leaks")
	assert.True(t, quiet.sees("Nothing was found that should not leave."))
	for _, word := range []string{"Redact in exports", "Keep", "Export anyway…"} {
		assert.False(t, quiet.sees(word), word)
	}
}

func allTexts(in workflow.Incident) (all string) {
	for _, e := range in.Timeline.All() {
		all += e.Text.Get() + "\n"
	}
	return all
}
