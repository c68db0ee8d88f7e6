package workflow_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// picture is everything that people can see of an incident, as text: two
// incidents are the same when their pictures are.
func picture(in workflow.Incident) string {
	now := alert.Add(3 * time.Hour)
	seen := map[string]any{
		"summary": plainSummary(in), "stage": in.Stage(), "board": in.Checklist(), "gates": in.AllGates(), "tasks": in.Tasks(),
		"updates": in.SentUpdates(), "metrics": in.Metrics(), "phases": in.PhaseTimes(), "next": in.Next(now),
		"nudges": in.Nudges(now), "sheet": in.HandOffSheet(now), "actions": fmt.Sprintf("%+v", in.Review.ActionItems()),
		"proof": fmt.Sprintf("%+v", in.Proof), "crew": fmt.Sprintf("%+v", in.Crew.Handoffs), "exports": in.Review.Exports,
		"assignments": fmt.Sprintf("%+v", in.Crew.Assignments), "title": in.ReportTitle(), "from": fmt.Sprint(in.From, in.Past), "overridden": in.Gates,
		"triage": fmt.Sprintf("%+v %+v %+v", in.Triage.Severity, in.Triage.Answers, in.Triage.Cancelled),
		"fix":    fmt.Sprintf("%+v %+v %+v %+v", in.Fix.Change, in.Fix.RootCause, in.Fix.Increment, in.Fix.ChoiceRegister()),
	}
	for _, f := range in.Judgements() {
		seen["finding "+string(f)] = fmt.Sprintf("%+v by %s", in.Judged(f), in.JudgedBy(f))
	}
	var entries []string
	for _, e := range in.Timeline.All() {
		first := e.First.ID // the rest of the first event is in the log
		e.First = nil
		entries = append(entries, fmt.Sprintf("%s %+v", first, e))
	}
	seen["timeline"] = entries
	for _, s := range workflow.KnownSections() {
		text, written := in.Written(s)
		seen["section "+string(s)] = fmt.Sprint(written, text, in.SectionText(s))
	}
	out, err := json.Marshal(seen)
	if err != nil {
		return err.Error()
	}
	return string(out)
}

// plainSummary leaves out when the log was last written to: an undo is a write.
func plainSummary(in workflow.Incident) workflow.Summary {
	s := in.Summary()
	s.Updated = time.Time{}
	return s
}

func same(t testing.TB, want, got workflow.Incident) {
	t.Helper()
	if a, b := picture(want), picture(got); a != b {
		require.Equal(t, strings.ReplaceAll(a, ",", ",\n"), strings.ReplaceAll(b, ",", ",\n"))
	}
}
