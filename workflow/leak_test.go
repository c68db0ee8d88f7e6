package workflow_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

const password = "correct-horse-9"

// leak is a finding as the scanner hands it over.
func leak(f workflow.Fingerprint) workflow.Leak {
	return workflow.Leak{
		Fingerprint: f, Rule: "password", Kind: workflow.SecretLeak, Secret: workflow.NewSecret("password", password),
		Places: []workflow.LeakPlace{{Event: "e", Where: "Timeline", Stands: true}},
	}
}

func TestASecretPrintsAsItsMaskHoweverItIsPrinted(t *testing.T) {
	s := workflow.NewSecret("AWS access key", "AKIA"+"QYLPMN5HHHFPZAM2")
	assert.Equal(t, "AWS access key AKIA••••", fmt.Sprint(s))
	text, err := s.MarshalText()
	require.NoError(t, err)
	for _, printed := range []string{fmt.Sprintf("%v %+v %#v %s", s, s, s, s), string(text), fmt.Sprintf("%+v %#v", leak("f"), leak("f"))} {
		assert.NotContains(t, printed, s.Reveal())
		assert.NotContains(t, printed, password)
	}
	assert.Equal(t, "••••", workflow.NewSecret("password", "hunter2").Mask(), "a short one shows nothing of itself")
}

func TestAFingerprintTellsSecretsApartAndNotWhatTheyAre(t *testing.T) {
	one := workflow.NewSecret("password", password).Fingerprint("incident-1")
	assert.Len(t, one, 9)
	assert.Equal(t, one, workflow.NewSecret("called otherwise", password).Fingerprint("incident-1"))
	assert.NotEqual(t, one, workflow.NewSecret("password", password).Fingerprint("incident-2"), "the incident is its salt")
	assert.NotEqual(t, one, workflow.NewSecret("password", password+"0").Fingerprint("incident-1"))
}

func TestADecisionAboutAFindingIsRememberedAndTakenBack(t *testing.T) {
	s := fire(t)
	s.do(workflow.Judge{Leak: leak("aaaa-bbbb"), Verdict: workflow.KeepLeak, Why: " an example "})
	assert.Equal(t, workflow.Judgement{Rule: "password", Name: "password", Leak: workflow.SecretLeak, Verdict: workflow.KeepLeak, Why: "an example", Places: 1}, s.in.Judged("aaaa-bbbb"))
	assert.Equal(t, s.actor, s.in.JudgedBy("aaaa-bbbb"))
	s.refuses(workflow.Judge{Leak: leak("aaaa-bbbb"), Verdict: workflow.KeepLeak}, "leak.same")
	s.refuses(workflow.Judge{Leak: leak("aaaa-bbbb"), Verdict: "burn"}, "leak.verdict")
	s.refuses(workflow.Judge{Leak: leak(""), Verdict: workflow.KeepLeak}, "leak.unknown")
	s.do(workflow.Judge{Leak: leak("aaaa-bbbb"), Verdict: workflow.RedactLeak})
	s.do(workflow.Undo{})
	assert.Equal(t, workflow.KeepLeak, s.in.Judged("aaaa-bbbb").Verdict)
	for _, e := range s.in.Events() {
		line, err := workflow.Encode(e)
		require.NoError(t, err)
		assert.NotContains(t, string(line), password, "the log never says it again")
	}
}

func TestTwoWhoDecideDifferentlyGetTheSafeAnswer(t *testing.T) {
	s := fire(t)
	there := *s
	there.device = "other"
	s.do(workflow.Judge{Leak: leak("aaaa-bbbb"), Verdict: workflow.RedactLeak})
	there.now = there.now.Add(1e9)
	there.do(workflow.Judge{Leak: leak("aaaa-bbbb"), Verdict: workflow.KeepLeak})
	both := s.in.With(there.in.Events()...)
	assert.Equal(t, workflow.RedactLeak, both.Judged("aaaa-bbbb").Verdict)
}

