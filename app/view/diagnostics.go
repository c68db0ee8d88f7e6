package view

import (
	"firebreak/app/session"
)

// copyDiagnostics puts on the clipboard what helps to find a fault.
func (s *Shell) copyDiagnostics() {
	text := "Firebreak " + s.About.Version
	if s.About.Diagnostics != nil {
		text = s.About.Diagnostics()
	}
	s.Copy(text, "The diagnostics are copied: version, platform and the last crash, and nothing that anybody wrote.")
}

// openLogs shows the folder of the log.
func (s *Shell) openLogs() {
	if s.About.Logs == "" {
		s.Say(session.Strip{Says: "This run keeps no log."})
		return
	}
	s.OpenPath(s.About.Logs)
}

func needsJump(st session.State) string {
	if st.Jump.By == 0 {
		return "The clock did not jump"
	}
	return ""
}

// explainJump says what the clock did, where its times can be corrected.
func (s *Shell) explainJump() {
	if s.state.Incident.Declared() {
		s.Go(TimelineScreen)
	}
	s.ShowJump()
}
