package view

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

const probeLayer = "probe"

// probeForm asks for a probe: how it looks, and what it must show.
type probeForm struct {
	s    *Shell
	form *form
	id   string         // of the one that is changed; empty: a new one
	left *kit.Text      // what of a curl line was not taken over
	was  workflow.Probe // that one
}

// openProbe asks for a new probe, or for changes of one.
func (s *Shell) openProbe(was workflow.Probe) {
	p := &probeForm{s: s, id: was.ID, was: was, left: kit.NewCaption("").In(look.WarningText).Wrapped()}
	p.left.Hide()
	name := "probe"
	word, done, title := "Add the probe", "Probe added.", "Add a probe"
	if was.ID != "" {
		name, word, done, title = "probe."+was.ID, "Save the probe", "Probe changed.", "Change a probe"
	}
	p.form = newForm(s, name, word, done, p.build, probeInputs(was)...)
	p.form.changed = func(field string) { p.arrange() }
	s.openForm(formSheet{
		id: probeLayer, title: title, form: p.form, width: 720, first: firstOfProbe(was), below: textsOf(p.left),
		above:  textsOf(kit.NewText("A probe looks at production every few seconds and calls nothing but what you write here.").In(look.Muted).Wrapped()),
		follow: func(session.State) { p.arrange() },
	})
	p.arrange()
}

func probeInputs(was workflow.Probe) []input {
	kind := was.Kind
	if kind == "" {
		kind = workflow.HTTPProbe
	}
	status, call, falling, url := "", "", "", ""
	if was.Status != 0 {
		status = strconv.Itoa(was.Status)
	}
	if was.Kind == workflow.HTTPProbe {
		call = was.CurlLine()
	}
	if was.Kind == workflow.MetricProbe {
		url = was.URL
	}
	if was.Falling {
		falling = "yes"
	}
	return []input{
		{name: "kind", start: string(kind), big: true, options: []kit.Option{
			{ID: string(workflow.HTTPProbe), Word: "A call"},
			{ID: string(workflow.MetricProbe), Word: "A metric"},
			{ID: string(workflow.CommandProbe), Word: "A command"},
			{ID: string(workflow.PersonProbe), Word: "A person"},
		}},
		{
			name: "curl", label: "Your curl line, or an address", lines: 3, mono: true, start: call, hint: `curl -X POST https://api.example.com/api/auth/login -d '{"email":"…"}'`,
			help: "Paste it as it is, also what a browser copies as cURL. Tokens and passwords are not kept: a variable stands in their place.",
		},
		{name: "status", label: "Expected status", hint: "200 to 299", mono: true, start: status},
		{name: "text", label: "Text that it must hold", hint: "optional", start: was.Text, beside: true},
		{name: "within", label: "Within", hint: "optional: 500ms", mono: true, start: lengthOf(was.Within), beside: true},
		{name: "url", label: "Address of the page of metrics", hint: "https://api.example.com/metrics", mono: true, start: url},
		{name: "metric", label: "Metric", hint: `auth_errors or auth_errors{code="500"}`, mono: true, start: was.Metric, help: "All series that match are added up. Of a counter, its increase per second is judged."},
		{name: "below", label: "Must be below", hint: "optional: 5", mono: true, start: was.Below, beside: true},
		{name: "falling", label: "It must fall: lower than at the deploy, and never rising again", tick: true, start: falling},
		{name: "run", label: "Command; it is well when it exits with 0", hint: "npm run smoke:production", mono: true, start: was.Run},
		{name: "name", label: "Name", hint: "Login answers 200", start: was.Name, help: "Empty: what it looks at."},
	}
}

