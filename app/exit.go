package app

// Exit codes of the window; the commands have more (see the help).
const (
	exitFailed    = 1
	exitUsage     = 2
	exitNoDisplay = 3
	exitMissing   = 7
)
