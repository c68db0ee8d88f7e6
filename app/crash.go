package app

import (
	"os"
	"path/filepath"
	"runtime/debug"
)

// Exit codes of the window; the commands have more (see the help).
const (
	exitFailed    = 1
	exitNoDisplay = 3
)

// keepCrash sends what the runtime says about a crash to a file. Nothing that a
// person wrote is ever in it.
func keepCrash(folder string) {
	if os.MkdirAll(folder, 0o700) != nil {
		return
	}
	f, err := os.OpenFile(filepath.Join(folder, "crash.txt"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	_ = debug.SetCrashOutput(f, debug.CrashOptions{})
	_ = f.Close()
}

// writeCrash adds a recovered fault to the same file.
func writeCrash(folder, problem string) {
	if os.MkdirAll(folder, 0o700) != nil {
		return
	}
	f, err := os.OpenFile(filepath.Join(folder, "crash.txt"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer f.Close()
	_, _ = f.WriteString(problem + "\n")
}
