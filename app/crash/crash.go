// Package crash keeps what the program says when it breaks, for the next start
// to offer: never what people wrote.
package crash

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// live is the file of the run that is under way; those of earlier runs that
// crashed have their time in the name.
const live = "crash.txt"

// Keep is how many reports of each sort stay.
const Keep = 5

// Record is the crash file of a run.
type Record struct {
	folder string
	head   string // which program: the first line of every report
	output *os.File
}

// Past is a crash of the run before.
type Past struct {
	At   time.Time
	Path string
	Text string // what the program said, without what people wrote
}

// Begin looks what the run before left, and from then on sends what the runtime
// says about a crash to a file. The answer is nil when the run before did not
// crash. A folder that cannot be written only means that no crash is kept.
func Begin(folder, version string, now time.Time) (*Record, *Past) {
	r := &Record{folder: folder, head: fmt.Sprintf("Firebreak %s, %s/%s, %s, started %s",
		version, runtime.GOOS, runtime.GOARCH, runtime.Version(), now.UTC().Format(time.RFC3339))}
	if os.MkdirAll(folder, 0o700) != nil {
		return r, nil
	}
	past := r.turnOver()
	f, err := os.OpenFile(r.path(), os.O_CREATE|os.O_TRUNC|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return r, past
	}
	_, _ = f.WriteString(r.head + "\n\n")
	_ = debug.SetCrashOutput(f, debug.CrashOptions{}) // it keeps a handle of its own
	r.output = f
	return r, past
}

func (r *Record) path() string { return filepath.Join(r.folder, live) }

// turnOver gives the crash of the run before a name with its time. On the way
// it loses every word that can be somebody's: the runtime wrote it raw.
func (r *Record) turnOver() *Past {
	info, err := os.Stat(r.path())
	if err != nil {
		return nil
	}
	text := readSome(r.path())
	head, said, _ := strings.Cut(text, "\n\n")
	if strings.TrimSpace(said) == "" {
		return nil // it only began
	}
	p := &Past{At: info.ModTime(), Text: oneLine(head) + "\n\n" + Scrub(said)}
	p.Path = r.keep("crash", p.At, p.Text)
	if p.Path != "" {
		_ = os.Remove(r.path())
	}
	return p
}

// Fault keeps a fault that the program survived: what was panicked with, and
// where. It answers the file.
func (r *Record) Fault(now time.Time, value any, stack []byte) string {
	return r.keep("fault", now, r.head+"\n\n"+report(value, stack))
}

// Fatal keeps a fault that ends the program, for the next start to offer.
func (r *Record) Fatal(value any, stack []byte) {
	if r.output != nil {
		_, _ = r.output.WriteString(report(value, stack))
	}
}

func report(value any, stack []byte) string {
	return "panic: " + Harmless(value) + "\n\n" + frames(string(stack))
}

// End says that this run did not crash. What it was about to say stays only if
// something is in it.
func (r *Record) End() {
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	if r.output == nil {
		return
	}
	_ = r.output.Close()
	if _, said, _ := strings.Cut(readSome(r.path()), "\n\n"); strings.TrimSpace(said) == "" {
		_ = os.Remove(r.path())
	}
}

// keep writes a report under its time, removes the oldest, and answers the
// file; "" when it could not be written.
func (r *Record) keep(sort string, at time.Time, text string) string {
	if os.MkdirAll(r.folder, 0o700) != nil {
		return ""
	}
	path := filepath.Join(r.folder, sort+"-"+at.UTC().Format("20060102-150405.000")+".txt")
	if os.WriteFile(path, []byte(text), 0o600) != nil {
		return ""
	}
	older, _ := filepath.Glob(filepath.Join(r.folder, sort+"-*.txt"))
	slices.Sort(older) // their names begin with their times
	for _, old := range older[:max(len(older)-Keep, 0)] {
		_ = os.Remove(old)
	}
	return path
}

// longest is as much of a report as is kept: the first goroutine is in it.
const longest = 256 << 10

func readSome(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return string(text[:min(len(text), longest)])
}

func oneLine(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	return first
}
