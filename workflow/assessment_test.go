package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestTheAssessmentIsKeptAsTyped(t *testing.T) {
	s := fire(t)
	for _, f := range workflow.AssessmentFields() {
		text := " " + string(f) + "\nsecond line "
		s.do(workflow.Assess{Field: f, Text: text})
		assert.Equal(t, text, s.in.Assessment(f))
		h, _ := s.in.AssessmentRegister(f).Head()
		assert.Equal(t, "Jane", h.By)
	}
	assert.Equal(t, "Hypothesis: hypothesis …", s.last().Text.Get(), "the timeline has the first line")

	s.refuses(workflow.Assess{Field: "cause", Text: "x"}, "assessment.unknown")
	s.refuses(workflow.Assess{Field: workflow.Impact, Text: s.in.Assessment(workflow.Impact)}, "assessment.same")

	s.do(workflow.Assess{Field: workflow.Impact})
	assert.Equal(t, "Impact cleared", s.last().Text.Get())
	assert.False(t, s.in.Holds(workflow.ImpactUnderstood), "an empty impact is not understood")
}

func TestTheServiceCanBeNamedAndCleared(t *testing.T) {
	s := fire(t).do(workflow.SetService{Service: " auth "})
	assert.Equal(t, "auth", s.in.Triage.Service.Get())
	s.refuses(workflow.SetService{Service: "auth"}, "service.same")
	s.do(workflow.SetService{})
	assert.Empty(t, s.in.Triage.Service.Get())
}

func TestAnOldLogWithAnEmptyFieldNameIsShownAndStopsNothing(t *testing.T) {
	s := fire(t)
	e := s.in.Events()[0]
	e.ID, e.Batch, e.Clock, e.Body = "zz", "zz", e.Clock+99, workflow.Assessed{Text: "x"}
	in := s.in.With(e)
	got, ok := in.Entry("zz")
	assert.True(t, ok)
	assert.Equal(t, "Assessment: x", got.Text.Get())
}
