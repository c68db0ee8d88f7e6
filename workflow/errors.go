package workflow

import "errors"

// ErrConflict is answered by a log when somebody else wrote to the incident
// since it was read: load what is new, decide again. Nothing was written.
var ErrConflict = errors.New("someone else wrote to this incident a moment ago")
