//go:build !unix

package outside

import (
	"os"
	"os/exec"
	"os/signal"
)

// pass runs the command with a pipe for each output. The console gives what is
// typed to both of us; we live on to hear how the command took it.
func (p Passage) pass(cmd *exec.Cmd, tail *sharedTail) error {
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, os.Interrupt)
	defer signal.Stop(heard)
	out, outEnd, err := carried(p.Out, tail)
	if err != nil {
		return err
	}
	errs, errEnd, err := carried(p.Err, tail)
	if err != nil {
		return err
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = p.In, outEnd, errEnd
	err = cmd.Start()
	_ = outEnd.Close()
	_ = errEnd.Close()
	if err != nil {
		return err
	}
	if p.Started != nil {
		p.Started()
	}
	go out.carry()
	go errs.carry()
	err = cmd.Wait()
	out.rest()
	errs.rest()
	return err
}

func widen(*os.File) {}

func signalNumber(*os.ProcessState) int { return 0 }
