package view

import "firebreak/export"

// copyAssessment puts the assessment of step 1 on the clipboard.
func (s *Shell) copyAssessment() {
	s.Copy(export.Assessment(s.state.Incident), "The assessment is on the clipboard, as markdown.")
}
