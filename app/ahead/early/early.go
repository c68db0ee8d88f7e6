// Package early is ahead of the program: the command of firebreak run is started
// while the program's other packages are made ready. Only the program itself may
// import it, for it acts by being imported.
//
// What it imports is kept small on purpose. Packages are made ready in the order
// of their names, but none before what it imports, so one library more here can
// mean that all the others come first.
package early

import (
	"os"

	"firebreak/app/ahead"
	"firebreak/app/outside/through"
)

// begun is the command that was started; nil when none was.
var begun = begin()

func begin() *through.Command {
	if len(os.Args) < 2 {
		return nil
	}
	folder, err := os.Getwd()
	if err != nil {
		return nil
	}
	return ahead.Begin(os.Args[1:], folder)
}

// Begun answers the command that was started; nil when none was.
func Begun() *through.Command { return begun }
