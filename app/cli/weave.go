package cli

import (
	"context"
	"errors"
	"strings"

	"firebreak/app/session"
	"firebreak/workflow"
)

// loom is the hands that keep an incident and its increment in step, and the
// folder of the repository.
func (r *run) loom(ctx context.Context, named string) (hands session.Weaver, folder string, err error) {
	all, err := r.hands(ctx)
	if err != nil {
		return nil, "", err
	}
	hands, can := all.(session.Weaver)
	if !can {
		return nil, "", wrongUsage("This program cannot read increments.")
	}
	folder, err = r.repository(ctx, named)
	return hands, folder, err
}

// mostLooks bounds how often both sides are looked at for one command; each
// look starts from what the one before has written.
const mostLooks = 20

// step is what bringing the two sides in step did.
type step struct {
	found session.Increment
	taken change // what came out of the files
}

// weave brings an incident and its increment in step: what only the files
// changed is written into the log, and what only the log changed into the files.
func (r *run) weave(ctx context.Context, in workflow.Incident) (step, error) {
	hands, folder, err := r.loom(ctx, "")
	if err != nil {
		return step{}, err
	}
	out := step{taken: change{Before: in, After: in}}
	var wrote []string
	for range mostLooks {
		found, err := hands.Weave(ctx, folder, out.taken.After)
		if err != nil {
			return out, err
		}
		out.found = found.Increment
		if found.Behind { // another window or terminal wrote in between
			if out.taken.After, err = r.load(ctx, in.ID); err != nil {
				return out, err
			}
			continue
		}
		wrote = append(wrote, found.Increment.Wrote...)
		news := false
		for _, take := range found.Takes {
			done, err := r.take(ctx, in.ID, take)
			if err != nil {
				return out, err
			}
			news = news || len(done.Events) > 0
			if len(done.Events) > 0 {
				out.taken.After, out.taken.Events = done.After, append(out.taken.Events, done.Events...)
			}
		}
		if !news {
			break
		}
	}
	out.found.Wrote = wrote
	return out, nil
}

// take writes down what a file says, in the name of whoever changed it. What the
// workflow refuses stands as a difference.
func (r *run) take(ctx context.Context, id workflow.IncidentID, take session.Take) (change, error) {
	env, err := r.env(ctx)
	if err != nil {
		return change{}, err
	}
	env.Actor, env.Via = take.By, take.Via
	done, err := r.writeIn(ctx, id, wanting(take.Want), env)
	var rule *workflow.RuleError
	if errors.As(err, &rule) {
		return change{}, nil
	}
	return done, err
}

// weaveAfter brings the increment's files in step with what a command has just
// written. It is in the log already, so trouble with the files is a warning.
func (r *run) weaveAfter(ctx context.Context, done change) {
	in := done.After
	if in.Fix.Increment.Get().Root == "" || !touching(done.Events) {
		return
	}
	out, err := r.weave(ctx, in)
	switch {
	case err != nil:
		r.warn(sentenceOf(err) + " What you wrote is in the log, and the increment is brought up to date with the next look: firebreak increment sync")
	case out.found.Held != "":
		r.warn(out.found.Held)
	case len(out.found.Questions()) > 0:
		r.warn(askedWords(out.found.Questions()))
	}
	for _, says := range out.found.Says {
		r.warn(says)
	}
}

func touching(events []workflow.Event) bool {
	for _, e := range events {
		if workflow.TouchesIncrement(e) {
			return true
		}
	}
	return false
}

// sentenceOf is an error as a sentence with its end.
func sentenceOf(err error) string { return strings.TrimRight(err.Error(), ".") + "." }

// askedWords say which questions wait, and how they are answered.
func askedWords(questions []workflow.Difference) string {
	names := make([]string, len(questions))
	for i, q := range questions {
		names[i] = q.Part.Word()
	}
	return "Changed here and in the increment's files: " + strings.Join(names, ", ") +
		". Both are kept. See both with firebreak increment show, and decide with: firebreak increment keep " + partName(questions[0].Part) + " ours|theirs"
}

// partName is how a part is named on a command line: "cause", "T-002",
// "T-002/title".
func partName(p workflow.Part) string {
	return strings.TrimPrefix(string(p), "task/")
}

// partNamed is the part that somebody named.
func partNamed(typed string) workflow.Part {
	typed = strings.TrimSpace(typed)
	for _, p := range []workflow.Part{workflow.ProblemPart, workflow.CausePart, workflow.FixPart, workflow.StatePart} {
		if strings.EqualFold(typed, string(p)) {
			return p
		}
	}
	id, what, _ := strings.Cut(typed, "/")
	part := workflow.TaskPart(strings.ToUpper(id))
	if what != "" {
		part += workflow.Part("/" + strings.ToLower(what))
	}
	return part
}
