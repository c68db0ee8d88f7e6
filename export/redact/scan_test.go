package redact_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export/redact"
	"firebreak/workflow"
)

func TestTheSampleIncidentGivesNothingAway(t *testing.T) {
	leaks, err := redact.New().Leaks(t.Context(), theSample(t), redact.Choice{Addresses: true, Phones: true})
	require.NoError(t, err)
	assert.Empty(t, leaks)
}

func TestSecretsOfManyKindsAreFoundWhole(t *testing.T) {
	missed := 0
	for _, f := range fakes() {
		leaks := begin(t).note(f.line).leaks()
		if !assert.Len(t, leaks, 1, "%s: %s", f.kind, f.line) {
			missed++
			continue
		}
		assert.Equal(t, workflow.SecretLeak, leaks[0].Kind, f.kind)
		assert.Equal(t, f.secret, leaks[0].Secret.Reveal(), "%s (%s)", f.kind, leaks[0].Rule)
		assert.True(t, leaks[0].Holds(), f.kind)
	}
	t.Logf("%d kinds, %d missed", len(fakes()), missed)
}

// ordinary are lines of an incident that give nothing away, though parts of them
// look as if they did.
var ordinary = []string{
	`curl -X POST https://api.example.com/api/auth/login -d '{"email":"test@example.com","password":"test"}'`,
	"npm run deploy:production --skip-staging --approved-by=\"@lead\"",
	"@channel login is down, @lead please look", "Token validation regex changed in commit abc123.",
	"reverted 4f2d8c1e9b7a6d5c4b3a2f1e0d9c8b7a6f5e4d3c (deploy-2024-11-25.3)",
	"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 rolled out",
	"cache_key: 9f86d081884c7d65 evicted", "token: expired", "password: reset by the user", "the token was rotated at 14:32",
	"auth token validation fails since v2.14.0", "secret: kubernetes secret auth-jwt was not mounted", "Error: password authentication failed for user shop",
	"export API_KEY=${API_KEY}", "set TOKEN=<your token> first", "password=******** in the log", "--password=$DB_PASSWORD",
	"trace 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7", "pod auth-7d9f8c6b5-x2kqz restarted", "request id 550e8400-e29b-41d4-a716-446655440000",
	"upgraded postgres 15.4.1.2 to 15.6.0.0", "react@18.2.0 and lodash@4.17.21", "git@github.com:acme/shop.git", "getty@tty1.service failed",
	"14:32:05 connection to 10.0.3.7:5432 refused", "listening on 127.0.0.1 and ::1", "[redacted: password] was here",
	"noreply@shop.com bounced", "max_tokens=4096 reached", "tokens: 128, token_type: bearer", "const token = getToken(request)", "0x7fffd4a3b2c1 segfault at",
	"SELECT count(*) FROM sessions WHERE token IS NULL", "see https://wiki.internal/runbooks/auth#token-expiry", "docker pull registry.internal/shop/auth:2024-11-25",
}

func TestOrdinaryLinesOfAnIncidentRaiseNoAlarm(t *testing.T) {
	for _, line := range ordinary {
		assert.Empty(t, begin(t).note(line).leaks(redact.Choice{Addresses: true, Phones: true}), line)
	}
}

func TestPersonalDataWarnsAndSomeOfItOnlyByChoice(t *testing.T) {
	s := begin(t).note("mail from bob.smith@shop.com about 93.184.216.34 and 2606:2800:220:1:248:1893:25c8:1946", "call +49 30 901820 55", "card 4111 1111 1111 1111 was charged twice")
	plain := s.leaks()
	assert.Equal(t, []string{"mail-address", "card-number"}, rules(plain))
	assert.Empty(t, workflow.Held(plain))
	all := s.leaks(redact.Choice{Addresses: true, Phones: true})
	assert.Equal(t, []string{"mail-address", "ip-address", "ip-address", "phone-number", "card-number"}, rules(all))

	p := standard(t)
	p.Review.Redaction = workflow.RedactionPolicy{
		Addresses: true, Known: []string{"@SHOP.com"}, Off: []string{"card-number"},
		Patterns: []workflow.PatternPolicy{{ID: "customer", Name: "customer number", Pattern: `\bK-(\d{6})\b`}},
	}
	assert.Empty(t, p.Check())
	team := beginUnder(t, p).note("mail from bob.smith@shop.com about 93.184.216.34", "card 4111 1111 1111 1111", "K-004711 cannot pay").leaks()
	assert.Equal(t, []string{"customer", "ip-address"}, rules(team))
	assert.Equal(t, "004711", team[0].Secret.Reveal())
}

func rules(leaks []workflow.Leak) (out []string) {
	for _, l := range leaks {
		out = append(out, l.Rule)
	}
	return out
}

func TestOneSecretInManyPlacesIsOneFindingWithAllOfThem(t *testing.T) {
	key := fakes()[2].secret
	s := begin(t).note("first\nsecond line\nthe token "+key+" leaked\nlast", "just "+key, "undone "+key)
	s.do(workflow.Undo{}, workflow.Assess{Field: workflow.Impact, Text: "with " + key}, workflow.AddAction{Text: "rotate " + key}, workflow.WriteSection{Section: workflow.LessonsSection, Text: "never paste " + key})
	leaks := s.leaks()
	require.Len(t, leaks, 1)
	var where []string
	for _, p := range leaks[0].Places {
		where = append(where, p.Where)
		assert.NotContains(t, p.Before+p.After, key[4:])
		assert.Equal(t, !strings.HasSuffix(p.Where, "undone"), p.Stands, p.Where)
	}
	assert.Equal(t, []string{
		"Timeline, 2024-11-25 14:34", "Timeline, 2024-11-25 14:35", "Timeline, 2024-11-25 14:36, undone", "Assessment, impact", "Action item", "Post-mortem, Lessons Learned",
	}, where)
	assert.Equal(t, 3, leaks[0].Places[0].Line)
	assert.Equal(t, "first second line the token ", leaks[0].Places[0].Before)
	assert.Equal(t, " leaked last", leaks[0].Places[0].After)
}

