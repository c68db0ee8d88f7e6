//go:build !unix

package outside

import (
	"os"
	"os/exec"
)

// aside does nothing where there are no process groups.
func aside(*exec.Cmd) {}

// ask cannot ask here: the command is ended.
func ask(cmd *exec.Cmd) { _ = cmd.Process.Kill() }

// force ends the command itself; what it started ends by its own.
func force(cmd *exec.Cmd) { _ = cmd.Process.Kill() }

// gone cannot tell here.
func gone(*exec.Cmd) bool { return true }

func signalOf(*os.ProcessState) string { return "" }
