package workflow

// Survey is what git knows about the repository that an incident is fixed in.
// Every field may be empty: a missing git, a slow disk or a fresh repository
// never stop the work. It is a fact from outside, of this machine and this
// moment, and never goes into the log as it is.
type Survey struct {
	Root      string // top of the working tree, absolute
	Branch    string // that is checked out; "" while HEAD is detached
	Head      string // full id of the commit that is checked out; "" before the first
	FixBranch string // the branch that the hotfix is made on: the checked out one, unless the fix names another
	FixTip    string // full id of its newest commit
	Base      string // full id of the commit that the hotfix began at; "" when unknown
	BaseName  string // what the base was found by: "origin/main", "v1.2.3"
	BaseWhy   string // why that one, in a sentence
	Good      Release
	Remotes   []Remote
	Changed   int    // tracked files with changes that are not committed
	Untracked int    // files that git does not know
	Busy      string // what is under way: "a rebase"; "" when nothing is
	Shallow   bool   // the history is cut off
	Says      []string
	Problem   string // why facts are missing, for the person; "" when all went well
}

// Release is a place in the history that has a name.
type Release struct {
	Name   string // "v1.2.2"; or the short id of a commit
	Commit string // full id; "" when there is none
	At     Stamp  // of the commit
	Why    string // why this one: "the last tag before the release that broke it"
}

// Remote is another repository that git knows. Credentials in its address are
// left out.
type Remote struct{ Name, Address string }
