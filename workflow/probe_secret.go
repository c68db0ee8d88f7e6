package workflow

import (
	"net/url"
	"regexp"
	"strings"
)

// HeldSecret is a secret that was typed into a probe: what it is, and the name
// of the variable that stands in its place now.
type HeldSecret struct {
	Name     string // "the header Authorization"
	Variable string // "FIREBREAK_TOKEN"
	Value    Secret
}

// WithoutSecrets is a probe that may be kept: where somebody typed a token, a
// password or a cookie, the name of a variable stands. The values are what the
// desk keeps in memory while it runs; nothing of them goes into the log.
func (p Probe) WithoutSecrets() (Probe, []HeldSecret) {
	h := hiding{}
	headers := make([]string, len(p.Headers))
	for i, line := range p.Headers {
		headers[i] = h.header(line)
	}
	if len(p.Headers) > 0 {
		p.Headers = headers
	}
	p.URL = h.address(p.URL)
	return p, h.found
}

// hiding takes secrets out and names a variable for each.
type hiding struct{ found []HeldSecret }

// variable keeps a value and answers what stands in its place.
func (h *hiding) variable(usual, name, value string) string {
	taken := 0
	for _, f := range h.found {
		if f.Value.Reveal() == value {
			return "$" + f.Variable
		}
		if f.Variable == usual || strings.HasPrefix(f.Variable, usual+"_") {
			taken++
		}
	}
	if taken > 0 {
		usual += "_" + string(rune('1'+min(taken, 8)))
	}
	h.found = append(h.found, HeldSecret{Name: name, Variable: usual, Value: NewSecret(name, value)})
	return "$" + usual
}

// telling are the names of headers and of parts of an address that hold
// secrets.
var telling = regexp.MustCompile(`(?i)(^|[-_.])(authorization|cookie|token|secret|password|passwd|pwd|api[-_]?key|access[-_]?key|auth|session|sessionid|sid|signature|sig|credential|jwt)s?($|[-_.])`)

// reference is a value that only names a variable, with the scheme before it.
var reference = regexp.MustCompile(`^(?:[A-Za-z]+ +)?\$(?:[A-Za-z_][A-Za-z0-9_]*|\{[A-Za-z_][A-Za-z0-9_]*\})$`)

func (h *hiding) header(line string) string {
	name, value, ok := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	if !ok || value == "" || !telling.MatchString(strings.TrimSpace(name)) || reference.MatchString(value) {
		return line
	}
	what := "the header " + strings.TrimSpace(name)
	scheme, rest, two := strings.Cut(value, " ")
	if rest = strings.TrimSpace(rest); two && strings.EqualFold(name, "authorization") && rest != "" {
		return name + ": " + scheme + " " + h.variable(variableOf(scheme), what, rest)
	}
	return name + ": " + h.variable(variableOf(name), what, value)
}

// variableOf is the name that a secret gets: of its header or of its scheme.
func variableOf(name string) string {
	name = strings.ToUpper(strings.TrimSpace(name))
	switch name {
	case "BEARER", "AUTHORIZATION", "TOKEN":
		return "FIREBREAK_TOKEN"
	case "BASIC":
		return "FIREBREAK_LOGIN"
	}
	return "FIREBREAK_" + strings.Trim(regexp.MustCompile(`[^A-Z0-9]+`).ReplaceAllString(name, "_"), "_")
}

// address takes the password and telling parts of the query out of an address.
// The rest of it stays letter by letter.
func (h *hiding) address(address string) string {
	at, err := url.Parse(address)
	if err != nil {
		return address
	}
	if at.User != nil {
		if begin := strings.Index(address, "//"); begin >= 0 {
			if end := strings.Index(address[begin:], "@"); end >= 0 {
				user := address[begin+2 : begin+end]
				if name, password, two := strings.Cut(user, ":"); two && password != "" && !reference.MatchString(password) {
					user = name + ":" + h.variable("FIREBREAK_PASSWORD", "the password in the address", password)
				}
				address = address[:begin+2] + user + address[begin+end:]
			}
		}
	}
	before, query, has := strings.Cut(address, "?")
	if !has {
		return address
	}
	query, fragment, tail := strings.Cut(query, "#")
	parts := strings.Split(query, "&")
	for i, part := range parts {
		name, value, _ := strings.Cut(part, "=")
		if value != "" && (telling.MatchString(name) || strings.EqualFold(name, "key")) && !reference.MatchString(value) {
			parts[i] = name + "=" + h.variable(variableOf(name), "the "+name+" in the address", value)
		}
	}
	address = before + "?" + strings.Join(parts, "&")
	if tail {
		address += "#" + fragment
	}
	return address
}
