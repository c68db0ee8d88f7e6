//go:build !windows

package repo

import "os/exec"

// hideWindow has nothing to do here: only Windows opens a console for a command.
func hideWindow(*exec.Cmd) {}
