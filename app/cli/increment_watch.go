package cli

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"strings"

	"firebreak/workflow"
)

// watchIncrement keeps both sides in step until it is interrupted, and says what
// it did: for a machine without a window.
func (r *run) watchIncrement(ctx context.Context, id workflow.IncidentID) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	hands, folder, err := r.loom(ctx, "")
	if err != nil {
		return err
	}
	in, err := r.load(ctx, id)
	if err != nil {
		return err
	}
	changed := make(chan struct{}, 1)
	end, err := hands.Watch(folder, in, func() {
		select {
		case changed <- struct{}{}:
		default: // a look is due already
		}
	})
	if err != nil {
		return err
	}
	defer end()
	told := ""
	for {
		// An interrupt ends the watch, never a look: what a look has begun it ends.
		if told, err = r.watchOnce(context.WithoutCancel(ctx), id, told); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
	}
}

// watchOnce looks once, and prints what came of it unless that was said last.
func (r *run) watchOnce(ctx context.Context, id workflow.IncidentID, told string) (string, error) {
	in, err := r.load(ctx, id)
	if err != nil {
		return told, err
	}
	out, err := r.weave(ctx, in)
	if err != nil { // what is in the way may go away again
		if says := sentenceOf(err); says != told {
			r.warn(says)
			told = says
		}
		return told, nil
	}
	now := strings.Join(append([]string{out.found.Held}, out.found.Says...), "\n")
	for _, q := range out.found.Questions() {
		now += string(q.Part) + q.Ours + q.Theirs
	}
	if len(out.taken.Events) == 0 && len(out.found.Wrote) == 0 && now == told {
		return told, nil
	}
	if err := r.saySync(ctx, out, false); err != nil {
		var differs *failure
		if !errors.As(err, &differs) {
			return now, err
		}
	}
	return now, nil
}
