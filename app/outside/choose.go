package outside

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// chooserTime is how long a dialog may stay open before it is taken for lost.
const chooserTime = 30 * time.Minute

// answerSize bounds what a dialog may answer.
const answerSize = 1 << 20

// choosers are the system's own dialogs for files. Each prints the paths that
// were chosen, one to a line, and fails when nothing was.
func choosers(system string) []tool {
	const title = "Attach files"
	switch system {
	case "darwin":
		return []tool{{name: "osascript", args: []string{
			"-e", `set chosen to choose file with prompt "` + title + `" with multiple selections allowed`,
			"-e", `set answer to ""`,
			"-e", `repeat with one in chosen`,
			"-e", `set answer to answer & POSIX path of one & linefeed`,
			"-e", `end repeat`,
			"-e", `return answer`,
		}}}
	case "windows":
		return []tool{{name: "powershell.exe", args: []string{
			"-NoProfile", "-STA", "-Command",
			"[Console]::OutputEncoding = [Text.Encoding]::UTF8; Add-Type -AssemblyName System.Windows.Forms; " +
				"$dialog = New-Object System.Windows.Forms.OpenFileDialog; $dialog.Title = '" + title + "'; $dialog.Multiselect = $true; " +
				"if ($dialog.ShowDialog() -ne 'OK') { exit 1 }; $dialog.FileNames",
		}}}
	default:
		return []tool{
			{name: "zenity", args: []string{"--file-selection", "--multiple", "--separator=\n", "--title=" + title}},
			{name: "kdialog", args: []string{"--title", title, "--multiple", "--separate-output", "--getopenfilename", "."}},
			{name: "qarma", args: []string{"--file-selection", "--multiple", "--separator=\n", "--title=" + title}},
		}
	}
}

// Chooser asks a person for files with the system's own dialog.
type Chooser struct {
	System string // as runtime.GOOS says it
	Find   func(name string) (path string, err error)
}

// ChooserHere is the dialog of this computer.
func ChooserHere() Chooser { return Chooser{System: runtime.GOOS, Find: exec.LookPath} }

// Files answers the paths that were chosen; none when the dialog was closed.
// Errors are sentences for a person.
func (c Chooser) Files(ctx context.Context) ([]string, error) {
	ctx, stop := context.WithTimeout(ctx, chooserTime)
	defer stop()
	known := choosers(c.System)
	for _, one := range known {
		path, err := c.Find(one.name)
		if err != nil {
			continue
		}
		cmd := exec.CommandContext(ctx, path, one.args...)
		cmd.WaitDelay = time.Second
		out := &capped{left: answerSize}
		cmd.Stdout = out
		if cmd.Run() != nil {
			return nil, ctx.Err() // closed without a choice
		}
		return lines(out.bytes.Bytes()), nil
	}
	return nil, errors.New("there is no dialog to choose files here (" + names(known) + "). Type the path of the file, or drop the file on the window")
}

func lines(answer []byte) []string {
	var paths []string
	for line := range bytes.Lines(answer) {
		if path := strings.TrimRight(string(line), "\r\n"); path != "" {
			paths = append(paths, path)
		}
	}
	return paths
}