func TestAnOlderVersionIsListedAndHoldsNothingBack(t *testing.T) {
	key := fakes()[2].secret
	s := begin(t).note("the token " + key)
	entry := s.in.Timeline.All()[len(s.in.Timeline.All())-1].ID
	text := "the token is out of here"
	s.do(workflow.Correct{Entry: entry, Text: &text})
	leaks := s.leaks()
	require.Len(t, leaks, 1)
	assert.False(t, leaks[0].Places[0].Stands)
	assert.False(t, leaks[0].Holds())
}

func TestTheWordsAroundALeakMaskItsNeighbours(t *testing.T) {
	one, two := fakes()[2].secret, fakes()[5].secret
	leaks := begin(t).note(one + " " + two + " " + one).leaks()
	require.Len(t, leaks, 2)
	for _, l := range leaks {
		for _, p := range l.Places {
			for _, secret := range []string{one, two} {
				assert.NotContains(t, p.Before+"|"+p.After, secret[6:16], "%q %q", p.Before, p.After)
				assert.NotContains(t, p.Before+"|"+p.After, secret[len(secret)-10:], "%q %q", p.Before, p.After)
			}
		}
	}
}

func TestARefusedFindingIsRememberedByEveryScanner(t *testing.T) {
	s := begin(t).note("the token " + fakes()[2].secret)
	s.do(workflow.Judge{Leak: s.leaks()[0], Verdict: workflow.KeepLeak, Why: "revoked"})
	s.note("again " + fakes()[2].secret)
	leaks := s.leaks()
	require.Len(t, leaks, 1)
	assert.Equal(t, workflow.KeepLeak, leaks[0].Judgement.Verdict)
	assert.Equal(t, "Jane", leaks[0].By)
	assert.Empty(t, workflow.Held(leaks))
	out, err := redact.New().Outgoing(t.Context(), s.in)
	require.NoError(t, err)
	assert.Contains(t, out.Timeline.All()[len(out.Timeline.All())-1].Text.Get(), fakes()[2].secret, "what is kept leaves")
}

func TestWhatWasToBeRedactedAndIsNotRecognisedHoldsEverythingBack(t *testing.T) {
	s := begin(t).note("an odd thing")
	odd := workflow.NewSecret("odd thing", "odd thing")
	s.do(workflow.Judge{Leak: workflow.Leak{Fingerprint: odd.Fingerprint(s.in.ID), Rule: "gone", Kind: workflow.SecretLeak, Secret: odd}, Verdict: workflow.RedactLeak})
	leaks := s.leaks()
	require.Len(t, leaks, 1)
	assert.True(t, leaks[0].Lost)
	assert.True(t, leaks[0].Holds())
	_, err := redact.New().Outgoing(t.Context(), s.in)
	assert.ErrorContains(t, err, "do not recognise", "%v", err)
}

func TestALookCanBeCutOff(t *testing.T) {
	s := begin(t).note(strings.Repeat("the token of password and key, api secret 4711 ", 20000))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := redact.New().Leaks(ctx, s.in, redact.Choice{})
	assert.ErrorIs(t, err, context.Canceled)
}

func TestASecretBehindAnythingThatWasPastedIsFound(t *testing.T) {
	key := fakes()[2].secret
	for _, size := range []int{100, 48<<10 - 7, 64<<10 - 20, 64 << 10, 200 << 10} {
		s := begin(t).note(strings.Repeat("ü", size/2) + "\n" + key + "\n" + strings.Repeat("y ", 20<<10))
		leaks := s.leaks()
		require.Len(t, leaks, 1, size)
		assert.Equal(t, key, leaks[0].Secret.Reveal())
	}
}

func TestWhatWasBlottedOutIsNotRememberedAsFound(t *testing.T) {
	key, scanner := fakes()[2].secret, redact.New()
	for name, blot := range map[string]func(workflow.Event) workflow.Event{
		"the word": func(e workflow.Event) workflow.Event {
			left, _ := e.Blotted("Jane", "", e.Recorded, workflow.NewSecret("token", key))
			return left
		},
		"the whole event": func(e workflow.Event) workflow.Event {
			e.Body = workflow.Redacted{Was: e.Body.Kind(), By: "Jane"}
			return e
		},
	} {
		s := begin(t).note("the token " + key)
		require.Len(t, s.leaksBy(scanner), 1)
		events := s.in.Events()
		events[len(events)-1] = blot(events[len(events)-1])
		s.in = workflow.Fold(s.in.ID, events)
		assert.Empty(t, s.leaksBy(scanner), name)
	}
}

func TestWhatIsNotAskedForIsMaskedAroundWhatIs(t *testing.T) {
	leaks := begin(t).note("mail from bob.smith@shop.com about 93.184.216.34 today").leaks()
	require.Len(t, leaks, 1)
	assert.Equal(t, "mail from ", leaks[0].Places[0].Before)
	assert.Equal(t, " about •••• today", leaks[0].Places[0].After)
}

func TestOneScannerLooksForManyAtOnce(t *testing.T) {
	scanner, key := redact.New(), fakes()[2].secret
	in := begin(t).note("the token "+key, "and again "+key).in
	var hands sync.WaitGroup
	for range 4 {
		hands.Go(func() {
			leaks, err := scanner.Leaks(t.Context(), in, redact.Choice{})
			assert.NoError(t, err)
			assert.Len(t, leaks, 1)
		})
	}
	hands.Wait()
}
