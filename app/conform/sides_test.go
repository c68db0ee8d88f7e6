package conform_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// swap changes a file of the increment as an engineer would; what is not there
// is left.
func (p *project) swap(id, name, old, new string) {
	p.t.Helper()
	p.Write(file(id, name), strings.Replace(p.Read(file(id, name)), old, new, 1))
}

// fromHere makes one edit by a command; a refusal is an answer as well.
func (p *project) fromHere(lots *rand.Rand, n int) {
	p.t.Helper()
	task := fmt.Sprintf("T-%03d", 1+lots.IntN(6))
	commands := [][]string{
		{"increment", "task", task},
		{"increment", "task", task, "--open"},
		{"increment", "task", "--add", fmt.Sprintf("Do it (%d", n)},
		{"increment", "task", task, "--rename", fmt.Sprintf("Name %d [x] ### T-009: y", n)},
		{"increment", "write", "fix", fmt.Sprintf("Fix %d.\n\n- [ ] T-001: no\n\n## Tasks", n)},
		{"increment", "write", "problem", fmt.Sprintf("Problem %d {{X}}", n)},
		{"cause", fmt.Sprintf("Cause %d", n)},
		{"increment", "pause", fmt.Sprintf("waits \"%d\"", n)},
		{"increment", "reopen"},
		{"undo"},
		{"assess", "--impact", fmt.Sprintf("Impact %d", n)},
		{"increment", "sync"},
	}
	p.Try(commands[lots.IntN(len(commands))]...)
}

// fromThere makes one edit in the files, as an engineer or an agent does.
func (p *project) fromThere(lots *rand.Rand, id string, n int) {
	p.t.Helper()
	switch lots.IntN(7) {
	case 0:
		p.swap(id, "tasks.md", "**Status**: [ ] pending", "**Status**: [x] completed")
	case 1:
		p.swap(id, "tasks.md", "**Status**: [x] completed", "**Status**: [ ] pending")
	case 2:
		p.swap(id, "tasks.md", "### T-003: ", fmt.Sprintf("### T-003: Theirs %d ", n))
	case 3:
		p.swap(id, "spec.md", "## Fix\n\n", fmt.Sprintf("## Fix\n\nTheirs %d. ", n))
	case 4:
		p.swap(id, "spec.md", "## Problem\n\n", fmt.Sprintf("## Problem\n\nThey say %d. ", n))
	case 5:
		p.swap(id, "plan.md", "## Design\n", fmt.Sprintf("## Design\n\nA note of the engineer, %d.\n", n))
	case 6: // the whole of a task, with its criterion, as SpecWeave's assistant adds it
		p.Write(file(id, "tasks.md"), p.Read(file(id, "tasks.md"))+fmt.Sprintf(
			"\n### T-1%02d: Added there\n\n**User Story**: US-001\n**Satisfies ACs**: AC-US1-02\n**Priority**: P0\n**Status**: [ ] pending\n\n"+
				"**Description**: More.\n\n**Implementation**:\n- More\n\n**Test Plan**:\n- **Given** a\n- **When** b\n- **Then** c\n", n))
	}
}

// settle answers every question that is left, and brings both sides in step.
func (p *project) settle() {
	p.t.Helper()
	for range 40 {
		got := p.Try("increment", "sync")
		if got.exit == 0 {
			return
		}
		_, rest, asked := strings.Cut(got.out, "firebreak increment keep ")
		require.True(p.t, asked, "nothing to answer, and yet: %s", got)
		p.Try("increment", "keep", strings.Fields(rest)[0], "ours")
	}
	require.Fail(p.t, "the questions never end")
}

func TestAfterFiftyRandomEditsFromBothSidesSpecWeaveAcceptsTheIncrement(t *testing.T) {
	t.Parallel()
	for seed := range 3 {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			lots := rand.New(rand.NewPCG(uint64(seed), 15))
			p := newProject(t)
			id := p.declare("Auth Outage", "SEV1")
			for n := range 50 {
				if lots.IntN(2) == 0 {
					p.fromHere(lots, n)
				} else {
					p.fromThere(lots, id, n)
				}
			}
			p.settle()
			p.Try("increment", "reopen")
			p.Run("increment", "task", "--add", "One is left open")
			p.settle()
			p.Accept(id, "open", "hotfix")

			p.tick()
			p.settle()
			p.Accept(id, "closable", "hotfix")
			p.clear()
			p.Try("increment", "close")
			p.settle()
			p.Accept(id, "completed", "hotfix")
		})
	}
}

func TestTheRealCloseOfWhatWasLeftActiveIsSeenHere(t *testing.T) {
	t.Parallel()
	p := newProject(t)
	id := p.declare("Auth Outage", "SEV1")
	p.swap(id, "metadata.json", `"externalLinks": {}`, `"externalLinks": {"github": {"issueNumber": 4711, "big": 12345678901234567890}}`)
	p.tick()
	p.clear()
	assert.Contains(t, p.Read(file(id, "metadata.json")), `"status": "active"`, "SpecWeave closes what is tied to a tracker")
	shown := p.Run("increment", "close")
	assert.Contains(t, shown, "specweave complete 0015 --yes")
	p.Accept(id, "closable", "hotfix")

	closed := p.SpecWeave("complete", "0015", "--yes")
	require.Zero(t, closed.exit, closed)
	said := p.Run("increment", "sync")
	assert.Contains(t, said, "completed")
	assert.Contains(t, p.Run("increment", "show", "--json"), `"state": "completed"`)
	assert.Contains(t, p.Run("increment", "close"), "is completed")
	assert.Contains(t, p.Read(file(id, "metadata.json")), "approvedAt")

	p.Run("increment", "reopen")
	assert.Contains(t, p.Read(file(id, "metadata.json")), `"status": "active"`)
	assert.NotContains(t, p.Read(file(id, "metadata.json")), "readyForReviewAt")
	seen := p.SpecWeave("status", "--verbose", "--type", "hotfix")
	assert.Contains(t, seen.out, "● "+id+" [hotfix]")
}

func TestTheRealCloseOfWhatIsClosedHereChangesNothing(t *testing.T) {
	t.Parallel()
	p := newProject(t)
	id := p.declare("Auth Outage", "SEV1")
	p.tick()
	p.clear()
	before := p.Read(file(id, "metadata.json"))
	assert.Contains(t, before, `"status": "completed"`)
	again := p.SpecWeave("complete", "0015", "--yes")
	require.Zero(t, again.exit, again)
	assert.Equal(t, before, p.Read(file(id, "metadata.json")))
	p.Run("increment", "sync")
	assert.Contains(t, p.Run("increment", "show", "--json"), `"state": "completed"`)
}

func TestARefusedCloseAndAPauseBySpecWeaveAreSeenHere(t *testing.T) {
	t.Parallel()
	p := newProject(t)
	id := p.declare("Auth Outage", "SEV1")
	refused := p.SpecWeave("complete", "0015", "--yes")
	require.NotZero(t, refused.exit)
	p.Run("increment", "sync")
	assert.Contains(t, p.Run("increment", "show", "--json"), `"state": "ready_for_review"`)
	p.Run("increment", "reopen")
	paused := p.SpecWeave("pause", id, "--reason", "waits for the vendor")
	require.Zero(t, paused.exit, paused)
	p.Run("increment", "sync")
	shown := p.Run("increment", "show", "--json")
	assert.Contains(t, shown, `"state": "paused"`)
	assert.Contains(t, shown, `"reason": "waits for the vendor"`)
	p.Run("increment", "reopen")
	p.Accept(id, "open", "hotfix")
}
