package view

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

// openAction gives somebody a task: one person, one time box.
func (s *Shell) openAction() {
	in := s.state.Incident
	box := in.Playbook.Work.TimeBox
	if box == 0 {
		box = 15 * time.Minute
	}
	f := newForm(s, "task", "Give the task", "Task given.", func(value func(string) string) (workflow.Intent, error) {
		length, err := readBox(value("box"))
		return workflow.Assign{Text: value("text"), Owner: value("owner"), Box: length}, err
	},
		input{name: "text", label: "What is to be done", hint: "Restore the token pattern"},
		input{name: "owner", label: "Who", hint: "One person, by name"},
		input{name: "box", label: "Time box", hint: strconv.Itoa(int(box.Minutes())) + "m", beside: true},
	)
	f.fields["box"].Help("Then the app asks how it goes.")
	people := kit.Wrap(look.Space2, kit.NewCaption("Who is here:"))
	for _, r := range in.Playbook.Roles {
		who := in.Holder(r.ID).Person
		if who == "" {
			continue
		}
		people.Add(kit.NewButton(who+", "+strings.ToLower(r.Name), func() {
			f.fields["owner"].SetText(who)
		}).Small())
	}
	s.openForm(formSheet{
		id: "task", title: "Give somebody a task", form: f, width: 600, below: []fyne.CanvasObject{people},
		above: textsOf(kit.NewText("One person and one time box. When it is over, the task rises to the top.").In(look.Muted).Wrapped()),
	})
}

// readBox reads a length of time: "15", "15m", "1h30m". Empty is the playbook's.
func readBox(typed string) (time.Duration, error) {
	typed = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(typed)), " ", "")
	typed = strings.TrimSuffix(strings.TrimSuffix(typed, "utes"), "in") // "15 min", "15 minutes"
	if typed == "" {
		return 0, nil
	}
	if n, err := strconv.Atoi(typed); err == nil {
		typed = strconv.Itoa(n) + "m"
	}
	length, err := time.ParseDuration(typed)
	if err != nil || length <= 0 || length > 24*time.Hour {
		return 0, &workflow.RuleError{Code: "assignment.box", Field: "box", Says: "A time box is a length of time up to a day. Type 15m or 1h."}
	}
	return length, nil
}