func TestASecretHoldsAnExportUntilSomebodyDecides(t *testing.T) {
	open := leak("a")
	assert.True(t, open.Holds())
	for _, verdict := range []workflow.LeakVerdict{workflow.KeepLeak, workflow.RedactLeak} {
		open.Judgement.Verdict = verdict
		assert.False(t, open.Holds(), verdict)
	}
	open.Judgement.Verdict = workflow.LetThrough
	assert.True(t, open.Holds(), "it was let through once, not for ever")
	old := leak("a")
	old.Places[0].Stands = false
	assert.False(t, old.Holds(), "an older version does not leave")
	mail := leak("a")
	mail.Kind = workflow.PersonalLeak
	assert.False(t, mail.Holds(), "personal data warns")
	assert.Len(t, workflow.Held([]workflow.Leak{leak("b"), mail, old}), 1)
}

func TestTheRedactedIncidentHoldsTheSecretInNoTextOfNoKind(t *testing.T) {
	for _, e := range everyKind(t) {
		texts := 0
		spoiled, _ := e.Reworded(func(_, text string) string {
			texts++
			return text + " " + password + "\n" + password + "!"
		})
		assert.NotZero(t, texts, e.Body.Kind())
		in := workflow.Fold(e.Incident, []workflow.Event{spoiled}).Redacted(workflow.NewSecret("password", password))
		line, err := workflow.Encode(in.Events()[0])
		require.NoError(t, err)
		assert.NotContains(t, string(line), password, e.Body.Kind())
		assert.Contains(t, string(line), "[redacted: password]", e.Body.Kind())
		before, err := workflow.Encode(spoiled)
		require.NoError(t, err)
		assert.Contains(t, string(before), password, "the event itself is not touched: %s", e.Body.Kind())
		same, changed := e.Reworded(func(_, text string) string { return text })
		assert.False(t, changed)
		assert.Equal(t, e, same)
	}
}

func TestTheRedactedIncidentGivesNoFingerprintAway(t *testing.T) {
	s := fire(t)
	s.do(workflow.Judge{Leak: leak("aaaa-bbbb"), Verdict: workflow.RedactLeak})
	s.do(workflow.Judge{Leak: leak("cccc-dddd"), Verdict: workflow.RedactLeak})
	for _, e := range s.in.Redacted().Events() {
		line, err := workflow.Encode(e)
		require.NoError(t, err)
		assert.NotContains(t, string(line), "aaaa-bbbb")
	}
	assert.Contains(t, s.in.Redacted().SectionText(workflow.RedactionsSection), "(2)")
}

func TestALongSecretIsReplacedBeforeOneThatItHolds(t *testing.T) {
	s := fire(t)
	s.do(workflow.Note{Text: "login " + password + "0123 and " + password})
	in := s.in.Redacted(workflow.NewSecret("password", password), workflow.NewSecret("API key", password+"0123"))
	assert.Equal(t, "login [redacted: API key] and [redacted: password]", in.Timeline.All()[len(in.Timeline.All())-1].Text.Get())
}

func TestWhatIsLeftOfABlottedEventIsReadAsTheEventThatItIs(t *testing.T) {
	secret := workflow.NewSecret("password", password)
	for _, e := range everyKind(t) {
		if e.Body.Kind() == (workflow.Redacted{}).Kind() {
			continue // its words are gone already
		}
		spoiled, _ := e.Reworded(func(_, text string) string { return text + password })
		left, changed := spoiled.Blotted("Jane", "pasted", alert, secret)
		require.True(t, changed, e.Body.Kind())
		assert.Equal(t, workflow.Kind("redacted@1"), left.Kind())
		assert.Equal(t, e.Body.Kind(), left.Body.Kind())
		line, err := workflow.Encode(left)
		require.NoError(t, err)
		assert.NotContains(t, string(line), password)
		again, err := workflow.Decode(line)
		require.NoError(t, err)
		again.Seq = left.Seq
		assert.Equal(t, left.Blots, again.Blots)
		assert.Equal(t, left.Body, again.Body)
		assert.Equal(t, "Jane", workflow.Fold(e.Incident, []workflow.Event{again}).Audit(nil)[0].Blots[0].By)
		_, changed = left.Blotted("Jane", "", alert, secret)
		assert.False(t, changed, "what is gone cannot be blotted out again")
	}
}

