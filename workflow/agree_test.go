package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// since is an agreement on these pairs, ours before theirs.
func since(pairs map[workflow.Part][2]string) workflow.Agreement {
	return func(p workflow.Part, ours, theirs string) (bool, bool, bool) {
		last, known := pairs[p]
		return ours == last[0], theirs == last[1], known
	}
}

// verdict is what becomes of one part.
func verdict(in workflow.Incident, p workflow.Part, ours, theirs string, last workflow.Agreement) workflow.Verdict {
	for _, d := range in.Compare(workflow.Said{p: ours}, workflow.Said{p: theirs}, last) {
		if d.Part == p {
			return d.Verdict
		}
	}
	return workflow.Agreed
}

func TestWhatOnlyOneSideChangedFollowsItAndWhatBothChangedIsAsked(t *testing.T) {
	in := fire(t).in
	last := since(map[workflow.Part][2]string{workflow.CausePart: {"old", "old"}})
	for _, c := range []struct {
		ours, theirs string
		want         workflow.Verdict
	}{
		{"old", "old", workflow.Agreed},
		{"new", "new", workflow.Agreed},
		{"new", "old", workflow.WriteOurs},
		{"old", "new", workflow.TakeTheirs},
		{"mine", "yours", workflow.AskFirst},
		{"", "yours", workflow.AskFirst},
		{"", "old", workflow.WriteOurs},
		{"old", "", workflow.AskFirst}, // a file that is being written looks like this, too
	} {
		assert.Equal(t, c.want, verdict(in, workflow.CausePart, c.ours, c.theirs, last), "%+v", c)
	}
	own := since(map[workflow.Part][2]string{workflow.CausePart: {"as written", "as *written*"}})
	assert.Equal(t, workflow.Agreed, verdict(in, workflow.CausePart, "as written", "as *written*", own), "each side has its own form")
	assert.Equal(t, workflow.WriteOurs, verdict(in, workflow.CausePart, "other", "as *written*", own))
}

func TestSidesThatNeverAgreedTakeWhatIsMissingAndAskAboutTheRest(t *testing.T) {
	s := fire(t)
	never := since(nil)
	for _, c := range []struct {
		part         workflow.Part
		ours, theirs string
		want         workflow.Verdict
	}{
		{workflow.CausePart, "", "theirs", workflow.TakeTheirs},
		{workflow.CausePart, "ours", "", workflow.WriteOurs},
		{workflow.CausePart, "ours", "theirs", workflow.AskFirst},
		{workflow.TaskPart("T-009"), "", workflow.There, workflow.TakeTheirs},
		{workflow.TaskPart("T-009"), workflow.There, "", workflow.WriteOurs},
		{workflow.StatePart, "active", "planning", workflow.WriteOurs},
		{workflow.StatePart, "completed", "active", workflow.WriteOurs},
		{workflow.StatePart, "active", "paused", workflow.TakeTheirs},
	} {
		assert.Equal(t, c.want, verdict(s.in, c.part, c.ours, c.theirs, never), "%+v", c)
	}
	tick := func(ours, theirs string) workflow.Verdict {
		there := workflow.TaskPart("T-001")
		for _, d := range s.in.Compare(workflow.Said{there: workflow.There, workflow.DonePart("T-001"): ours}, workflow.Said{there: workflow.There, workflow.DonePart("T-001"): theirs}, never) {
			return d.Verdict
		}
		return workflow.Agreed
	}
	assert.Equal(t, workflow.WriteOurs, tick(workflow.DoneValue, workflow.OpenValue), "a tick counts more than none")
	assert.Equal(t, workflow.TakeTheirs, tick(workflow.OpenValue, workflow.DoneValue))
}

func TestATaskThatIsOnOneSideOnlyIsOneDifference(t *testing.T) {
	in := fire(t).in
	there, title, done := workflow.TaskPart("T-009"), workflow.TitlePart("T-009"), workflow.DonePart("T-009")
	all := in.Compare(nil, workflow.Said{there: workflow.There, title: "x", done: workflow.DoneValue}, since(nil))
	require.Len(t, all, 1)
	assert.Equal(t, workflow.Difference{Part: there, Theirs: workflow.There, Verdict: workflow.TakeTheirs}, all[0])

	was := since(map[workflow.Part][2]string{there: {workflow.There, workflow.There}})
	all = in.Compare(workflow.Said{there: workflow.There, title: "x", done: workflow.OpenValue}, nil, was)
	require.Len(t, all, 1)
	assert.Equal(t, workflow.AskFirst, all[0].Verdict, "a task that left the file is never dropped in silence")
}

func TestDifferencesComeInASteadyOrderWithTheStateLast(t *testing.T) {
	in := fire(t).in
	ours := workflow.Said{
		workflow.StatePart: "completed", workflow.DonePart("T-002"): workflow.DoneValue, workflow.CausePart: "a",
		workflow.TaskPart("T-002"): workflow.There, workflow.ProblemPart: "p",
	}
	theirs := workflow.Said{workflow.StatePart: "active", workflow.DonePart("T-002"): workflow.OpenValue, workflow.TaskPart("T-002"): workflow.There}
	var order []workflow.Part
	for _, d := range in.Compare(ours, theirs, since(nil)) {
		order = append(order, d.Part)
	}
	assert.Equal(t, []workflow.Part{workflow.CausePart, workflow.ProblemPart, workflow.DonePart("T-002"), workflow.StatePart}, order)
}

