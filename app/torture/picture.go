package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/workflow"
)

// alert is when the incidents of the trials begin.
func alert() time.Time { return time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC) }

// rules is the playbook that the program ships with.
func rules() (workflow.Playbook, error) { return playbook.Read("playbook.yaml", assets.Playbook()) }

// picture is everything that people can see of an incident, as text: two
// incidents are the same when their pictures are.
func picture(in workflow.Incident) (string, error) {
	now := alert().Add(3 * time.Hour)
	seen := map[string]any{
		"summary": in.Summary(), "board": in.Checklist(), "gates": in.AllGates(), "overridden": in.Gates, "tasks": in.Tasks(),
		"updates": in.SentUpdates(), "metrics": in.Metrics(), "phases": in.PhaseTimes(), "next": in.Next(now), "nudges": in.Nudges(now),
		"sheet": in.HandOffSheet(now), "actions": fmt.Sprintf("%+v", in.Review.ActionItems()), "exports": in.Review.Exports,
		"proof": fmt.Sprintf("%+v", in.Proof), "handoffs": fmt.Sprintf("%+v", in.Crew.Handoffs), "title": in.ReportTitle(),
		"assignments": fmt.Sprintf("%+v", in.Crew.Assignments), "log": in.Revision(),
		"triage": fmt.Sprintf("%+v %+v %+v %+v", in.Triage.Title, in.Triage.Severity, in.Triage.Answers, in.Triage.Cancelled),
		"fix":    fmt.Sprintf("%+v %+v %+v %+v %+v", in.Fix.Problem, in.Fix.Plan, in.Fix.Change, in.Fix.RootCause, in.Fix.ChoiceRegister()),
	}
	var entries []string
	for _, e := range in.Timeline.All() {
		first := e.First.ID // the rest of the first event is in the log
		e.First = nil
		entries = append(entries, fmt.Sprintf("%s %+v", first, e))
	}
	seen["timeline"] = entries
	for _, field := range workflow.AssessmentFields() {
		seen["assessed "+string(field)] = fmt.Sprintf("%+v", in.AssessmentRegister(field))
	}
	for _, role := range in.Playbook.Roles {
		seen["role "+role.ID] = in.Holder(role.ID)
	}
	for _, section := range workflow.KnownSections() {
		text, written := in.Written(section)
		seen["section "+string(section)] = fmt.Sprint(written, text, in.SectionText(section))
		seen["files of section "+string(section)] = in.Review.Files(section)
	}
	out, err := json.MarshalIndent(seen, "", " ")
	return string(out), err
}

// sameIncident says where two incidents differ first.
func sameIncident(what string, want, got workflow.Incident) error {
	a, err := picture(want)
	if err != nil {
		return err
	}
	b, err := picture(got)
	if err != nil {
		return err
	}
	return sameText(what, a, b)
}

func sameText(what, want, got string) error {
	if want == got {
		return nil
	}
	at := 0
	for at < len(want) && at < len(got) && want[at] == got[at] {
		at++
	}
	return fmt.Errorf("%s: they differ at %d: %q, and it should be %q", what, at, around(got, at), around(want, at))
}

func around(text string, at int) string { return text[max(at-120, 0):min(at+200, len(text))] }

// stateHash is a picture in a few letters, for the table and for seeds that are
// kept.
func stateHash(in workflow.Incident) (string, error) {
	text, err := picture(in)
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:16], err
}
