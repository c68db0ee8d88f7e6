package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestTheTextsOfTheIncrementAreKeptAsTyped(t *testing.T) {
	s := fire(t).do(
		workflow.WriteText{Which: workflow.ProblemText, Text: "500 on login\nsince v1.2.3"},
		workflow.WriteText{Which: workflow.FixText, Text: "put it back"},
		workflow.WriteText{Which: workflow.RollbackText, Text: "npm run back"},
	)
	assert.Equal(t, "500 on login\nsince v1.2.3", s.in.Fix.Problem.Get())
	assert.Equal(t, "put it back", s.in.Fix.Plan.Get())
	assert.Equal(t, "npm run back", s.in.Fix.Rollback.Get())
	s.refuses(workflow.WriteText{Which: workflow.FixText, Text: "put it back"}, "text.same")
	s.refuses(workflow.WriteText{Which: "poem", Text: "x"}, "text.unknown")
}

func tasks(in workflow.Incident) (out []string) {
	for _, task := range in.Tasks() {
		state := " "
		if task.Done {
			state = "x"
		}
		out = append(out, "["+state+"] "+task.ID+": "+task.Title)
	}
	return out
}

func TestTheIncrementHasTheFourTasksAndFactsTickThem(t *testing.T) {
	s := fire(t)
	assert.Equal(t, []string{
		"[ ] T-001: Identify breaking change", "[ ] T-002: Implement fix", "[ ] T-003: Add regression test", "[ ] T-004: Deploy to production",
	}, tasks(s.in))
	s.fixed("abc1234").proven().deployed()
	for _, task := range s.in.Tasks() {
		assert.True(t, task.Done, task.ID)
		assert.NotEmpty(t, task.Fact, task.ID)
	}
}

func TestTasksAreTickedOpenedAddedAndRenamed(t *testing.T) {
	s := fire(t).do(workflow.MarkTask{ID: "T-001", Done: true})
	assert.Equal(t, "T-001 done: Identify breaking change", s.last().Text.Get())
	s.refuses(workflow.MarkTask{ID: "T-001", Done: true}, "task.same")
	s.refuses(workflow.MarkTask{ID: "T-009"}, "task.unknown")
	s.do(workflow.MarkTask{ID: "T-001"})
	assert.False(t, s.in.Tasks()[0].Done)

	s.do(workflow.AddTask{Title: " warm \n the cache "}, workflow.RenameTask{ID: "T-005", Title: "warm all caches"}, workflow.MarkTask{ID: "T-005", Done: true})
	assert.Equal(t, "[x] T-005: warm all caches", tasks(s.in)[4])
	s.refuses(workflow.AddTask{Title: " "}, "task.title-missing")
	s.refuses(workflow.RenameTask{ID: "T-005"}, "task.title-missing")
	s.refuses(workflow.RenameTask{ID: "T-005", Title: "warm all caches"}, "task.same")
	s.refuses(workflow.RenameTask{ID: "T-042", Title: "x"}, "task.unknown")
}

func TestAnIncrementHasAnEnd(t *testing.T) {
	s := under(t, func(p *workflow.Playbook) { p.Work.Tasks = make([]workflow.TaskPolicy, 999) })
	s.refuses(workflow.AddTask{Title: "one more"}, "task.too-many")
}

func TestTheIncrementIsRecordedOnce(t *testing.T) {
	s := fire(t)
	s.refuses(workflow.RecordIncrement{ID: " "}, "increment.id-missing")
	s.do(workflow.RecordIncrement{ID: "0015-hotfix-login", Root: "/srv/shop", Path: "x/0015", Type: "hotfix", At: when(9)})
	assert.Equal(t, "Increment created: 0015-hotfix-login", s.last().Text.Get())
	assert.True(t, s.in.Holds(workflow.IncrementWritten))
	assert.Equal(t, when(9), s.in.Find(workflow.IncrementWritten).At)
	s.refuses(workflow.RecordIncrement{ID: "0015-hotfix-login", Root: "/srv/shop", Path: "x/0015", Type: "hotfix"}, "increment.same")
	assert.Equal(t, "- Increment: 0015-hotfix-login", s.in.Draft(workflow.RelatedSection))
}

func TestTheFixIsRecordedWithItsCommit(t *testing.T) {
	s := fire(t).do(workflow.RecordFix{})
	assert.True(t, s.in.Holds(workflow.FixImplemented), "a fix without a commit is a fix")
	s.refuses(workflow.RecordFix{}, "fix.same")
	s.do(workflow.RecordFix{Commit: " abc1234 ", Summary: "one line"})
	assert.Equal(t, workflow.Change{Commit: "abc1234", Summary: "one line"}, s.in.Fix.Change.Get())
	s.do(workflow.RecordFix{Commit: "fff9999", Summary: "two lines"})
	assert.Equal(t, "Minimal fix implemented: two lines (fff9999); tests and approval of abc1234 are void", s.last().Text.Get())
}
