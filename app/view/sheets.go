package view

// The sheets that lie over a screen. They block nothing, Escape closes them,
// and what was half-typed in them is a draft.

func (s *Shell) openPalette()    {}
func (s *Shell) openKeys()       {}
func (s *Shell) openSwitcher()   {}
func (s *Shell) openSeverity()   {}
func (s *Shell) openUpdate()     {}
func (s *Shell) openDecision()   {}
func (s *Shell) openAction()     {}
func (s *Shell) openSkip()       {}
func (s *Shell) openHandOff()    {}
func (s *Shell) openApprove()    {}
func (s *Shell) openAllClear()   {}
func (s *Shell) openCancel()     {}
func (s *Shell) copyAssessment() {}
