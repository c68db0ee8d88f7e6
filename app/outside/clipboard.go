// Package outside starts programs of the system on the desk's behalf. Each is
// bounded in time and in what it may answer, and none is started that a person
// did not ask for.
package outside

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// What pasting an image may cost.
const (
	pasteTime = 5 * time.Second
	pasteSize = 25<<20 + 1 // one byte more than an attachment can have, so that too much is seen
)

// tool is a program that can answer the image on the clipboard as PNG: on its
// standard output, or into a file that it is told of by the path at the end.
type tool struct {
	name   string
	args   []string
	toFile bool
}

// tools are those that this system may have, in the order in which they are
// tried.
func tools(system string, wayland bool) []tool {
	switch system {
	case "darwin":
		return []tool{
			{name: "pngpaste", args: []string{"-"}},
			{name: "osascript", toFile: true, args: []string{
				"-e", "on run paths",
				"-e", "set picture to (the clipboard as «class PNGf»)",
				"-e", "set target to open for access (POSIX file (item 1 of paths)) with write permission",
				"-e", "write picture to target",
				"-e", "close access target",
				"-e", "end run",
			}},
		}
	case "windows":
		return []tool{{name: "powershell.exe", toFile: true, args: []string{
			"-NoProfile", "-NonInteractive", "-STA", "-Command",
			"& {param($path) Add-Type -AssemblyName System.Windows.Forms, System.Drawing; " +
				"$picture = [System.Windows.Forms.Clipboard]::GetImage(); if ($picture -eq $null) { exit 3 }; " +
				"$picture.Save($path, [System.Drawing.Imaging.ImageFormat]::Png)}",
		}}}
	default:
		x := tool{name: "xclip", args: []string{"-selection", "clipboard", "-target", "image/png", "-out"}}
		w := tool{name: "wl-paste", args: []string{"--no-newline", "--type", "image/png"}}
		if wayland {
			return []tool{w, x}
		}
		return []tool{x, w}
	}
}

// Clipboard asks the system's own tool for the image on the clipboard.
type Clipboard struct {
	System  string // as runtime.GOOS says it
	Wayland bool
	Within  time.Duration // how long it may take
	Find    func(name string) (path string, err error)
}

// Here is the clipboard of this computer.
func Here() Clipboard {
	return Clipboard{System: runtime.GOOS, Wayland: os.Getenv("WAYLAND_DISPLAY") != "", Within: pasteTime, Find: exec.LookPath}
}

// Image answers the image on the clipboard as PNG. Errors are sentences for a
// person.
func (c Clipboard) Image(ctx context.Context) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, c.Within)
	defer stop()
	known := tools(c.System, c.Wayland)
	asked := false
	for _, one := range known {
		path, err := c.Find(one.name)
		if err != nil {
			continue
		}
		asked = true
		content, err := one.run(ctx, path)
		switch {
		case ctx.Err() != nil:
			return nil, fmt.Errorf("the clipboard did not answer within %s (%s). Nothing was attached. Save the image as a file and drop it on the window", c.Within, one.name)
		case err == nil && len(content) >= pasteSize:
			return nil, errors.New("the image on the clipboard has more than 25 MB. Nothing was attached. Save it as a file, and make it smaller")
		case err == nil && bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n")):
			return content, nil
		}
	}
	if !asked {
		return nil, fmt.Errorf("images cannot be pasted here, because none of these programs is installed: %s. Nothing was attached. Install one, or save the image as a file and drop it on the window", names(known))
	}
	return nil, errors.New("there is no image on the clipboard. Nothing was attached. Copy the image again, or drop its file on the window")
}

func names(known []tool) string {
	var names []string
	for _, one := range known {
		names = append(names, one.name)
	}
	return strings.Join(names, ", ")
}

// run starts the tool and takes what it answers, up to a bound.
func (t tool) run(ctx context.Context, path string) ([]byte, error) {
	args := t.args
	target := ""
	if t.toFile {
		folder, err := os.MkdirTemp("", "firebreak-paste-")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(folder)
		target = filepath.Join(folder, "pasted.png")
		args = append(args[:len(args):len(args)], target)
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.WaitDelay = time.Second // a child of the tool may hold the pipe
	out := &capped{left: pasteSize}
	cmd.Stdout = out
	if err := cmd.Run(); err != nil && out.left > 0 {
		return nil, err
	}
	if !t.toFile {
		return out.bytes.Bytes(), nil
	}
	file, err := os.Open(target)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, pasteSize))
}

// capped takes so many bytes and then ends the program that writes them.
type capped struct {
	bytes bytes.Buffer
	left  int
}

func (c *capped) Write(p []byte) (int, error) {
	n := min(len(p), c.left)
	c.bytes.Write(p[:n])
	c.left -= n
	if n < len(p) {
		return n, io.ErrShortWrite
	}
	return n, nil
}
