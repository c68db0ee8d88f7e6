package export_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/app/sample"
	"firebreak/export"
)

// The post-mortem of the workflow's own description, up to its last line.
const usersPostmortem = `# Post-Mortem: SEV1 Auth Outage 2024-11-25

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

func TestTheSamplesPostMortemBeginsWithTheUsersOwnDocumentByteForByte(t *testing.T) {
	t.Parallel()
	body := export.PostmortemBody(wholeSample(t).in)
	assert.True(t, strings.HasPrefix(body, usersPostmortem), "got:\n%s", body)
}

func TestTheSamplesDocumentsAreAsTheyWere(t *testing.T) {
	t.Parallel()
	golden(t, "postmortem.md", string(export.Postmortem(wholeSample(t).in)))
	golden(t, "postmortem-mid-incident.md", string(export.Postmortem(midIncident(t).in)))
	golden(t, "assessment.md", export.Assessment(wholeSample(t).in))
}

func TestTheSamplesStatusAndDataAreAsTheyWere(t *testing.T) {
	t.Parallel()
	mid, now := midIncident(t), sample.Alert().Add(10*time.Minute)
	golden(t, "handoff.md", export.HandOff(mid.in.HandOffSheet(now)))
	golden(t, "status.json", string(export.StatusJSON(mid.in, now)))
	golden(t, "timeline.csv", string(export.TimelineCSV(mid.in)))
	golden(t, "timeline.jsonl", string(export.TimelineJSONL(mid.in)))
}
