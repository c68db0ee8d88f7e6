package publish_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// look brings both sides in step, as the desk does: until nothing is left to
// take over.
func (s *stage) look() session.Woven {
	s.t.Helper()
	for n := 0; ; n++ {
		require.Less(s.t, n, 10, "it never comes to rest")
		woven, err := s.hands.Weave(s.t.Context(), s.root, s.in)
		require.NoError(s.t, err)
		if len(woven.Takes) == 0 {
			return woven
		}
		for _, take := range woven.Takes {
			s.doAs(take.By, take.Via, take.Want)
		}
	}
}

func (s *stage) doAs(by, via string, want workflow.Intent) {
	s.t.Helper()
	events, err := workflow.Decide(s.in, want, workflow.Env{
		Now: s.now, Actor: by, Via: via, Device: "device-1", NewID: s.newID,
	})
	require.NoError(s.t, err, "%T", want)
	s.in = s.in.With(events...)
}

// tickThere ticks a task in the file, as an engineer does.
func (s *stage) tickThere(id string) {
	s.t.Helper()
	at := sampleFolder + "/tasks.md"
	head, rest, found := strings.Cut(s.read(at), "### "+id)
	require.True(s.t, found)
	s.write(at, head+"### "+id+strings.Replace(rest, "[ ] pending", "[x] completed", 1))
}

func TestTheIncrementAndTheIncidentGoOnTogetherFromBothSides(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	woven := s.look()
	assert.Empty(t, woven.Increment.Wrote)
	assert.Equal(t, "0015-hotfix-auth-outage", woven.Increment.ID)
	assert.Equal(t, workflow.Active, woven.Increment.State)
	assert.Equal(t, 4, woven.Increment.Tasks)
	assert.Equal(t, 4, woven.Increment.Criteria)

	s.do(workflow.MarkTask{ID: "T-002", Done: true})
	s.tickThere("T-003")
	woven = s.look()
	assert.Equal(t, 2, woven.Increment.Done)
	assert.Equal(t, 2, woven.Increment.Met)
	assert.Empty(t, woven.Increment.Differences)
	assert.True(t, s.in.Tasks()[2].Done)
	events := s.in.Events()
	assert.Equal(t, "tasks.md", events[len(events)-1].Actor)
	assert.Empty(t, s.look().Increment.Wrote, "a second look writes nothing")
}

func TestWhoCommittedAChangeIsNamed(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git here")
	}
	s := newStage(t)
	require.NoError(t, os.RemoveAll(filepath.Join(s.root, ".git")))
	git := func(args ...string) {
		command := exec.CommandContext(t.Context(), "git", append([]string{"-c", "user.name=Ann Lee", "-c", "user.email=ann@example.org"}, args...)...)
		command.Dir = s.root
		out, err := command.CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
	git("init", "-q")
	s.play(untilIncrement)
	s.tickThere("T-003")
	git("add", "-A")
	git("commit", "-q", "-m", "a test")
	s.look()
	events := s.in.Events()
	assert.Equal(t, "Ann Lee", events[len(events)-1].Actor)
	assert.Regexp(t, `^tasks\.md, commit [0-9a-f]{7,}$`, events[len(events)-1].Via)
}

func TestNothingMovesWhileGitIsInTheMiddleOfSomething(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	s.write(".git/MERGE_HEAD", "abc\n")
	s.do(workflow.MarkTask{ID: "T-002", Done: true})
	s.tickThere("T-003")
	before := s.read(sampleFolder + "/tasks.md")
	woven := s.look()
	assert.Contains(t, woven.Increment.Held, "a merge")
	assert.NotEmpty(t, woven.Increment.Differences)
	assert.Equal(t, before, s.read(sampleFolder+"/tasks.md"))
	assert.False(t, s.in.Tasks()[2].Done)

	require.NoError(t, os.Remove(filepath.Join(s.root, ".git/MERGE_HEAD")))
	assert.Empty(t, s.look().Increment.Held)
	assert.True(t, s.in.Tasks()[2].Done)
	assert.Equal(t, 2, strings.Count(s.read(sampleFolder+"/tasks.md"), "[x] completed"))
}

func TestAnAgreementThatIsLostAsksAndOverwritesNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	spec := sampleFolder + "/spec.md"
	s.write(spec, strings.Replace(s.read(spec), "Revert token validation to previous behavior.", "Theirs.", 1))
	s.ledger.agreed = map[string][]byte{}
	woven := s.look()
	questions := woven.Increment.Questions()
	require.Len(t, questions, 1)
	assert.Equal(t, workflow.FixPart, questions[0].Part)
	assert.Contains(t, s.read(spec), "Theirs.")
}

func TestTheAgreementHoldsNobodysWords(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	s.look()
	require.NotEmpty(t, s.ledger.agreed)
	for _, kept := range s.ledger.agreed {
		for _, word := range []string{"Revert", "token", "Implement", "users"} {
			assert.NotContains(t, string(kept), word)
		}
	}
}

func TestAnIncrementOfAnotherIncidentIsNotTouched(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	metadata := sampleFolder + "/metadata.json"
	s.write(metadata, strings.Replace(s.read(metadata), `"incidentId": "incident-1"`, `"incidentId": "incident-2"`, 1))
	_, err := s.hands.Weave(t.Context(), s.root, s.in)
	assert.ErrorContains(t, err, "belongs to another incident")

	link, err := s.hands.Link(t.Context(), s.root, s.in, "0015-hotfix-auth-outage")
	require.NoError(t, err, "a person can say that it is theirs all the same")
	s.do(link)
	s.look()
	assert.Contains(t, s.read(metadata), `"incidentId": "incident-2"`, "what it says of that stays")
}

