package view

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// What is said of an incident's increment, in a few words.

// weavable says whether there are files to look at.
func weavable(in workflow.Incident) bool {
	written := in.Fix.Increment.Get()
	return written.ID != "" && written.Root != ""
}

// incrementOf is the increment as it is known: what the last look found, or else
// only what the incident wrote down about it.
func incrementOf(st session.State) session.Increment {
	inc, written := st.Increment, st.Incident.Fix.Increment.Get()
	if inc.ID == "" {
		inc.ID, inc.Root, inc.Folder, inc.Type = written.ID, written.Root, written.Path, written.Type
	}
	return inc
}

// numberWord is an increment's number, which is enough to tell it from others.
func numberWord(id string) string {
	number, _, _ := strings.Cut(id, "-")
	return number
}

// standLook is the shape of a state and its words.
func standLook(s workflow.Standing, raw string) (icon, word string, role fyne.ThemeColorName) {
	switch s {
	case workflow.Planning:
		return "note", "Planning", look.Muted
	case workflow.Active:
		return "step-current", "Active", look.Primary
	case workflow.Backlog:
		return "step-open", "In the backlog", look.Muted
	case workflow.Paused:
		return "clock", "Paused", look.WarningText
	case workflow.ReadyForReview:
		return "verify", "Ready for review", look.Primary
	case workflow.Completed:
		return "resolved", "Completed", look.SuccessText
	case workflow.Abandoned:
		return "step-skipped", "Abandoned", look.Muted
	}
	if raw == "" {
		return "undecided", "State not known", look.Muted
	}
	return "undecided", "“" + firstOf(raw) + "”", look.WarningText
}

// firstOf keeps what somebody else wrote on a short line.
func firstOf(text string) string {
	return beginning(strings.Join(strings.Fields(text), " "), 80)
}

// inStep says in words how the two sides compare.
func inStep(st session.State) (string, kit.Tone) {
	inc := st.Increment
	questions := len(inc.Questions())
	switch {
	case !weavable(st.Incident) || inc.At.IsZero():
		return "Not looked at yet", kit.Neutral
	case questions > 0:
		return plural(questions, "question", "questions") + " to answer", kit.Warn
	case len(inc.Says) > 0:
		return "Not everything could be read or written", kit.Warn
	case inc.Held != "":
		return heldWord(inc), kit.Warn
	case len(inc.Differences) > 0:
		return differWord(inc), kit.Warn
	default:
		return "In step", kit.Good
	}
}

func differWord(inc session.Increment) string {
	return plural(len(inc.Differences), "part differs", "parts differ")
}

func heldWord(inc session.Increment) string {
	if len(inc.Differences) == 0 {
		return "Nothing is written for now"
	}
	return differWord(inc) + ", and nothing is written for now"
}

// weaveItem is the status bar's word on the increment.
func weaveItem(st session.State) (string, kit.Tone) {
	inc := incrementOf(st)
	if inc.ID == "" {
		return "", kit.Neutral
	}
	number := numberWord(inc.ID)
	switch questions := len(inc.Questions()); {
	case !weavable(st.Incident):
		return number + ": only its name", kit.Neutral
	case questions > 0:
		return number + ": " + plural(questions, "question", "questions"), kit.Warn
	case len(inc.Says) > 0:
		return number + ": see its files", kit.Warn
	case inc.Held != "":
		return number + ": held back", kit.Warn
	case len(inc.Differences) > 0:
		return number + ": " + differWord(inc), kit.Warn
	case !inc.Live:
		return number + ": not watched", kit.Neutral
	default:
		return number + " in step", kit.Neutral
	}
}

func tasksDone(done, all int) string {
	return fmt.Sprintf("%d of %s", done, plural(all, "task", "tasks"))
}

// progressWords is how far the increment is, as its files say.
func progressWords(inc session.Increment) string {
	says := tasksDone(inc.Done, inc.Tasks)
	if inc.Criteria == 0 {
		return says
	}
	return says + fmt.Sprintf(", %d of %s met", inc.Met, plural(inc.Criteria, "acceptance criterion", "acceptance criteria"))
}

// lookedWords say whether the files are watched, and when they were looked at.
func lookedWords(st session.State) string {
	inc := st.Increment
	switch {
	case inc.At.IsZero():
		return "The files have not been looked at yet."
	case inc.Live:
		return "Files are watched, looked at " + secondsOf(inc.At, st)
	default:
		return "Looked at " + secondsOf(inc.At, st)
	}
}

