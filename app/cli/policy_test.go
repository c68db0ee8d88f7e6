package cli_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/assets"
)

const ownPlaybook = ".firebreak/playbook.yaml"

func own(name, version string) string {
	text := strings.Replace(string(assets.Playbook()), "name: Firebreak default", "name: "+name, 1)
	return strings.Replace(text, "version: 1", "version: "+version, 1)
}

func TestTheRepositorysPlaybookComesBeforeTheBuiltInOne(t *testing.T) {
	s := newShell(t)
	s.repository()
	assert.Contains(t, s.does("playbook"), `"Firebreak default", version 1, from the built-in playbook`)
	s.file(ownPlaybook, own("Shop", "7"))
	assert.Contains(t, s.does("playbook"), `"Shop", version 7, from `+s.folder)
	assert.Contains(t, s.does("playbook", "check", ownPlaybook), "is in order")
}

func TestAFaultyPlaybookIsSaidAndTheLastGoodOneHolds(t *testing.T) {
	s := newShell(t)
	s.repository()
	s.file(ownPlaybook, own("Shop", "7"))
	s.does("declare", "Checkout fails")
	s.does("cancel", "--reason", "A false alarm")

	s.file(ownPlaybook, strings.Replace(own("Shop", "8"), "id: SEV2", "id: SEV1", 1))
	got := s.runs("declare", "Search is slow", "--severity", "SEV2")
	assert.Equal(t, 0, got.exit, got.err)
	assert.Contains(t, got.err, "playbook.yaml line")
	assert.Contains(t, got.err, `The last good one stays in force: "Shop", version 7.`)
	assert.Contains(t, s.runs("playbook").out, `"Shop", version 7`)
	assert.Contains(t, s.fails(4, "playbook", "check", ownPlaybook), "playbook.yaml line")
	assert.Contains(t, s.fails(5, "playbook", "check", "nowhere.yaml"), "There is no playbook")
}

func TestAPlaybookThatWasNeverGoodLeavesTheBuiltInOneInForce(t *testing.T) {
	s := newShell(t)
	s.repository()
	s.file(ownPlaybook, "levels: [")
	got := s.runs("declare", "Checkout fails", "--severity", "SEV1")
	assert.Equal(t, 0, got.exit)
	assert.Contains(t, got.err, `"Firebreak default", version 1, stays in force`)
}

func TestTheBuiltInPlaybookIsPrintedToBeEdited(t *testing.T) {
	assert.Equal(t, string(assets.Playbook()), newShell(t).does("playbook", "show"))
}
