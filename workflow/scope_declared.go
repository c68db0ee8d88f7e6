package workflow

import (
	"slices"
	"strings"
)

// DeclaredScope is what a person says that the hotfix is about: where it began,
// and which files it may touch.
type DeclaredScope struct {
	Base  string   `json:"base,omitempty"`  // a commit, tag or branch that the hotfix began at; empty: found in the repository
	Paths []string `json:"paths,omitempty"` // patterns of files that the fix may touch; empty: nobody has said
}

// Declared is the scope as it was declared last.
func (f Fix) Declared() DeclaredScope { return f.scope.Get() }

// DeclareScope says what the hotfix is about. The guard asks about everything
// outside of it.
type DeclareScope struct {
	Base  string
	Paths []string
}

func (d DeclareScope) decide(in Incident, _ Env) ([]Body, error) {
	scope := DeclaredScope{Base: strings.TrimSpace(d.Base)}
	for _, path := range d.Paths {
		if path = strings.TrimSpace(path); path != "" && !slices.Contains(scope.Paths, path) {
			scope.Paths = append(scope.Paths, path)
		}
	}
	if strings.ContainsAny(scope.Base, " \t\r\n") || strings.HasPrefix(scope.Base, "-") {
		return nil, refuseField("scope.base", "base", "The base is one commit, tag or branch, such as v1.2.3 or origin/main, not %q.", scope.Base)
	}
	if was := in.Fix.Declared(); was.Base == scope.Base && slices.Equal(was.Paths, scope.Paths) {
		return nil, refuse("scope.same", "Nothing was changed: that is the scope already.")
	}
	return []Body{ScopeDeclared{scope}}, nil
}

// ScopeDeclared is the scope as somebody declared it.
type ScopeDeclared struct{ DeclaredScope }

// Kind is "scope.declared@1".
func (ScopeDeclared) Kind() Kind { return "scope.declared@1" }

func (s ScopeDeclared) apply(in *Incident, e Event) {
	in.Fix.scope.set(in, e, s.DeclaredScope)
	in.record(e, DecisionEntry, s.words())
}

func (s ScopeDeclared) words() string {
	var parts []string
	if len(s.Paths) > 0 {
		parts = append(parts, "only "+strings.Join(s.Paths, ", "))
	}
	if s.Base != "" {
		parts = append(parts, "from "+ShortCommit(s.Base))
	}
	if len(parts) == 0 {
		return "Scope of the fix taken back"
	}
	return "Scope of the fix: " + strings.Join(parts, ", ")
}
