//go:build !unix

package through

import (
	"os"
	"os/exec"
	"os/signal"
)

// pass starts the command with a pipe for each output. The console gives what is
// typed to both of us; we live on to hear how the command took it.
func (p Passage) pass(cmd *exec.Cmd, tail *sharedTail) (wait func() error, err error) {
	out, outEnd, err := carried(p.Out, tail)
	if err != nil {
		return nil, err
	}
	errs, errEnd, err := carried(p.Err, tail)
	if err != nil {
		return nil, err
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = p.In, outEnd, errEnd
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, os.Interrupt)
	err = cmd.Start()
	_ = outEnd.Close()
	_ = errEnd.Close()
	if err != nil {
		signal.Stop(heard)
		return nil, err
	}
	go out.carry()
	go errs.carry()
	return func() error {
		defer signal.Stop(heard)
		err := cmd.Wait()
		out.rest()
		errs.rest()
		return err
	}, nil
}

func widen(*os.File) {}

func signalNumber(*os.ProcessState) int { return 0 }
