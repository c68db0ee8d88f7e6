package repo

import (
	"os/exec"

	"golang.org/x/sys/windows"
)

// hideWindow keeps a console window from flashing up at each question to git.
func hideWindow(command *exec.Cmd) {
	command.SysProcAttr = &windows.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW}
}
