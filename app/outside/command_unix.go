//go:build unix

package outside

import (
	"os/exec"
	"syscall"
)

// endsWithChildren gives a command a process group of its own, so that what it
// started ends with it.
func endsWithChildren(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
