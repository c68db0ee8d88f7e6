package assets

import _ "embed" // puts the playbook into the program

//go:embed playbook.yaml
var playbook string

// Playbook is the playbook that the program ships with, as commented YAML: a
// team copies this text into its repository and edits it there. Each call
// answers a copy of its own.
func Playbook() []byte { return []byte(playbook) }
