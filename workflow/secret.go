package workflow

import (
	"cmp"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Secret is a text that must not leave: a key, a password, somebody's address.
// It prints as its mask, so that no message and no log of the program's own can
// give it away by mistake.
type Secret struct {
	Name string // what it is, for people: "AWS access key"
	text string
}

// NewSecret keeps a text from being shown.
func NewSecret(name, text string) Secret { return Secret{Name: name, text: text} }

// Reveal is the text itself: for the one who replaces it.
func (s Secret) Reveal() string { return s.text }

// maskShows is how many characters of a long secret stay readable, so that its
// owner knows it again: as many as a key's prefix, which is no secret.
const maskShows = 4

// Mask is the secret as it may be shown: the beginning of a long one, and dots.
func (s Secret) Mask() string {
	text := strings.Join(strings.Fields(s.text), " ")
	if letters := []rune(text); len(letters) >= 4*maskShows && letters[0] != '-' {
		return string(letters[:maskShows]) + "••••"
	}
	return "••••"
}

// String is the mask.
func (s Secret) String() string { return s.Name + " " + s.Mask() }

// GoString is the mask as well.
func (s Secret) GoString() string { return s.String() }

// MarshalText is the mask as well.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Marker is what stays where the secret was.
func (s Secret) Marker() string { return "[redacted: " + s.Name + "]" }

// Fingerprint tells secrets of one incident apart without saying what they are:
// "k7f3-9qxm".
type Fingerprint string

const (
	// fingerprintRounds makes guessing slow: about a millisecond for each guess.
	fingerprintRounds = 4096
	// fingerprintBytes is short on purpose. It tells the findings of an incident
	// apart, and a long list of guesses has several that fit.
	fingerprintBytes = 5
)

// Fingerprint is what the log keeps of a secret on which somebody has decided.
// The incident is its salt: the same password in two incidents has two.
func (s Secret) Fingerprint(of IncidentID) Fingerprint {
	sum, err := pbkdf2.Key(sha256.New, s.text, []byte("firebreak leak "+string(of)), fingerprintRounds, sha256.Size)
	if err != nil {
		return "" // only where a policy of the machine forbids it: then nothing is ever taken for decided
	}
	letters := base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding).EncodeToString(sum[:fingerprintBytes])
	return Fingerprint(letters[:4] + "-" + letters[4:])
}

// replacer puts markers where secrets are, the longest first: one may hold
// another.
func replacer(secrets []Secret) func(field, text string) string {
	ordered := slices.DeleteFunc(slices.Clone(secrets), func(s Secret) bool { return s.text == "" })
	slices.SortStableFunc(ordered, func(a, b Secret) int { return cmp.Compare(len(b.text), len(a.text)) })
	return func(_, text string) string {
		for _, s := range ordered {
			if plain := Unmarked(text); plain != text && strings.Contains(plain, s.text) {
				text = plain
			}
			if strings.Contains(text, s.text) {
				text = strings.ReplaceAll(text, s.text, s.Marker())
			}
		}
		return text
	}
}

// Unmarked is a text without byte order marks, which no document keeps: a secret
// that has one inside would be whole again there.
func Unmarked(text string) string { return strings.ReplaceAll(text, "\uFEFF", "") }

// Redacted is the incident as it may leave: each secret is a marker, wherever
// it stands, in every version of every text, and a fingerprint is a number,
// because a short secret could be guessed from it. The log behind it is a copy;
// the real one is not touched. The events keep their ids, so what is known about
// them holds for both.
func (in Incident) Redacted(secrets ...Secret) Incident {
	if len(secrets) == 0 && len(in.leaks) == 0 {
		return in
	}
	replace, touched := replacer(secrets), false
	events, numbers := in.Events(), map[Fingerprint]Fingerprint{}
	for i := range events {
		if other, changed := events[i].Reworded(replace); changed {
			events[i], touched = other, true
		}
		if j, is := events[i].Body.(LeakJudged); is {
			if numbers[j.Fingerprint] == "" {
				numbers[j.Fingerprint] = Fingerprint(fmt.Sprintf("finding-%03d", len(numbers)+1))
			}
			j.Fingerprint = numbers[j.Fingerprint]
			events[i].Body, touched = j, true
		}
	}
	if !touched {
		return in
	}
	return Fold(in.ID, events)
}

// Blot is on record in an event of which a secret was blotted out of the log:
// what kind of secret, by whom, when and why, never the secret.
type Blot struct {
	What []string  `json:"what"`
	By   string    `json:"by"`
	Why  string    `json:"why,omitempty"`
	On   time.Time `json:"on"` // UTC
}

// Blotted is the event with secrets blotted out and everything else kept;
// changed says whether it held any of them.
func (e Event) Blotted(by, why string, on time.Time, secrets ...Secret) (out Event, changed bool) {
	blot := Blot{By: by, Why: why, On: on.UTC()}
	for _, s := range secrets {
		other, held := e.Reworded(replacer([]Secret{s}))
		if held {
			e, changed = other, true
			blot.What = append(blot.What, s.Name)
		}
	}
	if changed {
		e.Blots = append(slices.Clip(e.Blots), blot)
	}
	return e, changed
}
