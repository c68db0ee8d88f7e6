package markdown_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/export/markdown"
)

const postMortem = `# Post-Mortem: SEV1 Auth Outage 2024-11-25

## Summary
Login broken for all users for 47 minutes.

## Timeline
- 14:32 - First alert triggered
- 14:35 - On-call acknowledged
- 14:42 - Root cause identified
- 14:58 - Fix deployed
- 15:05 - Verified fix in production
- 15:19 - All-clear declared

## Root Cause
Regex pattern in token validation was changed in PR #423.
Change was not tested with tokens containing dashes.

## Impact
- ~2,000 users affected
- ~500 support tickets
- Estimated $5,000 revenue impact

## Lessons Learned
1. Token validation changes need specific test cases
2. Auth changes should have staging soak time
3. Canary deploy would have caught this

## Action Items
- [ ] Add regression test for dash-containing tokens
- [ ] Add auth-specific test coverage requirements
- [ ] Implement canary deployment for auth changes
`

const assessment = `## Incident Assessment

**Time Detected**: 14:32 UTC
**Severity**: SEV1
**Impact**: All users cannot login
**Symptoms**: 500 error on /api/auth/login
**Hypothesis**: Recent deploy broke auth token validation

**Communication**:
- Posted in #incidents
- Status page updated
- On-call notified
`

func TestTheWorkflowsOwnPostMortemComesOutByteForByte(t *testing.T) {
	d := markdown.New().Compact()
	d.Heading(1, "Post-Mortem: SEV1 Auth Outage 2024-11-25")
	d.Heading(2, "Summary")
	d.Text("Login broken for all users for 47 minutes.")
	d.Heading(2, "Timeline")
	d.Bullets(markdown.Lits(
		"14:32 - First alert triggered", "14:35 - On-call acknowledged", "14:42 - Root cause identified",
		"14:58 - Fix deployed", "15:05 - Verified fix in production", "15:19 - All-clear declared")...)
	d.Heading(2, "Root Cause")
	d.Text("Regex pattern in token validation was changed in PR #423.\nChange was not tested with tokens containing dashes.")
	d.Heading(2, "Impact")
	d.Bullets(markdown.Lits("~2,000 users affected", "~500 support tickets", "Estimated $5,000 revenue impact")...)
	d.Heading(2, "Lessons Learned")
	d.Numbered(markdown.Lits("Token validation changes need specific test cases",
		"Auth changes should have staging soak time", "Canary deploy would have caught this")...)
	d.Heading(2, "Action Items")
	d.Tasks(
		markdown.Task{Text: markdown.Line{markdown.Lit("Add regression test for dash-containing tokens")}},
		markdown.Task{Text: markdown.Line{markdown.Lit("Add auth-specific test coverage requirements")}},
		markdown.Task{Text: markdown.Line{markdown.Lit("Implement canary deployment for auth changes")}})
	assert.Equal(t, postMortem, d.String())
}

func TestTheWorkflowsOwnAssessmentComesOutByteForByte(t *testing.T) {
	d := markdown.New().Compact()
	d.Heading(2, "Incident Assessment")
	d.Lines(markdown.Field("Time Detected", "14:32 UTC"), markdown.Field("Severity", "SEV1"),
		markdown.Field("Impact", "All users cannot login"),
		markdown.Field("Symptoms", "500 error on /api/auth/login"),
		markdown.Field("Hypothesis", "Recent deploy broke auth token validation"))
	d.Lines(markdown.Field("Communication", ""))
	d.Bullets(markdown.Lits("Posted in #incidents", "Status page updated", "On-call notified")...)
	assert.Equal(t, assessment, d.String())
}
