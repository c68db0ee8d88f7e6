//go:build unix

package outside

import (
	"os"
	"os/exec"
	"syscall"
)

// aside puts a command into a session of its own: what it starts ends with it,
// and no terminal is there for it to ask at.
func aside(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

// ask asks a command and what it started to end.
func ask(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }

// force ends them.
func force(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }

// gone says whether nothing of what they are is left.
func gone(cmd *exec.Cmd) bool { return syscall.Kill(-cmd.Process.Pid, 0) != nil }

// signalOf names the signal that ended a command; "" when it was none.
func signalOf(state *os.ProcessState) string {
	if status, is := state.Sys().(syscall.WaitStatus); is && status.Signaled() {
		return status.Signal().String()
	}
	return ""
}
