package weave

import "firebreak/workflow"

// Agreed lists each part that both sides say alike once the edits are on the
// disk, in the form that each of them has for it. What is asked, what has to be
// taken over first, and what could not be written is left out: it stays as it
// was last agreed.
func (w *Weaving) Agreed(after *Weaving) map[workflow.Part][2]string {
	out := map[workflow.Part][2]string{}
	for p, theirs := range after.says {
		ours, both := after.ours[p]
		if !both || ours != theirs || after.owes(p) {
			continue
		}
		form := ours
		if own, written := after.written[p]; written {
			form = own
		}
		out[p] = [2]string{form, theirs}
	}
	_, news := after.foundThere()
	if _, found := heading(after.theirs.spec, workflow.CausePart); found && !news && after.open(specFile) && !after.differsOn(workflow.CausePart) {
		there := yes
		if after.Hypothesis() {
			there = no
		}
		out[foundPart] = [2]string{after.foundHere(), there}
	}
	for _, a := range after.around() {
		if a.ours == a.theirs {
			out[a.part] = [2]string{a.ours, a.theirs}
		}
	}
	return out
}

// owes says of a tick that what follows from it cannot be written now, because
// spec.md is there but must not be touched. It is not agreed upon until it can.
func (w *Weaving) owes(p workflow.Part) bool {
	_, what, is := p.Task()
	return is && what == "done" && !w.open(specFile) && w.disk.Content[specFile] != nil
}

// Over says of a part that neither side has it any more: what was agreed about
// it is no agreement about one that comes later under its name.
func (w *Weaving) Over(p workflow.Part) bool {
	if _, _, task := p.Task(); !task || !w.open(tasksFile) {
		return false
	}
	_, ours := w.ours[p]
	_, theirs := w.says[p]
	return !ours && !theirs
}

// After is the weaving of the files as they stand after edits.
func (w *Weaving) After(edits []Edit) *Weaving {
	disk := Files{Content: map[string][]byte{}, Says: w.disk.Says}
	for name, content := range w.disk.Content {
		disk.Content[name] = content
	}
	for _, e := range edits {
		disk.Content[e.Name] = e.After
	}
	return w.Beside(disk, w.last)
}
