package view

import (
	"strings"

	"firebreak/app/session"
	"firebreak/workflow"
)

// Command is one row of the table that the menu, the keys, the palette, the
// key list and docs/KEYS.md are made from.
type Command struct {
	ID    string
	Menu  string // the menu it stands in
	Label string
	Keys  string                     // "Ctrl+L"; several are separated by ", ", the first is shown
	Where string                     // for the key list: "all", "open incident"
	Off   func(session.State) string // why it cannot run now; "" when it can
	Run   func(*Shell)
}

// Key is the key that is shown beside the command.
func (c Command) Key() string { return strings.Split(c.Keys, ", ")[0] }

func always(session.State) string { return "" }

func needsIncident(st session.State) string {
	if !st.Incident.Declared() {
		return "No incident is open"
	}
	return ""
}

func needsFire(st session.State) string {
	if why := needsIncident(st); why != "" {
		return why
	}
	if !st.Incident.Open() {
		return "The incident is over: " + strings.ToLower(string(st.Incident.Stage()))
	}
	return ""
}

// needsCancel also lets an incident of the past be called off: it can have been
// imported by mistake.
func needsCancel(st session.State) string {
	if in := st.Incident; in.Past && in.Stage() != workflow.Cancelled {
		return ""
	}
	return needsFire(st)
}

func needsUndo(st session.State) string {
	if !st.Incident.Declared() && st.Settings == (session.Steps{}) {
		return "Nothing to undo"
	}
	return ""
}

// Commands is the table.
func Commands() []Command {
	out := incidentCommands()
	out = append(out, editCommands()...)
	out = append(out, goCommands()...)
	return append(out, viewCommands()...)
}

func incidentCommands() []Command {
	return []Command{
		{"incident.declare", "Incident", "Declare an incident", "Ctrl+N", "all", always, (*Shell).declare},
		{"incident.switch", "Incident", "Switch incident", "Ctrl+O", "all", always, (*Shell).openSwitcher},
		{"incident.main", "Incident", "Do the main action", "Ctrl+Enter", "all", always, (*Shell).main},
		{"incident.next", "Incident", "Read the next action out", "Ctrl+Shift+N", "open incident", needsIncident, (*Shell).readNext},
		{"incident.severity", "Incident", "Change the severity", "Ctrl+Shift+S", "open incident", needsIncident, (*Shell).openSeverity},
		{"incident.note", "Incident", "Write a note", "Ctrl+L", "all", always, (*Shell).capture},
		{"incident.attach", "Incident", "Attach a file", "Ctrl+Shift+U", "open incident", needsIncident, (*Shell).attachFile},
		{"incident.paste", "Incident", "Attach the image on the clipboard", "Ctrl+Shift+V", "open incident", needsIncident, (*Shell).paste},
		{"incident.update", "Incident", "Record an update", "Ctrl+Shift+R", "open incident", needsFire, (*Shell).openUpdate},
		{"incident.decision", "Incident", "Rollback or hotfix", "Ctrl+Shift+D", "open incident", needsFire, (*Shell).openDecision},
		{"incident.action", "Incident", "Give somebody a task", "Ctrl+Shift+A", "open incident", needsFire, (*Shell).openAction},
		{"incident.skip", "Incident", "Skip the current step", "Ctrl+Shift+J", "board", needsFire, (*Shell).openSkip},
		{"incident.handoff", "Incident", "Hand-off sheet", "Ctrl+Shift+H", "open incident", needsIncident, (*Shell).openHandOff},
		{"incident.assessment", "Incident", "Copy the assessment as markdown", "Ctrl+Shift+C", "open incident", needsIncident, (*Shell).copyAssessment},
		{"incident.acknowledge", "Incident", "Acknowledge", "", "open incident", needsFire, (*Shell).acknowledge},
		{"incident.increment", "Incident", "Create the increment", "", "open incident", needsFire, (*Shell).createIncrement},
		{"incident.weave", "Incident", "The increment and its files", "Ctrl+Shift+I", "open incident", needsIncident, (*Shell).openWeave},
		{"incident.link", "Incident", "Link an increment", "", "open incident", needsIncident, (*Shell).openLink},
		{"incident.approve", "Incident", "Approve the fix", "", "open incident", needsFire, (*Shell).openApprove},
		{"incident.deploy", "Incident", "Deploy, or roll back", "Ctrl+Shift+Y", "open incident", needsFire, (*Shell).openDeploy},
		{"incident.trust", "Incident", "Commands of this playbook", "", "all", always, (*Shell).openTrust},
		{"incident.tests", "Incident", "Run the critical tests", "Ctrl+Shift+K", "open incident", needsFire, (*Shell).openTests},
		{"incident.verify", "Incident", "Verify in production", "Ctrl+Shift+W", "open incident", needsIncident, (*Shell).openVerify},
		{"incident.allclear", "Incident", "Declare the all-clear", "", "open incident", needsFire, (*Shell).openAllClear},
		{"incident.cancel", "Incident", "Cancel: it was no incident", "", "open incident", needsCancel, (*Shell).openCancel},
		{"incident.preview", "Incident", "Preview the export", "Ctrl+E", "open incident", needsIncident, (*Shell).previewExport},
		{"incident.scope", "Incident", "Scope of the fix", "Ctrl+Shift+M", "open incident", needsIncident, (*Shell).openScope},
		{"incident.leaks", "Incident", "What must not leave: secrets and personal data", "Ctrl+Shift+L", "open incident", needsIncident, (*Shell).openLeaks},
		{"incident.export", "Incident", "Export into the repository", "Ctrl+Shift+X", "open incident", needsIncident, (*Shell).export},
		{"incident.putaway", "Incident", "Put the incident away", "", "open incident", needsIncident, (*Shell).putAway},
		{"sample.open", "Incident", "Open the sample incident", "", "all", func(st session.State) string {
			if st.Sample {
				return "The sample is open"
			}
			return ""
		}, (*Shell).openSample},
		{"sample.reset", "Incident", "Play the sample again from the start", "", "sample", needsSample, (*Shell).resetSample},
		{"sample.leave", "Incident", "Leave the sample", "", "sample", needsSample, (*Shell).leaveSample},
	}
}