func TestTheRedactionsSectionSaysWhatWasTakenOutAndNeverTheText(t *testing.T) {
	s := fire(t)
	assert.Empty(t, s.in.SectionText(workflow.RedactionsSection))
	s.do(workflow.Note{Text: "mysql -p" + password})
	s.do(workflow.Judge{Leak: leak("aaaa-bbbb"), Verdict: workflow.RedactLeak})
	s.do(workflow.Judge{Leak: leak("cccc-dddd"), Verdict: workflow.KeepLeak})
	events := s.in.Events()
	for i, e := range events {
		if left, changed := e.Blotted("Bob", "pasted by mistake", alert, workflow.NewSecret("AWS access key", password)); changed {
			events[i] = left
		}
	}
	in := workflow.Fold(s.in.ID, events)
	assert.Equal(t, "- AWS access key, blotted out of the log by Bob on 2024-11-25 (pasted by mistake)\n- password, redacted here by "+s.actor,
		in.SectionText(workflow.RedactionsSection))
	assert.Contains(t, strings.Join(texts(in), "\n"), "mysql -p[redacted: AWS access key]", "the rest of the entry stays")
}

func texts(in workflow.Incident) (out []string) {
	for _, e := range in.Timeline.All() {
		out = append(out, e.Text.Get())
	}
	return out
}

func TestThatSomethingWasBlottedOutIsOnRecordAndNobodysStepToTakeBack(t *testing.T) {
	s := fire(t)
	s.do(workflow.Note{Text: "kept"})
	s.do(workflow.RecordBlot{What: []string{"password", "API key"}, Events: 2, Why: " pasted "})
	assert.Contains(t, texts(s.in), "Blotted out of the log: password, API key: pasted")
	what, ok := s.in.CanUndo(s.device)
	require.True(t, ok)
	assert.Equal(t, "kept", what, "the words would not come back")
	s.refuses(workflow.RecordBlot{What: []string{"password"}}, "blot.nothing")
	s.refuses(workflow.RecordBlot{Events: 1}, "blot.nothing")
}

func TestAPatternOfATeamIsCheckedBeforeItIsInForce(t *testing.T) {
	for pattern, says := range map[string]string{`K-(\d+`: "cannot be read", `x*`: "fits everywhere", ``: "is empty"} {
		p := book(t)
		p.Review.Redaction.Patterns = []workflow.PatternPolicy{{ID: "customer", Name: "customer number", Pattern: pattern}}
		faults := p.Check()
		require.Len(t, faults, 1, pattern)
		assert.Contains(t, faults[0].Says, says)
		assert.Equal(t, "review.redaction.patterns[0].pattern", faults[0].Path)
	}
	p := book(t)
	p.Review.Redaction = workflow.RedactionPolicy{Off: []string{" "}, Known: []string{""}, Patterns: []workflow.PatternPolicy{{ID: "a b", Pattern: "K"}}}
	assert.Len(t, p.Check(), 4)
}

// spoiled is an event with the password in each of its texts.
func spoiled(e workflow.Event) workflow.Event {
	out, _ := e.Reworded(func(_, text string) string { return text + password })
	return out
}

const redactionLog = "testdata/redactions-v1.jsonl"

func TestTheFirstLogWithRedactionsIsReadForEver(t *testing.T) {
	if _, err := os.Stat(redactionLog); err != nil && *update {
		s := fire(t).do(workflow.Note{Text: "mysql -p" + password + " said no"}, workflow.Judge{Leak: leak("aaaa-bbbb"), Verdict: workflow.RedactLeak, Why: "real"},
			workflow.Judge{Leak: leak("cccc-dddd"), Verdict: workflow.KeepLeak}, workflow.RecordBlot{What: []string{"password"}, Events: 1})
		var log strings.Builder
		for _, e := range s.in.Events() {
			left, _ := e.Blotted("Bob", "pasted", alert, workflow.NewSecret("password", password))
			line, err := workflow.Encode(left)
			require.NoError(t, err)
			log.Write(append(line, '\n'))
		}
		require.NoError(t, os.WriteFile(redactionLog, []byte(log.String()), 0o644))
	}
	events, lines := readLog(t, redactionLog)
	for i, e := range events {
		again, err := workflow.Encode(e)
		require.NoError(t, err)
		assert.Equal(t, lines[i], string(again), "a line is written as it was")
	}
	in := workflow.Fold(events[0].Incident, events)
	assert.Contains(t, texts(in), "mysql -p[redacted: password] said no")
	assert.Equal(t, workflow.RedactLeak, in.Judged("aaaa-bbbb").Verdict)
	assert.Equal(t, workflow.KeepLeak, in.Judged("cccc-dddd").Verdict)
	assert.Contains(t, in.SectionText(workflow.RedactionsSection), "blotted out of the log by Bob")
}
