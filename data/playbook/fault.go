// Package playbook reads the team's playbook from YAML, strictly: what it does
// not understand it names, with the line and the remedy, and nothing of a
// faulty playbook comes into force. It reads bytes and opens no files.
package playbook

import (
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing that is wrong with a playbook.
type Fault struct {
	File string // the name given to Read
	Line int    // counted from 1; 0 for the file as a whole
	Says string // what is wrong, without a full stop
	Do   string // the remedy, as a sentence
}

// Error is what the person reads: "playbook.yaml line 12: two levels are
// called SEV1. Give each level its own id."
func (f *Fault) Error() string {
	place := f.File
	if f.Line > 0 {
		place = fmt.Sprintf("%s line %d", f.File, f.Line)
	}
	return fmt.Sprintf("%s: %s. %s", place, f.Says, f.Do)
}

// Faults are all that is wrong with a playbook, in the order of its lines.
type Faults []*Fault

// Error is one line per fault.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, one := range f {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find the first fault.
func (f Faults) Unwrap() []error {
	out := make([]error, len(f))
	for i, one := range f {
		out[i] = one
	}
	return out
}

// mostFaults is how many are listed: who sees more has opened the wrong file.
const mostFaults = 20

// listed puts the faults in the order of their lines, and cuts a long list.
func listed(file string, faults Faults) Faults {
	slices.SortStableFunc(faults, func(a, b *Fault) int { return a.Line - b.Line })
	if more := len(faults) - mostFaults; more > 0 {
		faults = append(faults[:mostFaults:mostFaults], &Fault{
			File: file, Says: fmt.Sprintf("%d more faults are not listed here", more), Do: "Mend the first ones and look again.",
		})
	}
	return faults
}
