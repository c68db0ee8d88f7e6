package markdown

import (
	"flag"
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

var shortWays = flag.Int("shortways", 60000, "how many texts go both ways")

// contained is Contain without its short way.
func contained(source string) string { return settled(strings.Trim(Clean(source), "\n"), 2) }

func TestCommonLinesAreContainedWithoutParsing(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Error rate is down to 3.1% after the canary was rolled back; p95 latency back at 180 ms.": "",
		"שלום, מה קורה?": "", "ログイン障害": "", "é": "", "cost: about €5 – “fine” (so far)": "", "a/b, c-d=e+f": "",
		"Restarted `worker-3 --now`, then snake_case, PR #423": "", "It is **really over** now": "", "It is **over**": "",
		"see https://grafana.example.org/d/12 and wait": "see <https://grafana.example.org/d/12> and wait",
		"one\ntwo\n\n- a\n- b `c`\n\nthree":             "", "- a\n\nb": "", "- a\n- b": "",
		"see https://example.org/a.b/c-d": "see <https://example.org/a.b/c-d>",
	} {
		if want == "" {
			want = text
		}
		got, ok := quick(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got)
		assert.Equal(t, contained(text), got)
	}
	for _, text := range []string{
		"", "- x", "1. x", "# x", " x", "x ", "a  b", "see www.example.org", "seehttp://example.org", "see http://example.org.", "see http://a.b/?x=1&y=2", "WwW.x",
		"a_b_", "a*b*", "a **b", "a\n b", "a\n- b", "- a\n\n- b", "a\n\n\nb", "- a\nb", "a\n---", "a\n1. b", "a\tb", "a `x", "a ``x``", "x\\", "a&amp;b", "a@b.c",
		"a\u2028b", "a\ufeffb", "a\xffb", "a\u0301b", "<b>", "x|y", "~~x~~", "$x$", "[x]", "x#", "a\u00a0b",
	} {
		_, ok := quick(text)
		assert.False(t, ok, text)
	}
}

// TestTheShortWayGivesWhatTheLongOneGives draws texts from the signs that the
// short way knows, and from those around them.
func TestTheShortWayGivesWhatTheLongOneGives(t *testing.T) {
	t.Parallel()
	pieces := strings.Split("a b c A Z 0 9 1. - + = == -- --- : :: :/ :// / // http https ftp www WWW . .. , ; ' \" ( ) % ? & # #4 _ a_b __ * ** *** [ ] ! xn mailto: example.org a@b.c é ש ロ – … ≈ € → true T-001 1) a. "+
		"` `` `x` `a b` `a|b` **x** **a b** **x**. https://example.org https://a.b/c http://x https://a.b/c/ https://a_b.c https://a-b.c/d http://1.2.3.4/x \n \n \n\n \n- \n\n- -", " ")
	lots := rand.New(rand.NewSource(1))
	short := 0
	for range *shortWays {
		var b strings.Builder
		for range 1 + lots.Intn(9) {
			b.WriteString(pieces[lots.Intn(len(pieces))])
			if lots.Intn(3) > 0 {
				b.WriteByte(' ')
			}
		}
		text := b.String()
		got, ok := quick(text)
		if !ok {
			continue
		}
		short++
		if want := contained(text); got != want {
			t.Fatalf("%q is written as %q, not as %q", text, want, got)
		}
	}
	assert.Greater(t, short, *shortWays/60)
}

// FuzzQuick: what the short way takes, it writes as the long one does.
func FuzzQuick(f *testing.F) {
	for _, text := range []string{"a `b` **c** https://example.org/d e_f #1", "x: y", "é – ロ", "a b** c **d"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clean := strings.Trim(Clean(text), "\n")
		if got, ok := quick(clean); ok && got != contained(clean) {
			t.Fatalf("%q is written as %q, not as %q", clean, contained(clean), got)
		}
	})
}
