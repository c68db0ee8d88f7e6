package publish

import (
	"context"
	"time"

	"firebreak/app/outside"
	"firebreak/workflow"
)

// specWeaveCommand is SpecWeave's own program.
const specWeaveCommand = "specweave"

// completeTime is how long closing may take: it can sync with trackers.
const completeTime = 10 * time.Minute

func installed() bool { return outside.Installed(specWeaveCommand) }

// Complete runs SpecWeave's own command for closing an incident's increment. A
// person asked for it and saw the command.
func (p *Publisher) Complete(ctx context.Context, folder string, in workflow.Incident, printed func(string)) error {
	place, err := home(folder, in)
	if err != nil {
		return err
	}
	return outside.Run(ctx, outside.Command{
		Words:  []string{specWeaveCommand, "complete", numberOf(in.Fix.Increment.Get().ID), "--yes"},
		Folder: place.Root,
		Time:   completeTime,
		// Its living docs would ask a server for a picture, with the increment's
		// title in the address.
		Env: []string{"SPECWEAVE_SKIP_IMAGE_GEN=true", "NO_COLOR=1"},
	}, printed)
}
