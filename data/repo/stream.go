package repo

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os/exec"
	"time"
)

// streamed is how git is asked for what can be long: it may not fetch what a
// partial clone left behind, and it has no terminal to ask at.
func streamed(patience time.Duration, folder string) question {
	return question{patience: patience, folder: folder, alone: true, environment: []string{
		"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=", "GIT_ASKPASS=", "SSH_ASKPASS=", "SSH_ASKPASS_REQUIRE=never",
	}}
}

// streamGit runs one git command and lets read have what it prints while it
// prints. When read ends early, or the patience ends, git is ended as well. The
// error is context.DeadlineExceeded then, what read answered, or git's first
// line of complaint.
func streamGit(ctx context.Context, q question, read func(*bufio.Reader) error, args ...string) error {
	ctx, cancel := context.WithTimeout(ctx, q.patience)
	defer cancel()
	command := gitCommand(ctx, q, args...)
	said := &cappedBuffer{limit: 4 << 10}
	command.Stderr = said
	printed, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	kill := alone(command)
	command.WaitDelay = time.Second
	command.Cancel = func() error { // it only reads, so nothing is left half done
		kill()
		return command.Process.Kill()
	}
	if err := command.Start(); err != nil {
		return err
	}
	failed := read(bufio.NewReaderSize(printed, 64<<10))
	late := ctx.Err()
	if failed != nil {
		cancel()
	} else {
		_, _ = io.Copy(io.Discard, printed) // what nobody reads must not hold git up
	}
	ended := command.Wait()
	var exit *exec.ExitError
	switch {
	case late != nil:
		return late
	case failed != nil:
		return failed
	case ctx.Err() != nil:
		return ctx.Err()
	case ended == nil, errors.Is(ended, exec.ErrWaitDelay):
		return nil
	case errors.As(ended, &exit) && said.Len() > 0:
		return complaint(firstLine(said.String()))
	}
	return ended
}
