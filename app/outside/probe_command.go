package outside

import (
	"context"
	"strconv"
	"time"

	"firebreak/workflow"
)

// command runs a probe's command. It is well when it exits with 0. What it
// prints is thrown away: it may say anything.
func (p *Prober) command(ctx context.Context, order workflow.LookOrder, limit time.Duration) workflow.Sample {
	line := order.Probe.Run
	run := workflow.RunOrder{Line: line, Shell: order.Shell, Folder: order.Folder, Limit: limit}
	if !order.Shell {
		words, err := workflow.SplitCommand(line)
		if err != nil {
			return unknown(err.Error())
		}
		run.Words = words
	}
	for name, value := range order.Values {
		run.Env = append(run.Env, name+"="+value)
	}
	ran := p.run(ctx, run, nil)
	switch {
	case ran.Well():
		return passed("exit 0")
	case ran.Ending == workflow.RunExited:
		return failed("exit "+strconv.Itoa(ran.Exit), "It exits with "+strconv.Itoa(ran.Exit)+".")
	case ran.Ending == workflow.RunTimedOut:
		return failed("no end", "It did not end within "+limit.String()+".")
	case ran.Ending == workflow.RunSignalled:
		return failed("ended", "It was ended by a signal.")
	default:
		return unknown(ran.Says)
	}
}
