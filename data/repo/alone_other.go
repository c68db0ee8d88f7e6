//go:build !unix

package repo

import (
	"io/fs"
	"os/exec"
)

// alone has nothing to do here: a command without a console cannot ask at one.
func alone(*exec.Cmd) (kill func()) { return func() {} }

// runnable says whether git would run a hook: here it looks at no mode.
func runnable(fs.FileMode) bool { return true }