func TestAnIncrementThatIsGoneIsSaidAndItsNumberIsNotTakenAgain(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	require.NoError(t, os.Rename(filepath.Join(s.root, sampleFolder), filepath.Join(s.root, "elsewhere")))
	_, err := s.hands.Weave(t.Context(), s.root, s.in)
	require.ErrorContains(t, err, "There is no increment")
	require.NoError(t, os.MkdirAll(filepath.Join(s.root, ".specweave/increments/_archive"), 0o755))
	require.NoError(t, os.Rename(filepath.Join(s.root, "elsewhere"), filepath.Join(s.root, ".specweave/increments/_archive/0015-hotfix-auth-outage")))
	woven := s.look()
	assert.Equal(t, "_archive", woven.Increment.Group, "it is found where SpecWeave put it")
}

func TestTheRepositoryThatAnIncrementWasWrittenIntoIsLookedIntoFirst(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	other := newStage(t)
	woven, err := s.hands.Weave(t.Context(), other.root, s.in)
	require.NoError(t, err)
	assert.Equal(t, s.root, woven.Increment.Root)

	s.do(workflow.AddTask{Title: "Tell support"})
	record, err := s.hands.CreateIncrement(t.Context(), other.root, s.in)
	require.NoError(t, err)
	assert.Equal(t, s.root, record.Root, "no second one is written elsewhere")
	assert.NoDirExists(t, filepath.Join(other.root, sampleFolder))
	assert.Contains(t, s.read(sampleFolder+"/tasks.md"), "Tell support")
}

func TestIncrementsAreListedNewestFirstAndOneCanBeLinked(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement - 1)
	folder := ".specweave/increments/0021-checkout"
	s.write(folder+"/metadata.json", `{"id": "0021-checkout", "status": "planned", "type": "bug-fix", "title": "Checkout"}`)
	s.write(folder+"/spec.md", "# Checkout\n\n- [x] **AC-US1-01**: a\n- [ ] **AC-US1-02**: b\n")
	s.write(folder+"/tasks.md", "### T-001: Look\n**Status**: [x] completed\n\n### T-002: Act\n**Satisfies ACs**: AC-US1-02\n**Status**: [ ] pending\n")
	s.write(".specweave/increments/0020-broken/metadata.json", "{oops")
	list, err := s.hands.Increments(t.Context(), s.root)
	require.NoError(t, err)
	require.Len(t, list, 3)
	assert.Equal(t, []string{"0021-checkout", "0020-broken", "0014-search-filters"}, []string{list[0].ID, list[1].ID, list[2].ID})
	assert.Equal(t, session.Listed{ID: "0021-checkout", Title: "Checkout", Type: "bug", State: "planning", Tasks: 2, Done: 1}, list[0])
	assert.NotEmpty(t, list[1].Says)
	assert.Equal(t, "_archive", list[2].Group)

	link, err := s.hands.Link(t.Context(), s.root, s.in, "0021-checkout")
	require.NoError(t, err)
	s.do(link)
	woven := s.look()
	assert.Equal(t, "Act", s.in.Tasks()[1].Title)
	assert.Contains(t, woven.Increment.Handover.Because, "type bug")
	assert.Equal(t, "specweave complete 0021 --yes", woven.Increment.Handover.Command)
	s.do(workflow.MarkTask{ID: "T-002", Done: true})
	s.look()
	assert.Contains(t, s.read(folder+"/tasks.md"), "### T-002: Act\n**Satisfies ACs**: AC-US1-02\n**Status**: [x] completed\n**Completed At**: ")
	assert.Contains(t, s.read(folder+"/spec.md"), "- [x] **AC-US1-02**: b")
	_, err = s.hands.Link(t.Context(), s.root, s.in, "0099-none")
	assert.ErrorContains(t, err, "no increment")
}

func TestAFileThatIsALinkOrAFolderIsSaidAndNotFollowed(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	outside := filepath.Join(t.TempDir(), "tasks.md")
	require.NoError(t, os.WriteFile(outside, []byte("### T-001: stolen\n"), 0o644))
	tasks := filepath.Join(s.root, sampleFolder, "tasks.md")
	require.NoError(t, os.Remove(tasks))
	if err := os.Symlink(outside, tasks); err != nil {
		t.Skip("links cannot be made here")
	}
	s.do(workflow.MarkTask{ID: "T-002", Done: true})
	woven := s.look()
	assert.Contains(t, strings.Join(woven.Increment.Says, " "), "tasks.md")
	assert.Len(t, s.in.Tasks(), 4)
	content, err := os.ReadFile(outside)
	require.NoError(t, err)
	assert.Equal(t, "### T-001: stolen\n", string(content))

	require.NoError(t, os.Remove(tasks))
	require.NoError(t, os.Mkdir(tasks, 0o755))
	assert.Contains(t, strings.Join(s.look().Increment.Says, " "), "tasks.md")
}

func TestAReadOnlyFileIsSaidAndTheNextLookTriesAgain(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	tasks := filepath.Join(s.root, sampleFolder, "tasks.md")
	require.NoError(t, os.Chmod(tasks, 0o444))
	s.do(workflow.MarkTask{ID: "T-002", Done: true})
	_, err := s.hands.Weave(t.Context(), s.root, s.in)
	var trouble *repo.Trouble
	require.ErrorAs(t, err, &trouble)
	assert.NotContains(t, s.read(sampleFolder+"/tasks.md"), "[x]")
	require.NoError(t, os.Chmod(tasks, 0o644))
	s.look()
	assert.Contains(t, s.read(sampleFolder+"/tasks.md"), "[x]")
}
