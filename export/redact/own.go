package redact

import (
	"regexp"
	"strings"

	"firebreak/workflow"
)

// own are our rules for secrets that are pasted in an outage and have no form
// of their own: what stands before them gives them away.
func own() []*rule {
	secret := func(id, name string, keywords []string, expr string, refuses func(found) bool) *rule {
		return &rule{id: id, name: name, kind: workflow.SecretLeak, ours: true, keywords: keywords, expr: regexp.MustCompile(expr), refuses: refuses}
	}
	return []*rule{
		secret("password-in-url", "password in a URL", []string{"://"},
			`[a-zA-Z][a-zA-Z0-9+.-]*://[^\s/:@"'<>]*:([^\s/@"'<>]{3,})@[\w\[]`, standsFor),
		secret("authorization-header", "authorization header", []string{"authorization"},
			`(?i)\bauthorization["']?\s*[:=]\s*["']?(?:basic|bearer|token|digest|apikey)\s+(?:token=)?["']?([A-Za-z0-9+/=._~-]{8,})`, standsFor),
		secret("bearer-token", "bearer token", []string{"bearer"},
			`(?i)\bbearer\s+([A-Za-z0-9+/=._~-]{20,})`, func(f found) bool { return standsFor(f) || !telling(f.secret()) }),
		secret("cookie", "cookie", []string{"cookie"},
			`(?i)\b(?:set-)?cookie["']?\s*:\s*["']?[^=\s;]{1,60}=([^;\s"']{16,})`, standsFor),
		secret("password-on-command-line", "password on a command line", []string{"mysql", "password", "curl", "wget", "sshpass", "redis-cli", "psql", "mongo"},
			`(?i)(?:\bmysql\w*\b[^\n]*?\s-p|--(?:http-)?password[= ]\s*["']?|\bPGPASSWORD=["']?|\bMYSQL_PWD=["']?|\bcurl\b[^\n]*?\s(?:-u|--user)[= ]?\s*["']?[^\s:"']+:|\bsshpass\s+-p\s*["']?|\bredis-cli\b[^\n]*?\s-a\s+["']?)([^\s"']{4,})`, standsFor),
		secret("assigned-secret", "secret value", []string{"passw", "pwd", "passphrase", "secret", "api_key", "apikey", "api-key", "token", "access_key", "accesskey", "private_key"},
			"(?i)\\b[\\w.-]{0,40}(?:passw(?:or)?d|pwd|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key|token)[\\w-]{0,20}[\"'`\\]]{0,2}\\s{0,3}(?::|=|=>|:=)\\s{0,3}[\"'`]?([^\\s\"'`,;]{8,})", inSentence),
		secret("spoken-password", "password", []string{"password", "passwd", "passphrase", "pwd"},
			"(?i)\\b(?:password|passwd|passphrase|pwd)\\s+(?:is|was|to|now)\\s+(?:now\\s+)?[\"'`]?([^\\s\"'`]{6,})", func(f found) bool { return standsFor(f) || !telling(f.secret()) }),
		secret("private-key-part", "private key", []string{"private key"},
			`-----BEGIN[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:\\n|[\sA-Za-z0-9+/=:,-])+`, nil),
	}
}

func standsFor(f found) bool { return placeholder(f.secret()) }

// inSentence says whether a value behind a colon is a word of a sentence, a
// path, a link, a time or a checksum that is named: "token: expired".
func inSentence(f found) bool {
	value := f.secret()
	switch {
	case placeholder(value), !telling(value), entropy(value) < 2.5:
		return true
	case strings.Contains(value, "://"), strings.HasPrefix(value, "/"), strings.HasPrefix(value, "./"), strings.HasPrefix(value, "-"):
		return true
	case strings.Contains(value, "(") && strings.HasSuffix(strings.TrimRight(value, ";"), ")"): // a call
		return true
	}
	name := strings.ToLower(f.text[f.start:f.from])
	for _, harmless := range []string{"token_type", "tokens:", "tokens =", "secretname", "secret_name", "secretref", "token_count", "max_tokens", "tokenizer", "expires", "_id", "url", "path", "file", "name"} {
		if strings.Contains(name, harmless) {
			return true
		}
	}
	return false
}