func needsSample(st session.State) string {
	if !st.Sample {
		return "The sample is not open"
	}
	return ""
}

func needsDeleted(st session.State) string {
	if len(st.Deleted()) == 0 {
		return "No deleted text is kept"
	}
	return ""
}

func editCommands() []Command {
	return []Command{
		{"edit.undo", "Edit", "Undo", "Ctrl+Z", "all", needsUndo, (*Shell).undo},
		{"edit.redo", "Edit", "Redo", "Ctrl+Shift+Z, Ctrl+Y", "all", needsUndo, (*Shell).redo},
		{"edit.again", "Edit", "Send again what was not saved", "Ctrl+Shift+T", "all", needsUnsent, func(s *Shell) { s.Again() }},
		{"edit.bringback", "Edit", "Bring back a deleted text", "", "all", needsDeleted, (*Shell).bringBack},
		{"edit.insert", "Edit", "Insert an entry, a metric or a file", "Ctrl+J", "post-mortem", needsIncident, (*Shell).insert},
		{"edit.find", "Edit", "Find on this screen", "Ctrl+F", "all", always, (*Shell).find},
		{"edit.search", "Edit", "Search everything", "Ctrl+Shift+F", "all", always, (*Shell).searchAll},
	}
}

func goCommands() []Command {
	names := map[Screen]string{
		TriageScreen: "Triage", BoardScreen: "Board", TimelineScreen: "Timeline",
		PostmortemScreen: "Post-mortem", HistoryScreen: "History", SettingsScreen: "Settings",
	}
	var out []Command
	for i, screen := range Screens() {
		keys := "Ctrl+" + string(rune('1'+i))
		if screen == SettingsScreen {
			keys += ", Ctrl+,"
		}
		out = append(out, Command{"go." + string(screen), "Go", names[screen], keys, "all", always, func(s *Shell) { s.Go(screen) }})
	}
	return append(out,
		Command{"go.next", "Go", "Next screen", "Ctrl+Tab", "all", always, func(s *Shell) { s.step(1) }},
		Command{"go.previous", "Go", "Previous screen", "Ctrl+Shift+Tab", "all", always, func(s *Shell) { s.step(-1) }},
		Command{"go.back", "Go", "Back", "Alt+Left", "all", always, (*Shell).back},
		Command{"go.forward", "Go", "Forward", "Alt+Right", "all", always, (*Shell).forward},
	)
}

func viewCommands() []Command {
	return []Command{
		{"view.palette", "View", "Command palette", "Ctrl+K, Ctrl+Shift+P", "all", always, (*Shell).openPalette},
		{"view.changes", "View", "History of changes", "Ctrl+H", "open incident", needsIncident, (*Shell).openChanges},
		{"view.keys", "Help", "Key list", "Ctrl+/", "all", always, (*Shell).openKeys},
		{"view.about", "Help", "About Firebreak", "", "all", always, (*Shell).openAbout},
		{"help.clock", "Help", "What the clock did", "", "all", needsJump, (*Shell).explainJump},
		{"help.diagnostics", "Help", "Copy diagnostics", "", "all", always, (*Shell).copyDiagnostics},
		{"help.logs", "Help", "Open the log folder", "", "all", always, (*Shell).openLogs},
		{"view.bigger", "View", "Larger text", "Ctrl++, Ctrl+=", "all", always, func(s *Shell) { s.zoom(0.1) }},
		{"view.smaller", "View", "Smaller text", "Ctrl+-", "all", always, func(s *Shell) { s.zoom(-0.1) }},
		{"view.normal", "View", "Normal text size", "Ctrl+0", "all", always, func(s *Shell) { s.zoom(0) }},
		{"view.theme", "View", "Next theme", "", "all", always, (*Shell).nextTheme},
		{"view.zone", "View", "Times in UTC, local or both", "", "all", always, (*Shell).nextZone},
		{"view.dismiss", "View", "Close the layer or the message", "Esc", "all", always, (*Shell).escape},
		{"data.import", "File", "Import a timeline", "Ctrl+I", "all", always, (*Shell).openImport},
		{"data.putback", "File", "Put the data back in its place", "", "all", needsGap, func(s *Shell) { s.PutBack(nil) }},
		{"data.rescue", "File", "Save the data to another folder", "", "all", needsAway, (*Shell).openRescue},
		{"backup.now", "File", "Back up now", "", "all", canBackUp, (*Shell).backUpNow},
		{"backup.restore", "File", "Restore a backup", "", "all", canRestore, (*Shell).openRestore},
		{"log.health", "File", "Log health", "Ctrl+Shift+G", "all", always, (*Shell).openHealth},
		{"app.quit", "File", "Quit", "Ctrl+Q", "all", always, (*Shell).quit},
	}
}
