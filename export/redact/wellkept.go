package redact

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/viper"
	"github.com/zricethezav/gitleaks/v8/config"

	"firebreak/workflow"
)

// unused are rules that are left out. The generic one guesses at anything behind
// a word like key or token: of 1,400 false alarms in 10,000 ordinary entries, it
// raised all. The other takes the name of a user for a secret; one of ours takes
// the password alone.
func unused(id string) bool { return id == "generic-api-key" || id == "curl-auth-user" }

// wellKept reads the rules that come with gitleaks. Those that ask for a file's
// name are left out: a note has none.
func wellKept() ([]*rule, error) {
	reader := viper.New()
	reader.SetConfigType("toml")
	if err := reader.ReadConfig(strings.NewReader(config.DefaultConfig)); err != nil {
		return nil, fmt.Errorf("the rules for secrets cannot be read: %w", err)
	}
	var raw config.ViperConfig
	if err := reader.Unmarshal(&raw); err != nil {
		return nil, fmt.Errorf("the rules for secrets cannot be read: %w", err)
	}
	all, err := raw.Translate()
	if err != nil {
		return nil, fmt.Errorf("the rules for secrets cannot be read: %w", err)
	}
	var rules []*rule
	for _, id := range all.OrderedRules {
		r := all.Rules[id]
		if unused(id) || r.Regex == nil || r.Path != nil || r.SkipReport || len(r.RequiredRules) > 0 {
			continue
		}
		allowed := slices.Concat(r.Allowlists, all.Allowlists)
		rules = append(rules, &rule{
			id: id, name: nameOf(id), kind: workflow.SecretLeak, keywords: r.Keywords, expr: r.Regex, group: r.SecretGroup, entropy: r.Entropy,
			refuses: func(f found) bool {
				return slices.ContainsFunc(allowed, func(list *config.Allowlist) bool { return allows(list, f) })
			},
		})
	}
	return rules, nil
}

// allows says whether a list of exceptions speaks for what was found. One that
// needs a path or a commit as well never does: there is none.
func allows(list *config.Allowlist, f found) bool {
	target := f.secret()
	switch list.RegexTarget {
	case "match":
		target = f.match()
	case "line":
		target = lineAround(f)
	}
	fits := list.RegexAllowed(target)
	stops, _ := list.ContainsStopWord(f.secret())
	if list.MatchCondition == config.AllowlistMatchAnd {
		return len(list.Commits) == 0 && len(list.Paths) == 0 &&
			(len(list.Regexes) == 0 || fits) && (len(list.StopWords) == 0 || stops)
	}
	return fits || stops
}

func lineAround(f found) string {
	from := strings.LastIndexByte(f.text[:f.start], '\n') + 1
	if end := strings.IndexByte(f.text[f.end:], '\n'); end >= 0 {
		return f.text[from : f.end+end]
	}
	return f.text[from:]
}

// nameOf makes a rule's id readable: "aws-access-token" is an AWS access token.
func nameOf(id string) string {
	words := strings.Split(id, "-")
	for i, word := range words {
		if spelled, known := spellings()[word]; known {
			words[i] = spelled
		}
	}
	return strings.Join(words, " ")
}

// spellings are words that are not written in small letters.
func spellings() map[string]string {
	return map[string]string{
		"aws": "AWS", "gcp": "GCP", "api": "API", "jwt": "JWT", "pat": "access token", "url": "URL", "github": "GitHub", "gitlab": "GitLab", "slack": "Slack",
		"stripe": "Stripe", "twilio": "Twilio", "sendgrid": "SendGrid", "npm": "npm", "pypi": "PyPI", "openai": "OpenAI", "anthropic": "Anthropic",
		"azure": "Azure", "ad": "AD", "heroku": "Heroku", "datadog": "Datadog", "newrelic": "New Relic", "cloudflare": "Cloudflare", "digitalocean": "DigitalOcean",
		"shopify": "Shopify", "telegram": "Telegram", "vault": "Vault", "hashicorp": "HashiCorp", "tf": "Terraform", "id": "ID", "oauth": "OAuth", "sentry": "Sentry",
		"grafana": "Grafana", "mailgun": "Mailgun", "mailchimp": "Mailchimp", "linear": "Linear", "discord": "Discord", "age": "age", "square": "Square", "databricks": "Databricks",
	}
}
