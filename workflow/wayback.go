package workflow

// WayBack is what git knows about going back to the last good version.
type WayBack struct {
	Good       Release
	Runs       Release      // what runs now, as far as that is known
	Since      []CommitFact // from what runs back to the good version, the newest first; cut where there are many
	Count      int          // of them all
	Changed    int          // files that differ between the two
	Cut        bool         // there are more files than were looked at
	Migrations []string     // paths of migrations that came or changed since
	Schema     []string     // paths of the schema and the configuration that changed since
	Suspect    string       // full id of the commit that is taken for the cause; "" when nobody named one
	SuspectWhy string       // who named it: "the root cause names it"
	Named      []CommitFact // commits since that the incident's own words name
	Revert     Trial        // of the suspect, or of everything since
	Command    CommandFact  // that rolls back
	Says       []string     // what it could not find out, in sentences
	Problem    string       // why there is nothing here; "" when all went well
}

// Trial is a change that was tried where nothing could be touched.
type Trial struct {
	Tried     bool
	Clean     bool
	Of        string   // what was tried: "revert of abc12345 on hotfix/login"
	Conflicts []string // paths
	Files     int      // that a clean one changes
	Lines     int      // that it adds and removes
	Note      string   // what is worth knowing about it
	Says      string   // why it could not be tried
}

// CommandState is whether a command can be run on this machine.
type CommandState string

// The states. Unknown is what reading alone cannot tell.
const (
	CommandFound   CommandState = "found"
	CommandMissing CommandState = "missing"
	CommandUnknown CommandState = "unknown"
)

// CommandFact is what was found out about a command without running it.
type CommandFact struct {
	Line  string
	State CommandState
	Says  string // "package.json has the script deploy:rollback, and npm is installed"
}

// WayHints is what people know of the way back, and git does not.
type WayHints struct {
	Good    string // the last good version, as a person named it
	Suspect string // the commit that is taken for the cause, as a person named it
}

// Hints are those that stand in the decision.
func (d Decided) Hints() WayHints { return WayHints{Good: d.Good, Suspect: d.Suspect} }

// Hints are what this incident knows of the way back: what a person named just
// now, else with the decision, else with the rollback that was made ready.
func (in Incident) Hints(now WayHints) WayHints {
	stands := in.Fix.Choice().Hints()
	for _, good := range []string{stands.Good, in.Proof.Rollback.Get().Version} {
		if now.Good == "" {
			now.Good = good
		}
	}
	if now.Suspect == "" {
		now.Suspect = stands.Suspect
	}
	return now
}

// BackBy is the command that rolls back in this incident: the one that was made
// ready, else the playbook's.
func (in Incident) BackBy() string {
	if ready := in.Proof.Rollback.Get().Command; ready != "" {
		return ready
	}
	return in.Playbook.Work.RollbackBy
}

// BackTo is the version that a rollback of this incident goes to, as far as it
// was said: with the rollback that was made ready, else with the decision.
func (in Incident) BackTo() string {
	if ready := in.Proof.Rollback.Get().Version; ready != "" {
		return ready
	}
	return in.Fix.Choice().BackTo
}
