package workflow_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/workflow"
)

// The golden log was written by the first version and is never written anew:
// logs live for ever. -update is for a log of a later version, under its own
// name, beside it.
var update = flag.Bool("update", false, "write the golden logs that are missing")

const firstLog = "testdata/sample-v1.jsonl"

func writeSample(t *testing.T) {
	t.Helper()
	var log bytes.Buffer
	n := 0
	p := sample.Player{
		Zero: sample.Alert(), Device: "laptop",
		NewID: func() workflow.EventID { n++; return workflow.EventID(fmt.Sprintf("%06d", n)) },
		Write: func(_ workflow.Incident, events []workflow.Event) error {
			for _, e := range events {
				line, err := workflow.Encode(e)
				require.NoError(t, err)
				log.Write(append(line, '\n'))
			}
			return nil
		},
		Increment: func(workflow.Incident) (workflow.RecordIncrement, error) {
			return workflow.RecordIncrement{ID: "0015-hotfix-auth-outage", Root: "/srv/shop", Path: ".specweave/increments/0015-hotfix-auth-outage", Type: "hotfix"}, nil
		},
	}
	_, err := p.Play(workflow.Fold("sample", nil), sample.Script(book(t), sample.Alert()))
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Dir(firstLog), 0o755))
	require.NoError(t, os.WriteFile(firstLog, log.Bytes(), 0o644))
}

func readLog(t *testing.T, path string) (events []workflow.Event, lines []string) {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err, "run the tests of this package with -update")
	scan := bufio.NewScanner(bytes.NewReader(data))
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		e, err := workflow.Decode(scan.Bytes())
		require.NoError(t, err)
		assert.NotEqual(t, workflow.RawEntry, e.Body.Kind())
		events, lines = append(events, e), append(lines, scan.Text())
	}
	require.NoError(t, scan.Err())
	return events, lines
}

func TestTheLogOfTheFirstVersionIsReadForEver(t *testing.T) {
	if _, err := os.Stat(firstLog); err != nil && *update {
		writeSample(t)
	}
	events, lines := readLog(t, firstLog)
	for i, e := range events {
		_, unread := e.Body.(workflow.Raw)
		assert.False(t, unread, lines[i])
		again, err := workflow.Encode(e)
		require.NoError(t, err)
		assert.Equal(t, lines[i], string(again), "a line is written as it was")
	}
	in := workflow.Fold("sample", events)
	summary, err := json.Marshal(in.Summary())
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"id": "sample", "title": "Auth Outage", "service": "auth", "severity": "SEV1", "stage": "Resolved", "sample": true,
		"detected": "2024-11-25T14:32:00Z", "all_clear": "2024-11-25T15:19:00Z", "took": 2820000000000,
		"updated": "2024-11-25T15:42:00Z", "entries": 39, "open_actions": 3,
		"cause": "Regex pattern in token validation was changed in PR #423.\nChange was not tested with tokens containing dashes.",
		"version": "v1.2.4", "commit": "f3a91c2", "shipped": "2024-11-25T14:58:00Z"
	}`, string(summary))
	assert.Equal(t, "Login broken for all users for 47 minutes.", in.SectionText(workflow.SummarySection))
	assert.Equal(t, "hotfix", in.Fix.Choice().Option)
	assert.Equal(t, "npm run deploy:rollback", in.Proof.Rollback.Get().Command)
	for _, p := range in.Checklist() {
		assert.True(t, p.Confirmed && p.Settled(), p.Name)
	}
	for _, g := range in.AllGates() {
		if g.ID != workflow.RollbackGate {
			assert.True(t, g.Open(), g.ID)
		}
	}
}
