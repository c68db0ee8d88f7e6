package view

import "firebreak/export"

// copyAssessment puts the assessment of step 1 on the clipboard.
func (s *Shell) copyAssessment() {
	s.copyOutgoing(export.Assessment, "The assessment is on the clipboard, as markdown.")
}