func TestAnAnswerHoldsForWhatWasSeenAndKeepsWhatWasGivenUp(t *testing.T) {
	s := fire(t).do(workflow.Identify{Cause: "mine"})
	last := since(map[workflow.Part][2]string{workflow.CausePart: {"old", "old"}})
	ask := func(theirs string) workflow.Verdict { return verdict(s.in, workflow.CausePart, "mine", theirs, last) }
	require.Equal(t, workflow.AskFirst, ask("yours"))

	s.do(workflow.SettleClash{Part: workflow.CausePart, Ours: "mine", Theirs: "yours", Keep: workflow.KeepOurs})
	assert.Equal(t, workflow.WriteOurs, ask("yours"))
	assert.Equal(t, workflow.AskFirst, ask("yours, changed once more"), "the file went on: asked again")
	assert.Contains(t, s.last().Original, "given up: yours")

	s.do(workflow.SettleClash{Part: workflow.CausePart, Ours: "mine", Theirs: "theirs", Keep: workflow.KeepTheirs})
	assert.Equal(t, "theirs", s.in.Fix.RootCause.Get())
	s.do(workflow.SettleClash{Part: workflow.CausePart, Ours: "theirs", Theirs: "third", Keep: workflow.KeepBoth})
	assert.Equal(t, "theirs\n\nthird", s.in.Fix.RootCause.Get())
	assert.Equal(t, workflow.WriteOurs, verdict(s.in, workflow.CausePart, "theirs third", "third", last), "both are in ours now")

	s.do(workflow.SettleClash{Part: workflow.TitlePart("T-002"), Ours: "Implement fix", Theirs: "Revert", Keep: workflow.KeepBoth})
	tasks := s.in.Tasks()
	assert.Equal(t, "Revert", tasks[1].Title)
	assert.Equal(t, "Implement fix", tasks[4].Title, "ours got a number of its own")
	s.refuses(workflow.SettleClash{Part: workflow.StatePart, Keep: workflow.KeepBoth}, "clash.both")
	s.refuses(workflow.SettleClash{Part: workflow.CausePart, Keep: "neither"}, "clash.answer")
}

func TestWhatAFileSaysIsAdoptedPartByPart(t *testing.T) {
	s := fire(t)
	s.do(
		workflow.Adopt{Part: workflow.ProblemPart, Was: s.in.Says(workflow.ProblemPart), Text: "p"}, workflow.Adopt{Part: workflow.FixPart, Was: s.in.Says(workflow.FixPart), Text: "f"},
		workflow.Adopt{Part: workflow.CausePart, Was: s.in.Says(workflow.CausePart), Text: "a guess", Hypothesis: true},
	)
	assert.Equal(t, "p", s.in.Fix.Problem.Get())
	assert.Equal(t, "f", s.in.Fix.Plan.Get())
	assert.Equal(t, "a guess", s.in.Assessment(workflow.Hypothesis))
	assert.False(t, s.in.Reached(workflow.Identified), "a guess identifies nothing")
	s.do(workflow.Adopt{Part: workflow.CausePart, Was: s.in.Says(workflow.CausePart), Text: "the cause"}, workflow.Adopt{Part: workflow.DonePart("T-002"), Was: s.in.Says(workflow.DonePart("T-002")), Text: workflow.DoneValue}, workflow.Adopt{Part: workflow.TaskPart("T-003")})
	assert.Equal(t, "the cause", s.in.Fix.RootCause.Get())
	assert.Equal(t, []string{"T-001", "T-002", "T-004"}, taskNames(s.in))
	assert.True(t, s.in.Tasks()[1].Done)
	for part, text := range map[workflow.Part]string{workflow.ProblemPart: "p", workflow.FixPart: "f", workflow.CausePart: "the cause", workflow.TitlePart("T-002"): "Implement fix", workflow.StatePart: ""} {
		assert.Equal(t, text, s.in.Text(part), part)
	}
	s.refuses(workflow.Adopt{Part: "colour", Text: "red"}, "part.unknown")
	s.refuses(workflow.Adopt{Part: workflow.TaskPart("T-030"), Text: workflow.There}, "part.title")
}

func TestWhatTheIncidentSaidSinceTheLookIsNotOverwritten(t *testing.T) {
	s := fire(t)
	look := workflow.Adopt{Part: workflow.FixPart, Text: "theirs", Was: s.in.Says(workflow.FixPart)}
	s.do(workflow.WriteText{Which: workflow.FixText, Text: "ours"})
	s.refuses(look, workflow.Overtaken)
	s.do(workflow.RecordIncrement{ID: "0015-x"}, workflow.MoveIncrement{To: workflow.Paused, Reason: "waits"})
	s.refuses(workflow.Adopt{Part: workflow.StatePart, Text: "abandoned", Was: "active"}, workflow.Overtaken)
}

func taskNames(in workflow.Incident) []string {
	var out []string
	for _, t := range in.Tasks() {
		out = append(out, t.ID)
	}
	return out
}

func TestWhatWasReadFromAFileIsNobodysStepToUndo(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "typed"})
	env := s.env()
	env.Via, env.Actor = "tasks.md", "tasks.md"
	events, err := workflow.Decide(s.in, workflow.MarkTask{ID: "T-002", Done: true}, env)
	require.NoError(t, err)
	assert.Equal(t, "tasks.md", events[0].Via)
	s.in = s.in.With(events...)

	what, can := s.in.CanUndo(s.device)
	require.True(t, can)
	assert.Equal(t, "typed", what)
	s.do(workflow.Undo{})
	assert.True(t, s.in.Tasks()[1].Done, "the tick out of the file stands")
	s.do(workflow.Redo{})

	var read []workflow.AuditLine
	for _, line := range s.in.Audit(nil) {
		if line.Via == "tasks.md" && line.Fits([]string{"tasks.md"}) {
			read = append(read, line)
		}
	}
	require.Len(t, read, 1)
	assert.Equal(t, "T-002 done: Implement fix", read[0].Says)
}
