// Package ahead starts the command of firebreak run before the rest of the
// program is made ready: the store, the documents and the commands bring along
// libraries whose tables take longer to build than most commands take to start.
// It starts only what is surely allowed, and leaves the rest to the commands,
// which read the line in full. docs/decisions says why it is built as it is.
package ahead

import (
	"os"

	"firebreak/app/outside/through"
)

// Begin starts the command of a line of firebreak run in a folder. It answers
// nil when the line is another one, or when the log has to be asked first
// whether the command may run.
func Begin(args []string, folder string) *through.Command {
	line, plain := Read(args)
	if !plain || !line.free(folder) {
		return nil
	}
	return through.Passage{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Folder: folder, Steady: stopwatch()}.Begin(line.Words)
}

// free says that nothing can be said against a command, whatever burns: it is
// no suite of the playbook, or it is said why it is needed.
func (l Line) free(folder string) bool {
	return l.has("no-record") || l.has("override") || !ShippedSuite(l.Words) && !ownPlaybook(folder)
}
