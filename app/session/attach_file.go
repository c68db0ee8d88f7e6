package session

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Incoming is a file that somebody wants to attach. It is opened when its turn
// comes.
type Incoming struct {
	Name string
	Open func() (io.ReadCloser, error)
}

// FileAt is the file at a path, which may begin with "~".
func FileAt(path string) Incoming {
	path = atHome(path)
	return Incoming{Name: filepath.Base(path), Open: func() (io.ReadCloser, error) { return openFile(path) }}
}

// Bytes is what was copied elsewhere, an image for example.
func Bytes(name string, content []byte) Incoming {
	return Incoming{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}

// openFile refuses what would never end, or is no file.
func openFile(path string) (io.ReadCloser, error) {
	return openAs(path, "Not attached", "Nothing was stored", "Attach the files in it, or pack them into one archive")
}

// openAs opens a file for something; the words say what was not done, what is
// safe, and what to do about a folder.
func openAs(path, not, safe, folder string) (io.ReadCloser, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, sentence(fmt.Sprintf("%s: %s cannot be read: %v. %s. Check its name, and that you may read it.", not, path, plain(err), safe))
	case info.IsDir():
		return nil, sentence(fmt.Sprintf("%s: %s is a folder. %s. %s.", not, path, safe, folder))
	case !info.Mode().IsRegular():
		return nil, sentence(fmt.Sprintf("%s: %s is not an ordinary file. %s.", not, path, safe))
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, sentence(fmt.Sprintf("%s: %s cannot be read: %v. %s. Check that you may read it.", not, path, plain(err), safe))
	}
	return file, nil
}

// plain is an error of the system without the path, which was said already.
func plain(err error) error {
	if path, is := err.(*os.PathError); is {
		return path.Err
	}
	return err
}

// atHome puts the person's folder where they typed "~".
func atHome(path string) string {
	path = strings.TrimSpace(path)
	rest, tilde := strings.CutPrefix(path, "~")
	if !tilde || rest != "" && !os.IsPathSeparator(rest[0]) {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(home, rest)
}

// linesAtMost bounds how many paths a pasted text can be.
const linesAtMost = 50

// PathsIn reads a pasted text as a list of files, one to a line: paths, or
// addresses that begin with file://, as file managers copy them. Anything else
// is not a list of files.
func PathsIn(text string) []string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) > linesAtMost {
		return nil
	}
	var paths []string
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" || line == "copy" || line == "cut" { // GNOME says what was meant in a line of its own
			continue
		}
		path, ok := pathOf(line)
		if !ok {
			return nil
		}
		paths = append(paths, path)
	}
	return paths
}

func pathOf(line string) (string, bool) {
	if strings.HasPrefix(line, "file://") {
		address, err := url.Parse(line)
		if err != nil || address.Host != "" && address.Host != "localhost" || address.Path == "" {
			return "", false
		}
		path := address.Path
		if runtime.GOOS == "windows" {
			path = strings.TrimPrefix(path, "/") // file:///C:/…
		}
		return filepath.FromSlash(path), true
	}
	line = strings.Trim(line, `"'`)
	if line == "~" || !strings.HasPrefix(line, "~") && !filepath.IsAbs(line) {
		return "", false
	}
	return atHome(line), true
}

// Existing keeps the paths that are files. It asks the disk, so it is for
// beside the UI thread.
func Existing(paths []string) []string {
	var there []string
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			there = append(there, path)
		}
	}
	return there
}
