package redact

import (
	"net/netip"
	"regexp"
	"strings"

	"firebreak/workflow"
)

// personal are our rules for what belongs to a person. They warn and hold no
// export back: whether it may leave is for the people of the incident to say.
func personal() []*rule {
	data := func(id, name string, by choice, keywords []string, expr string, refuses func(found) bool) *rule {
		return &rule{id: id, name: name, kind: workflow.PersonalLeak, choice: by, keywords: keywords, expr: regexp.MustCompile(expr), refuses: refuses}
	}
	return []*rule{
		data("mail-address", "mail address", always, []string{"@"},
			`[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}\b`, noMailbox),
		data("card-number", "payment card number", always, nil,
			`\b(?:[3-6]\d{3}[ -]\d{4}[ -]\d{4}[ -]\d{4}|3[47]\d{2}[ -]\d{6}[ -]\d{5}|4\d{15}|5[1-5]\d{14})\b`, noCard),
		data("ip-address", "IP address", addresses, []string{"."},
			`(?:\d{1,3}\.){3}\d{1,3}`, noAddress),
		data("ip-address", "IP address", addresses, []string{":"},
			`[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}`, noAddress),
		data("phone-number", "telephone number", phones, []string{"+"},
			`\+\d{1,3}(?:[ ().-]{0,2}\d){7,14}\b`, noPhone),
	}
}

// noMailbox says whether an address is nobody's: made for examples, a machine's
// own, or a name that only looks like one.
func noMailbox(f found) bool {
	mailbox, host, _ := strings.Cut(strings.ToLower(f.secret()), "@")
	if before := f.text[:f.start]; strings.HasSuffix(before, ":") || strings.HasSuffix(before, "/") {
		if strings.Contains(before[max(0, len(before)-80):], "://") { // the user of a URL: its password is a finding of its own
			return true
		}
	}
	top := host[strings.LastIndexByte(host, '.')+1:]
	switch top {
	case "test", "example", "invalid", "localhost", "local", "localdomain", "internal", "lan", // reserved or of no outside
		"service", "socket", "timer", "mount", "target", "slice", "scope", // units of systemd
		"js", "ts", "py", "go", "rb", "md", "png", "jpg", "svg", "css", "html", "json", "yaml", "yml", "txt", "log", "sh": // files
		return true
	}
	for _, example := range []string{"example.com", "example.org", "example.net", "example.edu"} {
		if host == example || strings.HasSuffix(host, "."+example) {
			return true
		}
	}
	switch mailbox {
	case "git", "noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "hg", "svn":
		return true
	}
	return strings.HasSuffix(host, "noreply.github.com") || host == "users.noreply.github.com"
}

// noAddress says whether figures with dots or colons are no address of
// anybody's: a version, a private network, an example, the machine itself.
func noAddress(f found) bool {
	if touches(f, f.start-1) || touches(f, f.end) {
		return true
	}
	at, err := netip.ParseAddr(f.secret())
	if err != nil || !at.IsGlobalUnicast() || at.IsPrivate() || strings.Trim(f.secret(), ":") == "" {
		return true
	}
	if at.Is6() {
		documented := netip.MustParsePrefix("2001:db8::/32")
		return documented.Contains(at) || !strings.ContainsAny(f.secret(), "0123456789")
	}
	for _, documented := range []string{"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "100.64.0.0/10", "0.0.0.0/8"} {
		if netip.MustParsePrefix(documented).Contains(at) {
			return true
		}
	}
	return isVersion(f)
}

// touches says whether a letter, a figure or a dot with a figure goes on beside
// what was found: then it is a part of something longer.
func touches(f found, at int) bool {
	if at < 0 || at >= len(f.text) {
		return false
	}
	c := f.text[at]
	if c == '.' && at == f.end {
		return at+1 < len(f.text) && '0' <= f.text[at+1] && f.text[at+1] <= '9'
	}
	return c == '_' || c == '-' && at < f.start || c == '.' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == ':' && at < f.start
}

// isVersion says whether the words before four numbers make them a version.
func isVersion(f found) bool {
	line := strings.ToLower(f.text[max(0, f.start-60):f.start])
	line = line[strings.LastIndexByte(line, '\n')+1:]
	for _, word := range []string{"version", "release", "upgrad", "downgrad", "build", "firmware", "driver", "kernel", "rolled back to"} {
		if strings.Contains(line, word) {
			return true
		}
	}
	return strings.HasSuffix(line, " v") || line == "v"
}

func noPhone(f found) bool {
	figures := 0
	for _, c := range f.secret() {
		if '0' <= c && c <= '9' {
			figures++
		}
	}
	before := f.start > 0 && (f.text[f.start-1] >= '0' && f.text[f.start-1] <= '9' || f.text[f.start-1] == ':')
	return figures < 9 || figures > 15 || before // "12:00+0100" is a zone
}

// noCard checks the figure at the end, which every card number has.
func noCard(f found) bool {
	sum, double := 0, false
	figures := f.secret()
	for i := len(figures) - 1; i >= 0; i-- {
		c := int(figures[i]) - '0'
		if c < 0 || c > 9 {
			continue
		}
		if double {
			if c *= 2; c > 9 {
				c -= 9
			}
		}
		sum, double = sum+c, !double
	}
	return sum%10 != 0 || strings.Trim(figures, "0 -") == ""
}
