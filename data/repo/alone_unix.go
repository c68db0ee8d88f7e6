//go:build unix

package repo

import (
	"io/fs"
	"os/exec"
	"syscall"
)

// alone gives a command a session of its own: it has no terminal to ask at. It
// is asked to end, so that git takes its locks away; what is left of it and of
// what it started is killed by the function that alone answers.
func alone(command *exec.Cmd) (kill func()) {
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGTERM) }
	return func() {
		if command.Process != nil {
			_ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL) // fails when nothing is left, which is the aim
		}
	}
}

// runnable says whether git would run a hook with that mode.
func runnable(mode fs.FileMode) bool { return mode.Perm()&0o111 != 0 }
