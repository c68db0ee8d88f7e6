package outside

import (
	"cmp"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// What a value must have to be looked for: shorter ones are ordinary words, and
// of a longer one its beginning tells enough.
const (
	shortestSecret = 6
	longestSecret  = 16 << 10
	secretLine     = 16 // of a value with lines, each that is so long is looked for by itself
)

// secretNames are words in the names of variables that hold secrets; the first
// row stands anywhere in a name, the second is a whole word of it.
var (
	secretParts = []string{"TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "APIKEY", "DATABASE_URL", "CONNECTION_STRING"}
	secretWords = []string{"KEY", "PWD", "PASS", "AUTH", "DSN", "PAT", "COOKIE", "SESSION", "SIGNATURE"}
)

// notSecret are names that look like a secret's and are none.
var notSecret = []string{"PWD", "OLDPWD", "SSH_AUTH_SOCK", "XDG_SESSION_ID", "XDG_SESSION_TYPE", "XDG_SESSION_CLASS", "XDG_SESSION_DESKTOP", "DESKTOP_SESSION", "GDMSESSION", "SESSION_MANAGER"}

// Secrets are values of the environment that must not be kept, the longest
// first.
type Secrets []secret

type secret struct{ name, value string }

// SecretsOf finds the secrets of an environment by the names of its variables,
// and the passwords in its addresses.
func SecretsOf(environment []string) Secrets {
	found := map[string]string{}
	add := func(name, value string) {
		value = value[:min(len(value), longestSecret)]
		if len(value) >= shortestSecret {
			found[value] = name
		}
	}
	for _, one := range environment {
		name, value, _ := strings.Cut(one, "=")
		if at, err := url.Parse(value); err == nil && at.User != nil {
			password, _ := at.User.Password()
			add(name, password)
		}
		if !looksSecret(name) || isFile(value) {
			continue
		}
		value = strings.TrimSpace(value)
		add(name, value)
		if escaped := url.QueryEscape(value); escaped != value {
			add(name, escaped)
		}
		if lines := strings.Split(value, "\n"); len(lines) > 1 {
			for _, line := range lines {
				if line = strings.TrimSpace(line); len(line) >= secretLine && !strings.HasPrefix(line, "-----") {
					add(name, line)
				}
			}
		}
	}
	var out Secrets
	for value, name := range found {
		out = append(out, secret{name, value})
	}
	slices.SortFunc(out, func(a, b secret) int {
		return cmp.Or(len(b.value)-len(a.value), strings.Compare(a.name, b.name), strings.Compare(a.value, b.value))
	})
	return out
}

// SecretsHere are those of this process and of what is added to it.
func SecretsHere(also ...string) Secrets { return SecretsOf(append(os.Environ(), also...)) }

func looksSecret(name string) bool {
	name = strings.ToUpper(name)
	if slices.Contains(notSecret, name) {
		return false
	}
	in := func(part string) bool { return strings.Contains(name, part) }
	whole := func(word string) bool { return slices.Contains(secretWords, word) }
	return slices.ContainsFunc(secretParts, in) || slices.ContainsFunc(strings.Split(name, "_"), whole)
}

// isFile says whether a value only names a file or folder that is there, such
// as the path of a key.
func isFile(value string) bool {
	if !filepath.IsAbs(value) {
		return false
	}
	_, err := os.Stat(value)
	return err == nil
}

// Redact puts the name of a variable where its value stands in a text.
func (s Secrets) Redact(text string) string {
	out, _ := s.redact(text, 0)
	return out
}

// redact is Redact for the part of a text from a place on. A secret that begins
// before it is left out whole.
func (s Secrets) redact(text string, from int) (string, bool) {
	type span struct {
		from, to int
		name     string
	}
	var spans []span
	for _, one := range s {
		for at := 0; ; {
			n := strings.Index(text[at:], one.value)
			if n < 0 {
				break
			}
			spans = append(spans, span{at + n, at + n + len(one.value), one.name})
			at += n + 1
		}
	}
	if len(spans) == 0 {
		return text[from:], false
	}
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	var out strings.Builder
	at := from
	for _, one := range spans {
		if one.to <= at {
			continue
		}
		if one.from >= at {
			out.WriteString(text[at:one.from])
			out.WriteString("[redacted: $" + one.name + "]")
		}
		at = one.to
	}
	out.WriteString(text[at:])
	return out.String(), true
}

// longest is the length of the longest one.
func (s Secrets) longest() int {
	if len(s) == 0 {
		return 0
	}
	return len(s[0].value)
}
