package redact

import (
	"context"
	"slices"
	"strings"
	"sync"

	"firebreak/workflow"
)

// secretRules are those for secrets alone, made once for the whole program.
var secretRules = sync.OnceValues(func() ([]*rule, error) {
	kept, err := wellKept()
	return slices.DeleteFunc(slices.Concat(kept, own()), func(r *rule) bool { return r.kind != workflow.SecretLeak }), err
})

// Output is a text that a program printed, as it may be kept: secrets that only
// their form tells are named instead. A text that cannot be looked at is not
// kept at all.
func Output(text string) string {
	rules, err := secretRules()
	if err != nil {
		return unread
	}
	spans, err := spansIn(context.Background(), rules, text)
	if err != nil {
		return unread
	}
	var out strings.Builder
	at := 0
	for _, s := range spans {
		if s.from < at {
			continue
		}
		out.WriteString(text[at:s.from])
		out.WriteString("[redacted: " + s.rule.name + "]")
		at = s.to
	}
	out.WriteString(text[at:])
	return out.String()
}

// unread stands for a text that could not be looked at.
const unread = "[not kept: it could not be looked through for secrets]"
