// Package specweave reads the files of a SpecWeave increment as people, agents
// and every version of SpecWeave leave them, and changes single values in them.
//
// An edit splices bytes at the place where the value was read. Every other byte
// stays as it was: line ends, comments, the order of keys, the digits of
// numbers, fields that nobody here knows. Each edit reads its own result again
// and gives nothing back unless exactly the intended thing has changed.
//
// Everything is bytes in, bytes out. What is a heading, a list item or a line
// of text is decided by markdown, so that a box in a code block, a comment or a
// quote is never a task.
package specweave

// Refusal says in a sentence why a file cannot be read or was not changed. No
// bytes come with it.
type Refusal struct{ Says string }

func (r Refusal) Error() string { return r.Says }

func refuse(says string) error { return Refusal{Says: says + " Nothing was written."} }

// checked hands out an edit only if nothing speaks against it.
func checked(out []byte, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	return out, nil
}
