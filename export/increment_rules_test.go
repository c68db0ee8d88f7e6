package export_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export"
	"firebreak/export/specweave"
	"firebreak/workflow"
)

// written is the content of one file of an increment.
func written(t *testing.T, in workflow.Incident, place export.Place, name string) string {
	t.Helper()
	for _, f := range export.Increment(in, place) {
		if f.Name == name {
			return string(f.Content)
		}
	}
	require.Fail(t, "no such file", name)
	return ""
}

func stateOf(t *testing.T, in workflow.Incident, place export.Place) string {
	t.Helper()
	metadata, err := specweave.ReadMetadata([]byte(written(t, in, place, "metadata.json")))
	require.NoError(t, err)
	assert.Contains(t, written(t, in, place, "spec.md"), "\nstatus: "+metadata.Status+"\n", "both files say the same")
	return metadata.Status
}

func TestTheIncrementsStateFollowsTheIncident(t *testing.T) {
	t.Parallel()
	p := wholeSample(t)
	assert.Equal(t, "active", stateOf(t, midIncident(t).in, samplePlace()))
	assert.Equal(t, "completed", stateOf(t, p.in, samplePlace()), "all-clear, and every task done")

	external := samplePlace()
	external.External = true
	assert.Equal(t, "active", stateOf(t, p.in, external), "only SpecWeave can close what is tied to a tracker")
	p.do("Jane", workflow.MoveIncrement{To: workflow.Active})
	assert.Equal(t, "active", stateOf(t, p.in, samplePlace()), "somebody said so")
	p.do("Jane", workflow.MoveIncrement{To: workflow.Paused, Reason: "waits"})
	assert.Equal(t, "paused", stateOf(t, p.in, external))
	assert.Contains(t, written(t, p.in, samplePlace(), "metadata.json"), `"pausedReason": "waits"`)
	p.do("Jane", workflow.MoveIncrement{})

	p.do("Jane", workflow.AddTask{Title: "Tell support"})
	assert.Equal(t, "active", stateOf(t, p.in, samplePlace()), "a task is open")
	p.do("Jane", workflow.MarkTask{ID: "T-005", Done: true})
	assert.Equal(t, "completed", stateOf(t, p.in, samplePlace()))
	p.do("Jane", workflow.Reopen{Reason: "it is back"})
	assert.Equal(t, "active", stateOf(t, p.in, external), "the fire burns again, whatever the disk says")

	cancelled := midIncident(t)
	cancelled.do("Jane", workflow.Cancel{Reason: "a false \"alarm\""})
	assert.Equal(t, "abandoned", stateOf(t, cancelled.in, samplePlace()))
	assert.Contains(t, written(t, cancelled.in, samplePlace(), "metadata.json"), `"abandonedReason": "a false \"alarm\""`)
}

func TestALesserIncidentGetsANormalIncrementWithTheRowsOfItsFlow(t *testing.T) {
	t.Parallel()
	p := newPlayer(t)
	p.do("Jane", workflow.Declare{Title: "Profile image not loading", Severity: "SEV3", Impact: "Images are blank", Playbook: standard(t)})
	place := export.Place{ID: "0016-bug-profile-image", Project: "shop-api"}
	for _, f := range export.Increment(p.in, place) {
		golden(t, "increment-bug/"+f.Name, string(f.Content))
	}
	plan := written(t, p.in, place, "plan.md")
	for _, row := range p.in.Playbook.Flow {
		assert.Contains(t, plan, "- **"+row.Aspect+"**: "+row.Normal+"\n")
	}
	assert.Contains(t, written(t, p.in, place, "metadata.json"), `"type": "bug"`)

	p.do("Jane", workflow.SetSeverity{Level: "SEV1"})
	assert.Equal(t, "hotfix", export.IncrementType(p.in), "a change of severity switches the flow")
	assert.Contains(t, written(t, p.in, place, "metadata.json"), `"testMode": "none"`)
}

func TestEveryTaskHasACriterionThatIsTickedWithIt(t *testing.T) {
	t.Parallel()
	for _, tasks := range []int{1, 2, 4, 98, 99, 120} {
		book := standard(t)
		policy := book.Work.Tasks[0]
		policy.SettledBy = ""
		policy.Criterion = "(Acceptance Criteria) hold"
		book.Work.Tasks = nil
		for range tasks {
			book.Work.Tasks = append(book.Work.Tasks, policy)
		}
		p := newPlayer(t)
		p.do("Jane", workflow.Declare{Title: "x", Severity: "SEV1", Playbook: book})
		for n := range tasks {
			if n != tasks-1 || tasks == 1 {
				p.do("Jane", workflow.MarkTask{ID: fmt.Sprintf("T-%03d", n+1), Done: true})
			}
		}
		spec, file := written(t, p.in, samplePlace(), "spec.md"), written(t, p.in, samplePlace(), "tasks.md")
		for _, line := range strings.Split(file, "\n") {
			if ids, is := strings.CutPrefix(line, "**Satisfies ACs**: "); is {
				for _, id := range strings.Split(ids, ", ") {
					assert.Contains(t, spec, "] **"+id+"**: ", "%d tasks", tasks)
				}
			}
		}
		open := strings.Count(spec, "\n- [ ] **AC-")
		assert.Equal(t, map[bool]int{true: 0, false: 1}[tasks == 1], open, "%d tasks, the last one open", tasks)
		assert.GreaterOrEqual(t, strings.Count(spec, "] **AC-"), 2, "%d tasks", tasks)
		assert.Equal(t, 1, strings.Count(spec, "Acceptance Criteria"), "a criterion that names the heading is not seen")
		assert.NotContains(t, spec, "**: (", "a criterion that begins with a bracket is cut off")
	}
}

func TestACriterionLeavesNoBracketOpen(t *testing.T) {
	t.Parallel()
	// The expression by which SpecWeave's living docs find the criteria: an open bracket reaches over line ends.
	reader := regexp.MustCompile(`(?m)^[-*]\s+\[([ x])\]\s+\*{0,2}(AC-US\d+-\d+)\*{0,2}:\s+([^(\n]+)(?:\([^)]*\))?`)
	for title, want := range map[string]string{
		"Purge (the cache":   "Done: Purge (the cache)",
		"Purge (the) cache":  "Done: Purge (the) cache",
		"Purge :) (the(":     "Done: Purge :) (the()",
		"(":                  "Done: ()",
		"Purge the cache :)": "Done: Purge the cache :)",
	} {
		p := midIncident(t)
		p.do("Jane", workflow.AddTask{Title: title}, workflow.AddTask{Title: "Tell support (by mail)"})
		spec := written(t, p.in, samplePlace(), "spec.md")
		assert.Contains(t, spec, "**AC-US1-05**: "+want+"\n", title)
		assert.Len(t, reader.FindAllString(spec, -1), 6, title)
	}
}