// secondsOf is a time of day to the second, with a Z where it is UTC.
func secondsOf(at time.Time, st session.State) string {
	text := workflow.StampAt(at, st.Shown()).ClockSeconds(st.Shown())
	if st.Shown() == time.UTC {
		text += "Z"
	}
	return text
}

// fileOf is the file that holds a part.
func fileOf(p workflow.Part) string {
	switch _, _, task := p.Task(); {
	case task:
		return "tasks.md"
	case p == workflow.StatePart:
		return "metadata.json"
	default:
		return "spec.md"
	}
}

// saidWords are one side's value of a part for people.
func saidWords(p workflow.Part, value string) string {
	_, what, task := p.Task()
	switch {
	case p == workflow.StatePart:
		return capital(workflow.Standing(value).Word())
	case task && what == "done" && value == workflow.DoneValue:
		return "It is done."
	case task && what == "done":
		return "It is open."
	case task && what == "" && value == "":
		return "The task is not here."
	case task && what == "":
		return "The task is here."
	default:
		return value
	}
}

// taskNotes say where a task stands otherwise in the file.
func taskNotes(in workflow.Incident, inc session.Increment) map[string]string {
	notes := map[string]string{}
	tasks := map[string]workflow.Task{}
	for _, task := range in.Tasks() {
		tasks[task.ID] = task
	}
	for _, d := range inc.Differences {
		id, what, is := d.Part.Task()
		if !is {
			continue
		}
		note := ""
		switch {
		case what == "" && d.Theirs == "" && d.Verdict == workflow.AskFirst:
			note = "Taken out of the file"
		case what == "" && d.Theirs == "":
			note = "Not in the file yet"
		case what == "done" && (d.Theirs == workflow.DoneValue) == tasks[id].Done, what == "title" && d.Theirs == tasks[id].Title:
			// taken over since the files were looked at
		case what == "done" && d.Theirs == workflow.DoneValue:
			note = "The file says done"
		case what == "done":
			note = "The file says open"
		case what == "title":
			note = "The file calls it “" + firstOf(d.Theirs) + "”"
		}
		if note != "" && notes[id] != "" {
			note = notes[id] + ". " + note
		}
		if note != "" {
			notes[id] = note
		}
	}
	return notes
}

// onlyInFile lists the tasks that the incident does not have.
func onlyInFile(in workflow.Incident, inc session.Increment) []string {
	var out []string
	for _, d := range inc.Differences {
		id, what, is := d.Part.Task()
		if is && what == "" && d.Ours == "" && !slices.ContainsFunc(in.Tasks(), func(t workflow.Task) bool { return t.ID == id }) {
			out = append(out, id)
		}
	}
	return out
}

// settledWords say who or what settled a task.
func settledWords(t workflow.Task, st session.State) string {
	if !t.Done {
		return ""
	}
	at := ""
	if t.At.Known() {
		at = " at " + clockOf(t.At, st)
	}
	switch {
	case t.Fact != "":
		return capital(t.Fact) + at
	case t.By != "":
		return "By " + t.By + at
	default:
		return "It was done already when the increment was linked"
	}
}

// folderWords is where the increment lies, and below what.
func folderWords(inc session.Increment) (folder, below string) {
	folder = orElse(inc.Folder, path.Join(".specweave/increments", inc.Group, inc.ID))
	return folder, "below " + inc.Root
}

// missingWords name what keeps the increment from being closed.
func missingWords(st session.State) []string {
	var out []string
	in, inc := st.Incident, st.Increment
	if !in.Reached(workflow.AllClear) {
		out = append(out, "The all-clear is not given yet.")
	}
	var open []string
	for _, t := range in.Tasks() {
		if !t.Done {
			open = append(open, t.ID+" "+firstOf(t.Title))
		}
	}
	if len(open) > 0 {
		out = append(out, "Open: "+someOf(open, 5)+".")
	}
	if left := inc.Criteria - inc.Met; left > 0 && len(open) == 0 {
		out = append(out, plural(left, "acceptance criterion is", "acceptance criteria are")+" not ticked in spec.md.")
	}
	return out
}

// someOf lists the first names and counts the rest.
func someOf(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// needsReports says what the normal flow's kind of increment asks for.
func needsReports(st session.State) string {
	if !st.Incident.Declared() || st.Incident.Effective().Flow != workflow.NormalFlow {
		return ""
	}
	return fmt.Sprintf("A %s is closed by SpecWeave itself: it asks for reports that only its own command writes.", st.Incident.Playbook.Work.NormalType)
}
