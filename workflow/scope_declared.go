package workflow

// DeclaredScope is what a person says that the hotfix is about: where it began,
// and which files it may touch.
type DeclaredScope struct {
	Base  string   `json:"base,omitempty"`  // a commit, tag or branch that the hotfix began at; empty: found in the repository
	Paths []string `json:"paths,omitempty"` // patterns of files that the fix may touch; empty: nobody has said
}

// Declared is the scope as it was declared last.
func (f Fix) Declared() DeclaredScope { return f.scope.Get() }
