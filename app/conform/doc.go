// Package conform holds what the real SpecWeave says of the increments that
// this program writes. Its tests drive the program's own commands on a real
// store and a real repository, and then let the npm package specweave read,
// check and close what came out; make check-specweave installs it.
//
// Without the package they are skipped: it is no dependency of the program's,
// and it needs node.
//
// It also writes the post-mortems of made-up incidents for other markdown
// parsers to judge: see make check-markdown.
package conform
