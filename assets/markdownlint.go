package assets

import _ "embed" // puts the rules into the program

//go:embed markdownlint.jsonc
var markdownlint string

// Markdownlint is the configuration of markdownlint for exported post-mortems,
// with the reason for each rule that does not hold: JSON with comments. Each call
// answers a copy of its own.
func Markdownlint() []byte { return []byte(markdownlint) }
