package workflow

import "slices"

// A rollback has its own way through the board: it needs no fix, so what only a
// fix needs is settled by the decision, in words. When the decision changes or
// is undone, the items are open again; nothing of it is stored.

// ofAFix are the facts that a fix brings about, and a rollback does not.
var ofAFix = []Fact{IncrementWritten, RootCauseIdentified, FixImplemented, TestsPassed, RegressionTestAdded, StagingSettled, Approved, "scope-settled"}

// needless says why a fact is not asked for on the way that was decided; what
// the gate of the rollback needs is always asked for.
func (in Incident) needless(f Fact) (Finding, bool) {
	h, decided := in.Fix.choice.Head()
	if f == "" || !decided || h.Value.Option != RollbackOption || !slices.Contains(ofAFix, f) {
		return Finding{}, false
	}
	for _, gate := range in.Playbook.Gates {
		if gate.ID == RollbackGate && slices.Contains(gate.Needs, f) {
			return Finding{}, false
		}
	}
	says := "not needed: rolling back"
	if f == RootCauseIdentified {
		says = "not needed to roll back; the post-mortem asks for it"
	}
	return Finding{Fact: f, Says: says, At: h.At}, true
}

// awaitsChoice says whether a deploy is of before the decision that stands, and
// of the other kind: what was decided is still to be done.
func (in Incident) awaitsChoice(last Deploy) bool {
	h, decided := in.Fix.choice.Head()
	return decided && last.clock < h.clock && last.Rollback != (h.Value.Option == RollbackOption)
}
