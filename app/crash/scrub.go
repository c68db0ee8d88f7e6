package crash

import (
	"fmt"
	"regexp"
	"runtime"
	"strings"
)

// left stands for the words of a panic. They are made by the program, but often
// from what somebody typed.
const left = "(its words are left out: they can hold what somebody wrote)"

// Harmless says what a panic was about without a word of anybody's: a fault of
// the runtime by its own sentence, which holds types and numbers; everything
// else by its type.
func Harmless(value any) string {
	if err, is := value.(runtime.Error); is {
		if text := err.Error(); ours.MatchString(text) {
			return text
		}
	}
	return fmt.Sprintf("%T %s", value, left)
}

// ours are the runtime's own sentences. A conversion's names types only. Others
// could repeat a value.
var ours = regexp.MustCompile(`^(runtime error: (index out of range( \[-?\d+\])?( with (length|capacity) -?\d+)?` +
	`|slice bounds out of range \[[-:\d]*\]( with (length|capacity) -?\d+)?` +
	`|invalid memory address or nil pointer dereference|integer divide by zero|integer overflow|negative shift amount` +
	`|makeslice: (len|cap) out of range|makechan: size out of range|growslice: len out of range` +
	`|hash of unhashable type [\w.*\[\]/]+|comparing uncomparable type [\w.*\[\]/]+` +
	`|cannot convert slice with length \d+ to array or pointer to array with length \d+)` +
	`|assignment to entry in nil map|close of (nil|closed) channel|send on closed channel|all goroutines are asleep - deadlock!` +
	`|interface conversion: [\w.*\[\]{}/ ,:()-]+)$`)

// own are the lines that the runtime writes before the first stack. The words
// of a panic can never begin a line: the runtime indents what follows a line
// end in them.
var own = regexp.MustCompile(`^(fatal error: |runtime: |\[signal SIG|SIG[A-Z]+: |PC=|exit status)`)

// Scrub takes the words of panics out of what the runtime wrote about a crash.
// What they were about is kept where it is the runtime's own sentence.
func Scrub(text string) string {
	var out strings.Builder
	stack := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		again := strings.TrimPrefix(line, "\t") // of a panic in a panic
		switch {
		case stack || strings.HasPrefix(line, "goroutine "):
			stack = true
		case line == "", own.MatchString(line):
		case strings.HasPrefix(again, "panic: "):
			said := strings.TrimPrefix(again, "panic: ")
			bare, note := said, ""
			if at := strings.LastIndex(said, " [recovered"); at >= 0 {
				bare, note = said[:at], " [recovered]"
			}
			if !ours.MatchString(bare) {
				bare = left
			}
			line = "panic: " + bare + note
		default:
			continue // more words of a panic
		}
		out.WriteString(line + "\n")
	}
	return frames(out.String())
}

// frames drops the paths in front of the program's own folders: they are those
// of whoever built it, and name a person there.
func frames(stack string) string { return folder.ReplaceAllString(stack, "${1}") }

var folder = regexp.MustCompile(`(?m)^(\t)\S*?/(?:go/pkg/mod|go/src|src)/`)