func lengthOf(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// probeFields says which inputs belong to a kind of probe.
var probeFields = map[workflow.ProbeKind]string{
	workflow.HTTPProbe: " curl status text within ", workflow.MetricProbe: " url metric below falling ",
	workflow.CommandProbe: " run ", workflow.PersonProbe: " ",
}

// arrange shows the inputs of the chosen kind.
func (p *probeForm) arrange() {
	f := p.form
	mine := probeFields[workflow.ProbeKind(f.Value("kind"))]
	moved := false
	for _, name := range []string{"curl", "status", "text", "within", "url", "metric", "below", "run"} {
		moved = showing(f.fields[name], strings.Contains(mine, " "+name+" ")) || moved
	}
	moved = showing(f.picks["falling"].(tickPick).check, strings.Contains(mine, " falling ")) || moved
	says := ""
	if line := strings.TrimSpace(f.Value("curl")); f.Value("kind") == string(workflow.HTTPProbe) && isCurlLine(line) {
		if _, left, err := p.s.ReadCurl(line); err == nil && len(left) > 0 {
			says = "Not taken over: " + strings.Join(left, "; ") + "."
		}
	}
	moved = setText(p.left, says) || moved
	moved = showing(p.left, says != "") || moved
	if moved {
		f.content.Refresh()
		p.s.layers.Refresh()
	}
}

func isCurlLine(line string) bool { return strings.ContainsAny(strings.TrimSpace(line), " \t\n") }

// build makes the request of what was typed. Secrets stay in memory; a variable
// goes in their place.
func (p *probeForm) build(value func(string) string) (workflow.Intent, error) {
	probe, err := p.read(value)
	if err != nil {
		return nil, err
	}
	probe.ID = p.id
	if probe.Name = strings.TrimSpace(value("name")); probe.Name == "" && probe.Kind == workflow.PersonProbe {
		return nil, refusal("name", "Say what somebody looks at: Checkout with a real card.")
	}
	kept, held := probe.WithoutSecrets()
	for _, h := range held {
		p.s.KeepValue(h.Variable, h.Value.Reveal())
	}
	if len(held) > 0 {
		p.s.Say(session.Strip{Says: secretSays(held), Warning: true})
	}
	return workflow.AddProbe{Probe: kept}, nil
}

// secretSays tells what became of the secrets of a probe.
func secretSays(held []workflow.HeldSecret) string {
	names, variables := make([]string, len(held)), make([]string, len(held))
	for i, h := range held {
		names[i], variables[i] = h.Name, h.Variable
	}
	return fmt.Sprintf("The secret in %s was not saved. It is kept in memory until Firebreak closes; to have it at the next start, set %s in the environment.", strings.Join(names, " and "), strings.Join(variables, " and "))
}

func (p *probeForm) read(value func(string) string) (workflow.Probe, error) {
	kind := workflow.ProbeKind(value("kind"))
	switch kind {
	case workflow.HTTPProbe:
		return p.readCall(value)
	case workflow.MetricProbe:
		return workflow.Probe{
			Kind: kind, URL: value("url"), Metric: value("metric"), Below: strings.TrimSpace(value("below")), Falling: value("falling") != "",
			Headers: p.was.Headers, Limit: p.was.Limit,
		}, nil
	case workflow.CommandProbe:
		return workflow.Probe{Kind: kind, Run: value("run"), Limit: p.was.Limit}, nil
	default:
		return workflow.Probe{Kind: workflow.PersonProbe}, nil
	}
}

func (p *probeForm) readCall(value func(string) string) (workflow.Probe, error) {
	line := strings.TrimSpace(value("curl"))
	probe := workflow.Probe{Kind: workflow.HTTPProbe, URL: line}
	if isCurlLine(line) || line == "" {
		read, _, err := p.s.ReadCurl(line)
		if err != nil {
			return probe, refusal("curl", err.Error())
		}
		probe = read
	}
	probe.Text = value("text")
	if typed := strings.TrimSpace(value("status")); typed != "" {
		status, err := strconv.Atoi(typed)
		if err != nil {
			return probe, refusal("status", "A status is a number such as 200. Empty is any from 200 to 299.")
		}
		probe.Status = status
	}
	if typed := strings.TrimSpace(value("within")); typed != "" {
		within, err := time.ParseDuration(typed)
		if err != nil {
			return probe, refusal("within", "Write a time such as 500ms or 2s.")
		}
		probe.Within = within
	}
	if probe.Limit == 0 {
		probe.Limit = p.was.Limit
	}
	return probe, nil
}

// openDropProbe asks why a probe is not looked at any more.
func (s *Shell) openDropProbe(probe workflow.Probe) {
	f := newForm(s, "probe.drop", "Drop the probe", "Probe dropped.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.DropProbe{ID: workflow.ProbeID(probe.ID), Reason: value("reason")}, nil
	}, input{name: "reason", label: "Why it is not looked at any more", hint: "That service is not hit", help: "The reason goes into the timeline."})
	s.openForm(formSheet{
		id: "probe.drop", title: "Drop a probe", form: f, width: 560,
		above: textsOf(kit.NewText(probe.Name).Bold().Wrapped(), kit.NewText("It does not count for the fix any more.").In(look.Muted).Wrapped()),
	})
}

// openChecked asks for a person's own look at production.
func (s *Shell) openChecked() {
	f := newForm(s, "board.check", "Record check", "Check recorded.", checkOf, checkInputs()...)
	s.openForm(formSheet{id: "verify.check", title: "Record what you saw", form: f, width: 640})
}

// checkInputs ask for a look at production in a person's words.
func checkInputs() []input {
	return []input{
		{name: "what", label: "What was checked in production", hint: "POST /api/auth/login answers 200"},
		{name: "outcome", label: "Outcome", options: []kit.Option{
			{ID: string(workflow.CheckPassed), Word: "Passed"}, {ID: string(workflow.CheckFailed), Word: "Failed"}, {ID: string(workflow.CheckUnknown), Word: "Unknown"},
		}, start: string(workflow.CheckPassed)},
		{name: "before", label: "Before", hint: "500", beside: true},
		{name: "after", label: "After", hint: "200", beside: true},
	}
}

func checkOf(value func(string) string) (workflow.Intent, error) {
	return workflow.RecordCheck{Check: workflow.Check{
		What: value("what"), Outcome: workflow.Outcome(value("outcome")),
		Before: strings.TrimSpace(value("before")), After: strings.TrimSpace(value("after")),
	}}, nil
}

// firstOfProbe is the input that the caret begins in.
func firstOfProbe(was workflow.Probe) string {
	first := map[workflow.ProbeKind]string{workflow.MetricProbe: "metric", workflow.CommandProbe: "run", workflow.PersonProbe: "name"}
	if name, ok := first[was.Kind]; ok {
		return name
	}
	return "curl"
}
