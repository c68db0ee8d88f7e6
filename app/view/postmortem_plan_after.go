package view

import (
	"path"
	"slices"

	"firebreak/app/session"
)

// showText shows the chosen file: its difference, or, where somebody changed it,
// either text as a whole.
func (v *planView) showText() {
	s := v.steps[v.file]
	if s.What != "changed" || s.Ours == "" {
		v.diff.Show(s.Diff)
		return
	}
	switch v.conflict.texts.Chosen() {
	case showTheirs:
		v.diff.ShowWhole(s.Theirs)
	case showOurs:
		v.diff.ShowWhole(s.Ours)
	default:
		v.diff.Show(s.Diff)
	}
}

// pagePath is the printable page of the plan, below the root; empty when there
// is none.
func (v *planView) pagePath() string {
	for _, s := range v.plan.Steps {
		if s.Document == session.HTMLDocument && !s.Kept && !s.Binary {
			return s.Path
		}
	}
	return ""
}

// openPage shows the printable page in the browser.
func (v *planView) openPage() { v.ask.OpenPath(path.Join(v.plan.Root, v.pagePath())) }

// previewCommit shows what a commit of the written files would be.
func (v *planView) previewCommit() {
	v.ask.PreviewCommit("", func(err error) {
		if err != nil {
			v.refused(err.Error())
			v.fit()
			return
		}
		v.refused("")
		v.Focus()
	})
}

// overwrite accepts that somebody's change of the chosen file goes.
func (v *planView) overwrite() {
	if v.plan.Written { // the file was kept: export once more, with this one
		v.accept = []string{v.file}
		v.write.Press()
		return
	}
	v.accept = append(v.accept, v.file)
	v.changed()
}

// keep leaves somebody's change of the chosen file alone.
func (v *planView) keep() {
	v.accept = slices.DeleteFunc(slices.Clone(v.accept), func(p string) bool { return p == v.file })
	v.changed()
}
