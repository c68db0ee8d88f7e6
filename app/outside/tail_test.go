package outside_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/outside"
)

func TestATailIsTheEndFromAWholeLineOn(t *testing.T) {
	t.Parallel()
	var tail outside.Tail
	for n := range 20_000 {
		_, _ = tail.Write([]byte(strings.Repeat("x", n%50) + "é\n"))
	}
	text := tail.Text(nil, nil)
	assert.LessOrEqual(t, len(text), 8<<10)
	assert.Greater(t, len(text), 6<<10)
	assert.True(t, strings.HasSuffix(text, strings.Repeat("x", 49)+"é\n"))
	assert.NotContains(t, text, "\uFFFD")

	var short outside.Tail
	_, _ = short.Write([]byte("a\nb"))
	assert.Equal(t, "a\nb", short.Text(nil, nil))
	assert.Empty(t, (&outside.Tail{}).Text(nil, nil))

	var wide outside.Tail
	_, _ = wide.Write([]byte("x" + strings.Repeat("é", 100_000)))
	assert.Equal(t, strings.Repeat("é", 4<<10), wide.Text(nil, nil))
}

// Wherever the pieces of the output end, and wherever the kept end of it
// begins, nothing of a secret is left.
func TestNoPieceOfASecretIsLeftAtAnyBorder(t *testing.T) {
	t.Parallel()
	secret := "correct-horse-battery-staple"
	secrets := outside.SecretsOf([]string{"HORSE_TOKEN=" + secret})
	for shift := range 2 * len(secret) {
		var tail outside.Tail
		_, _ = tail.Write([]byte(strings.Repeat("-", shift)))
		for range 3000 {
			for _, piece := range []string{secret[:shift%len(secret)], secret[shift%len(secret):], "."} {
				_, _ = tail.Write([]byte(piece))
			}
		}
		text := tail.Text(secrets, nil)
		text = strings.ReplaceAll(text, "[redacted: $HORSE_TOKEN]", "")
		for _, part := range []string{"corr", "horse", "batt", "taple"} {
			assert.NotContains(t, text, part, shift)
		}
	}
}

func TestWhichValuesAreSecrets(t *testing.T) {
	t.Parallel()
	key := filepath.Join(t.TempDir(), "key")
	require.NoError(t, os.WriteFile(key, nil, 0o600))
	pem := "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG\nshort\n-----END KEY-----"
	secrets := outside.SecretsOf([]string{
		"GITHUB_TOKEN=ghp_abcdef", "npm_config__auth=c2VjcmV0", "KEYBOARD=qwertz-layout", "GIT_AUTHOR_NAME=Jane Doe", "PWD=/home/jane/shop",
		"API_KEY=12345", "AWS_SECRET_ACCESS_KEY=a/b+c d&e", "GOOGLE_APPLICATION_CREDENTIALS=" + key, "SSL_KEY=" + pem, "PATH=/usr/bin",
		"PROXY=http://jane:pass-word@proxy:3128", "NOTHING", "SSH_AUTH_SOCK=/nowhere/agent.1",
	})
	for text, want := range map[string]string{
		"x ghp_abcdef y":          "x [redacted: $GITHUB_TOKEN] y",
		"c2VjcmV0":                "[redacted: $npm_config__auth]",
		"qwertz-layout":           "qwertz-layout",
		"Jane Doe /home/jane":     "Jane Doe /home/jane",
		"12345":                   "12345",
		"a%2Fb%2Bc+d%26e":         "[redacted: $AWS_SECRET_ACCESS_KEY]",
		key:                       key,
		"- MIIEvQIBADANBgkqhkiG ": "- [redacted: $SSL_KEY] ",
		pem:                       "[redacted: $SSL_KEY]",
		"http://jane:pass-word@p": "http://jane:[redacted: $PROXY]@p",
		"/nowhere/agent.1":        "/nowhere/agent.1",
	} {
		assert.Equal(t, want, secrets.Redact(text))
	}
	twins := outside.SecretsOf([]string{"A_TOKEN=abcabcabc", "B_TOKEN=abcabcabcabcX"})
	assert.Equal(t, "[redacted: $A_TOKEN]", twins.Redact("abcabcabcabcabc"), "values that overlap leave nothing")
}
