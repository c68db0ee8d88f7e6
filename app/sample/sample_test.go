package sample_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/workflow"
)

func play(t *testing.T) workflow.Incident {
	t.Helper()
	book, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(t, err)
	n := 0
	p := sample.Player{
		Zero: sample.Alert(), Device: "laptop",
		NewID: func() workflow.EventID { n++; return workflow.EventID(fmt.Sprintf("%06d", n)) },
		Write: func(workflow.Incident, []workflow.Event) error { return nil },
		Increment: func(workflow.Incident) (workflow.RecordIncrement, error) {
			return workflow.RecordIncrement{ID: "0015-hotfix-auth-outage", Type: "hotfix"}, nil
		},
	}
	in, err := p.Play(workflow.Fold("sample", nil), sample.Script(book, sample.Alert()))
	require.NoError(t, err)
	return in
}

func TestTheSampleIsTheUsersOutageFromAlertToActionItems(t *testing.T) {
	in := play(t)

	assert.Equal(t, workflow.Resolved, in.Stage())
	assert.Equal(t, "47 minutes", in.Metric(workflow.TimeToResolve).String())
	assert.Equal(t, "Post-Mortem: SEV1 Auth Outage 2024-11-25", in.ReportTitle())
	assert.Equal(t, "Login broken for all users for 47 minutes.", in.SectionText(workflow.SummarySection))
	assert.True(t, in.Sample, "the sample is never a real incident")
}

func TestTheSamplesTimelineIsTheUsersSixLines(t *testing.T) {
	var lines []string
	for _, e := range play(t).ReportLines() {
		lines = append(lines, e.At.Get().Clock(nil)+" - "+e.Text.Get())
	}
	assert.Equal(t, []string{
		"14:32 - First alert triggered", "14:35 - On-call acknowledged", "14:42 - Root cause identified",
		"14:58 - Fix deployed", "15:05 - Verified fix in production", "15:19 - All-clear declared",
	}, lines)
}

func TestTheSampleTicksAllTwelveItemsByFacts(t *testing.T) {
	items := 0
	for _, p := range play(t).Checklist() {
		assert.True(t, p.Confirmed, p.Name)
		for _, i := range p.Items {
			items++
			assert.Equal(t, workflow.ItemDone, i.State, i.Text)
			assert.NotEmpty(t, i.Fact, i.Text)
		}
	}
	assert.Equal(t, 12, items)
}
