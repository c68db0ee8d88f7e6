package cli

import (
	"context"
	"fmt"
	"strings"

	"firebreak/workflow"
)

// importTarget is where an import goes, and what it would do there.
type importTarget struct {
	id   workflow.IncidentID // empty: no incident is open yet, and it is a dry run
	want workflow.Intent
	plan workflow.ImportPlan
	in   workflow.Incident
}

func (r *run) importTarget(ctx context.Context, x importing, reading workflow.Reading, want workflow.ImportReading) (importTarget, error) {
	if x.past {
		policy, err := r.policy(ctx)
		if err != nil {
			return importTarget{}, err
		}
		severity := levelNamed(policy, x.severity)
		if x.severity == "" {
			severity = policy.LevelIn(reading.Severity)
		}
		past := workflow.ImportIncident{Title: x.title, Severity: severity, Service: x.service, Playbook: policy, Sample: r.flags.sample, Import: want}
		return importTarget{id: workflow.IncidentID(r.NewID()), want: past, plan: past.Plan()}, nil
	}
	id, err := r.pick(ctx, burning)
	if err != nil && x.dryRun && exitOf(err) == ExitNothing && r.flags.incident == "" {
		policy, err := r.policy(ctx)
		return importTarget{plan: workflow.Incident{Playbook: policy}.PlanImport(want)}, err
	}
	if err != nil {
		return importTarget{}, intoNothing(err, x)
	}
	in, err := r.load(ctx, id)
	return importTarget{id: id, want: want, plan: in.PlanImport(want), in: in}, err
}

// intoNothing adds the way for old documents to the complaint that no incident
// is open.
func intoNothing(err error, x importing) error {
	if exitOf(err) != ExitNothing {
		return err
	}
	return nothing("incident.none", "No incident is open to import into. For a document about the past: firebreak import %s --new. Or name an incident with --incident.", x.path)
}

func (r *run) takeOver(ctx context.Context, reading workflow.Reading, target importTarget, x importing) error {
	done, err := r.write(ctx, target.id, wanting(target.want))
	if err != nil {
		return err
	}
	r.weaveAfter(ctx, done)
	undo := fmt.Sprintf("firebreak undo -i %s", done.After.ID)
	if r.flags.json {
		out := r.readingJSON(reading, target, x)
		out.Imported, out.Undo, out.Incident = true, undo, done.After.ID
		return r.printJSON(out)
	}
	for _, e := range done.Events {
		if _, is := e.Body.(workflow.DocumentImported); is {
			r.line("%s", wrapped("Imported", column, strings.TrimPrefix(workflow.Describe(e, done.After.Playbook), "Imported ")+"."))
		}
	}
	if x.past {
		r.line("%s%s", pad("Incident", column), oneLine(done.After.Triage.Title.Get())+" ("+workflow.SeverityWord(done.After.Triage.Severity.Get())+")")
	}
	for _, says := range target.plan.Says {
		r.line("%s", wrapped("", column, says))
	}
	if left := r.leftOut(reading, x); left != "" {
		r.line("%s", wrapped("Left out", column, left))
	}
	r.line("%s%s", pad("Take back", column), undo)
	return nil
}

// leftOut says what of the document did not come in, and how to see it.
func (r *run) leftOut(reading workflow.Reading, x importing) string {
	unsure := 0
	for _, line := range reading.Lines {
		if !x.takes(line.Sure) {
			unsure++
		}
	}
	var parts []string
	add := func(n int, one, many string) {
		if n > 0 {
			parts = append(parts, counted(n, one, many))
		}
	}
	add(unsure, "entry that is less than "+x.only, "entries that are less than "+x.only)
	if x.noSections {
		add(len(reading.Sections), "section", "sections")
	}
	if !x.rest {
		add(len(reading.Rest), "place that was not understood", "places that were not understood")
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "; ") + ". See them: firebreak import " + x.path + " --dry-run"
}
