package weave_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// nasty are words that a file could trip over.
var nasty = []string{
	"plain words", "### T-009: boo", "- [ ] **AC-US1-09**: z", "**Status**: [ ] pending", "---", "{{X}} [Story Title]",
	"T-001: again", "`code` and *stars*", "a\n\n## Root Cause\n\nb", "<!-- not closed", "```\nfence", "日本語 \u202e x", "| a | b |", "> quote\n> more",
}

func pick[T any](dice *rand.Rand, of []T) T { return of[dice.IntN(len(of))] }

// here does something in the incident; what is refused is no matter.
func (l *loom) here(dice *rand.Rand) {
	ids := slices.Sorted(maps.Keys(done(l.in)))
	id := pick(dice, append(ids, "T-001"))
	words := pick(dice, nasty)
	want := pick(dice, []workflow.Intent{
		workflow.MarkTask{ID: id, Done: true},
		workflow.MarkTask{ID: id},
		workflow.AddTask{Title: words},
		workflow.RenameTask{ID: id, Title: words},
		workflow.WriteText{Which: workflow.FixText, Text: words},
		workflow.WriteText{Which: workflow.ProblemText, Text: words},
		workflow.Identify{Cause: words},
		workflow.Assess{Field: workflow.Impact, Text: words},
		workflow.DropTask{ID: id, Reason: "not now"},
		workflow.MoveIncrement{To: workflow.Paused, Reason: words},
		workflow.MoveIncrement{To: workflow.Active},
		workflow.SetSeverity{Level: pick(dice, []string{"SEV1", "SEV2", "SEV3"}), Reason: "so"},
		workflow.Undo{},
	})
	if what, _ := l.in.CanUndo("device-1"); want == (workflow.Undo{}) && strings.HasPrefix(what, "Increment created") {
		return // then there is nothing to hold against each other
	}
	if events, err := workflow.Decide(l.in, want, l.env("")); err == nil {
		l.in = l.in.With(events...)
	}
}

// there does something in the files, as an engineer or an agent would.
func (l *loom) there(dice *rand.Rand) {
	swap := func(name, old, new string) { l.disk[name] = strings.Replace(l.disk[name], old, new, 1) }
	switch n := dice.IntN(100); dice.IntN(9) {
	case 0:
		swap("tasks.md", "**Status**: [ ] pending", "**Status**: [x] completed")
	case 1:
		swap("tasks.md", "**Status**: [x] completed", "**Status**: [ ] pending")
	case 2:
		swap("tasks.md", "### T-002: ", fmt.Sprintf("### T-002: Theirs %d ", n))
	case 3:
		l.disk["tasks.md"] += fmt.Sprintf("\n### T-1%02d: Added there\n\n**User Story**: US-001\n**Satisfies ACs**: AC-US1-02\n**Status**: [ ] pending\n", n)
	case 4:
		swap("spec.md", "## Fix\n\n", fmt.Sprintf("## Fix\n\nTheirs %d. ", n))
	case 5:
		swap("spec.md", "- [ ] **AC-", "- [x] **AC-")
	case 6:
		swap("metadata.json", `"status": "active"`, `"status": "paused", "x": 12345678901234567890`)
	case 7:
		if at := strings.Index(l.disk["tasks.md"], "### T-003"); at >= 0 {
			if next := strings.Index(l.disk["tasks.md"][at+3:], "### "); next >= 0 {
				l.disk["tasks.md"] = l.disk["tasks.md"][:at] + l.disk["tasks.md"][at+3+next:]
			}
		}
	case 8:
		swap("spec.md", "## Out of Scope\n", fmt.Sprintf("## Notes %d\n\nAn engineer's own.\n\n## Out of Scope\n", n))
	}
}

func TestAfterRandomEditsFromBothSidesTheyAgreeAndNothingOfTheirsIsLost(t *testing.T) {
	t.Parallel()
	rounds := 60
	if testing.Short() {
		rounds = 12
	}
	for seed := range rounds {
		dice := rand.New(rand.NewPCG(uint64(seed), 4))
		l := newLoom(t)
		for range 50 {
			switch dice.IntN(5) {
			case 0, 1:
				l.here(dice)
			case 2, 3:
				l.there(dice)
			default:
				notes := strings.Count(l.disk["spec.md"], "An engineer's own.")
				l.look()
				require.Equal(t, notes, strings.Count(l.disk["spec.md"], "An engineer's own."), "seed %d", seed)
			}
			if dice.IntN(12) == 0 {
				l.answer(pick(dice, []workflow.Keep{workflow.KeepOurs, workflow.KeepTheirs}))
			}
		}
		for n := 0; ; n++ {
			l.look()
			if len(l.questions()) == 0 {
				break
			}
			require.Less(t, n, 10, "seed %d: the questions never end: %v", seed, l.questions())
			l.answer(pick(dice, []workflow.Keep{workflow.KeepOurs, workflow.KeepTheirs}))
		}
		assert.Empty(t, open(l), "seed %d: %v", seed, l.says)
		assert.Empty(t, l.look(), "seed %d: a second look writes nothing", seed)
		again := workflow.Fold(l.in.ID, l.in.Events())
		assert.Equal(t, done(l.in), done(again), "seed %d", seed)
	}
}

// open are the differences that nothing explains: no sentence, and no state.
func open(l *loom) []workflow.Difference {
	var out []workflow.Difference
	for _, d := range l.weaving().Differences() {
		if d.Verdict != workflow.Agreed {
			out = append(out, d)
		}
	}
	return out
}
