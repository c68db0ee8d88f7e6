package session

import (
	"time"

	"firebreak/workflow"
)

// State is everything that a screen shows: a value, never changed once shown.
type State struct {
	Now       time.Time
	Zone      *time.Location // the local zone
	Incident  workflow.Incident
	History   []workflow.Summary // newest first
	Sample    bool               // the desk is on the sample's own file
	Drafts    map[string]Draft   // half-typed text by field
	Saved     Saved
	Strip     *Strip // a message that waits to be read
	Prefs     Prefs
	Settings  Steps             // what of the settings can be undone and redone
	Policy    workflow.Playbook // what a new incident is declared under
	Fault     string            // why the team's playbook is not in force
	Repo      Repo
	RepoSays  string                  // why there is no repository
	Increment Increment               // in the repository, and how it compares
	Chosen    string                  // folder of the repository for the incident on the desk; "": none
	Survey    workflow.Survey         // of the repository that the incident is fixed in
	Delta     *workflow.Delta         // what the hotfix changes; nil: not known
	Scope     workflow.ScopeJudgement // what the guard says of the delta
	// SurveySays is why something is not known of the repository.
	SurveySays string
	Plan       *Plan       // the export preview, when one is open
	Import     *Import     // a document that is looked at before it is taken over
	Leaks      Leaks       // what the incident would give away, once it was looked for
	Commit     *Commit     // of what the plan wrote: what it would be, or was
	Places     []PlaceLine // what is kept where on this machine
	Backups    Backups
	Notices    []string // about changes of the open incident that are damaged
	Health     Health   // of the log
	Warnings   []string // about the place where the data lies
	Unsent     int      // changes that did not reach the disk and can be sent again
	Away       *Away    // the file was taken from under the program; nil: it is in its place
	Jump       Jump     // of the computer's clock, until somebody has read it
	Trust      Trust    // which commands of the playbook may run here
	Runs       []Running
	Way        Way      // back to the last good version
	Watching   Watching // the looks at production
}

// Actor is who writes.
func (s State) Actor() string { return s.Prefs.Name }

// Shown is the zone that times are shown in.
func (s State) Shown() *time.Location {
	if s.Prefs.Zones == ShowLocal && s.Zone != nil {
		return s.Zone
	}
	return time.UTC
}

// Offer is something to do about a message.
type Offer struct {
	Word string // of the button
	Run  func()
}

// Saved is what the status bar says about the disk.
type Saved struct {
	At      time.Time // of the last commit that returned; zero before one
	Since   time.Time // a write is under way since; zero when none is
	Trouble string    // the last write failed: what happened, what is safe, what to do
}

// Strip is a message that blocks nothing.
type Strip struct {
	Says     string
	Undo     string // label of the way back: "Undo: hide 1 entry"; empty when there is none
	Back     func()
	More     []Offer   // other ways on; none of them takes the strip away
	Warning  bool      // stays until somebody closes it
	Health   bool      // about the log: the sheet on its health tells more
	Question bool      // about two versions of something: the increment's sheet shows both
	Kept     bool      // comes back after what is said meanwhile, until somebody closes it
	Since    time.Time // when it was said
	trouble  bool      // about the disk: it goes when the trouble does
}
