package workflow

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ProbeID names a probe within its incident.
type ProbeID string

// probes is what was said about the probes of an incident, beside the
// playbook's own.
type probes struct {
	said  map[ProbeID]Register[Probe]
	left  map[ProbeID]Register[string] // why one is not looked at any more; empty: it is
	added []ProbeID                    // those that the playbook does not have, in their order
}

func (p probes) clone() probes {
	p.said, p.left, p.added = maps.Clone(p.said), maps.Clone(p.left), slices.Clip(p.added)
	return p
}

// Probes lists the looks at production that this incident's fix is proven by:
// the playbook's, as somebody may have changed them, and those that were added.
// What was dropped is not among them.
func (in Incident) Probes() []Probe {
	have := in.Proof.probes
	if len(in.Playbook.Verify.Probes) == 0 && len(have.added) == 0 {
		return nil
	}
	var out []Probe
	for _, p := range in.Playbook.Verify.Probes {
		if said, changed := have.said[ProbeID(p.ID)]; changed {
			p = said.Get()
		}
		if have.left[ProbeID(p.ID)].Get() == "" {
			out = append(out, p)
		}
	}
	for _, id := range have.added {
		if have.left[id].Get() == "" {
			out = append(out, have.said[id].Get())
		}
	}
	return out
}

// Probe finds a probe that is looked at, by its id.
func (in Incident) Probe(id ProbeID) (Probe, bool) {
	for _, p := range in.Probes() {
		if ProbeID(p.ID) == id {
			return p, true
		}
	}
	return Probe{}, false
}

// FromPlaybook says whether a probe is as the playbook has it: nobody here has
// typed it.
func (in Incident) FromPlaybook(id ProbeID) bool {
	_, said := in.Proof.probes.said[id]
	return !said && slices.ContainsFunc(in.Playbook.Verify.Probes, func(p Probe) bool { return ProbeID(p.ID) == id })
}

// AddProbe adds a look at production to this incident, or changes one: its id
// says which. A new one gets an id here.
type AddProbe struct{ Probe Probe }

func (a AddProbe) decide(in Incident, env Env) ([]Body, error) {
	p := a.Probe.tidied()
	if err := p.fault(); err != nil {
		return nil, err
	}
	if _, found := p.WithoutSecrets(); len(found) > 0 {
		return nil, refuseField("probe.secret", "curl", "This probe holds %s itself, and nothing secret goes into the log. Write $NAME in its place, and set NAME in the environment.", found[0].Name)
	}
	if p.ID == "" {
		p.ID = string(env.NewID())
	}
	if have, there := in.Probe(ProbeID(p.ID)); there && sameProbe(have, p) {
		return nil, refuse("probe.same", "That probe is there already, just like that.")
	}
	for _, have := range in.Probes() {
		if have.ID != p.ID && strings.EqualFold(have.Name, p.Name) {
			return nil, refuseField("probe.double", "name", "There is a probe of that name already. Give this one another name, or change the other.")
		}
	}
	return []Body{ProbeAdded{p}}, nil
}

func sameProbe(a, b Probe) bool {
	headers := slices.Equal(a.Headers, b.Headers)
	a.Headers, b.Headers = nil, nil
	return headers && probeParts(a) == probeParts(b)
}

// probeParts is a probe without its list, which can be compared.
func probeParts(p Probe) [12]any {
	return [12]any{p.Name, p.Kind, p.URL, p.Method, p.Body, p.Status, p.Text, p.Within, p.Metric, [2]any{p.Below, p.Falling}, p.Run, p.Limit}
}

// tidied is a probe without stray blanks, and with a name.
func (p Probe) tidied() Probe {
	for _, text := range []*string{&p.Name, &p.URL, &p.Method, &p.Metric, &p.Below, &p.Run} {
		*text = strings.TrimSpace(*text)
	}
	p.Method = strings.ToUpper(p.Method)
	if p.Kind == HTTPProbe && p.Method == "GET" {
		p.Method = ""
	}
	var headers []string
	for _, h := range p.Headers {
		if h = strings.TrimSpace(h); h != "" {
			headers = append(headers, h)
		}
	}
	p.Headers = headers
	if p.Name == "" {
		p.Name = p.usualName()
	}
	p.Name = oneLine(p.Name)
	return p
}

// usualName is what a probe is called when nobody has named it.
func (p Probe) usualName() string {
	switch p.Kind {
	case HTTPProbe:
		name := p.URL
		if at, err := url.Parse(p.URL); err == nil && at.Host != "" {
			name = at.Host + strings.TrimSuffix(at.Path, "/")
			if len(at.Path) > 1 {
				name = at.Path
			}
		}
		if p.Method != "" {
			name = p.Method + " " + name
		}
		if p.Status != 0 {
			return name + " answers " + strconv.Itoa(p.Status)
		}
		return name + " answers"
	case MetricProbe:
		if p.Below != "" {
			return p.Metric + " is below " + p.Below
		}
		return p.Metric + " falls"
	case CommandProbe:
		return p.Run
	default:
		return ""
	}
}

// fault says why a probe could not be looked at.
func (p Probe) fault() error {
	if p.Name == "" {
		return refuseField("probe.name-missing", "name", "Say what this probe looks at: Login answers 200.")
	}
	switch p.Kind {
	case HTTPProbe, MetricProbe:
		if err := p.addressFault(); err != nil {
			return err
		}
	case CommandProbe:
		if p.Run == "" {
			return refuseField("probe.command-missing", "run", "Write the command that looks. It is well when it exits with 0.")
		}
	case PersonProbe:
	default:
		return refuseField("probe.kind", "kind", "A probe is http, metric, command or person, not %q.", string(p.Kind))
	}
	if p.Status != 0 && (p.Status < 100 || p.Status > 599) {
		return refuseField("probe.status", "status", "%d is no status of an answer. Write one such as 200, or leave it empty for 200 to 299.", p.Status)
	}
	for field, d := range map[string]time.Duration{"within": p.Within, "limit": p.Limit} {
		if d < 0 || d > time.Hour {
			return refuseField("probe.time", field, "Write a time such as 500ms, 5s or 1m, up to an hour.")
		}
	}
	return nil
}

func (p Probe) addressFault() error {
	at, err := url.Parse(p.URL)
	if err != nil || at.Host == "" || !slices.Contains([]string{"http", "https"}, strings.ToLower(at.Scheme)) {
		return refuseField("probe.url", "url", "Write a whole address, such as https://api.example.com/health.")
	}
	for _, h := range p.Headers {
		if name, _, ok := strings.Cut(h, ":"); !ok || strings.TrimSpace(name) == "" || strings.ContainsAny(h, "\r\n") {
			return refuseField("probe.headers", "headers", "A header is a name, a colon and a value on one line, such as Accept: text/plain.")
		}
	}
	if p.Kind == HTTPProbe {
		return nil
	}
	if p.Metric == "" {
		return refuseField("probe.metric-missing", "metric", `Name the metric of that page, such as auth_errors or auth_errors{code="500"}.`)
	}
	if _, err := strconv.ParseFloat(p.Below, 64); p.Below != "" && err != nil {
		return refuseField("probe.below", "below", "%q is not a number. Write the number that the metric must be below.", p.Below)
	}
	if p.Below == "" && !p.Falling {
		return refuseField("probe.below", "below", "Say when the metric is well: below a number, or falling.")
	}
	return nil
}

// ProbeAdded is a look at production as it was added or changed.
type ProbeAdded struct {
	Look Probe `json:"probe"`
}

// Kind is "probe.added@1".
func (ProbeAdded) Kind() Kind { return "probe.added@1" }

func (a ProbeAdded) apply(in *Incident, e Event) {
	have, id := &in.Proof.probes, ProbeID(a.Look.ID)
	said, again := have.said[id]
	known := slices.ContainsFunc(in.Playbook.Verify.Probes, func(p Probe) bool { return p.ID == a.Look.ID })
	if have.said == nil {
		have.said = map[ProbeID]Register[Probe]{}
	}
	said.set(in, e, a.Look)
	have.said[id] = said
	if left := have.left[id]; left.Get() != "" {
		left.set(in, e, "")
		have.left[id] = left
	}
	if !again && !known {
		have.added = append(have.added, id)
	}
	word := "added"
	if again || known {
		word = "changed"
	}
	in.record(e, SystemEntry, "Probe "+word+": "+a.Look.Name)
}

// DropProbe takes a look at production out, with a reason: it does not count
// for the fix any more.
type DropProbe struct {
	ID     ProbeID
	Reason string
}

func (d DropProbe) decide(in Incident, _ Env) ([]Body, error) {
	p, there := in.Probe(d.ID)
	switch {
	case !there:
		return nil, refuse("probe.gone", "That probe is not in this incident any more. Nothing was changed.")
	case strings.TrimSpace(d.Reason) == "":
		return nil, refuseField("probe.reason-missing", "reason", "Say why this is not looked at any more. It goes into the timeline.")
	}
	return []Body{ProbeDropped{ID: d.ID, Name: p.Name, Reason: strings.TrimSpace(d.Reason)}}, nil
}

// ProbeDropped is a look at production that does not count any more.
type ProbeDropped struct {
	ID     ProbeID `json:"id"`
	Name   string  `json:"name"`
	Reason string  `json:"reason"`
}

// Kind is "probe.dropped@1".
func (ProbeDropped) Kind() Kind { return "probe.dropped@1" }

func (d ProbeDropped) apply(in *Incident, e Event) {
	have := &in.Proof.probes
	if have.left == nil {
		have.left = map[ProbeID]Register[string]{}
	}
	left := have.left[d.ID]
	left.set(in, e, d.Reason)
	have.left[d.ID] = left
	in.record(e, SystemEntry, "Probe dropped: "+d.Name+": "+d.Reason)
}

// ProbeCommand is what a person must have accepted before a probe of the
// playbook looks anywhere.
func (in Incident) ProbeCommand(p Probe) PlaybookCommand {
	return PlaybookCommand{Use: ProbeUse, Run: p.asked(), Shell: in.Playbook.Work.Shell}
}

// Asks is what a probe does, in one line, as it was typed.
func (p Probe) Asks() string { return p.asked() }

// ProbeDevice is where a probe that is not the playbook's was typed.
func (in Incident) ProbeDevice(id ProbeID) DeviceID {
	h, _ := in.Proof.probes.said[id].Head()
	return h.device
}

// LookOrder is a look that is to be made: from a person's hand, or from a
// playbook that they trust.
type LookOrder struct {
	Probe  Probe
	Folder string            // that a command runs in, absolute
	Shell  bool              // a command is given to sh -c
	Values map[string]string // of variables that were typed in this run, before those of the environment
}

// Must says what a look must show, in a few words: "must answer 200".
func (p Probe) Must() string {
	var parts []string
	switch p.Kind {
	case HTTPProbe:
		answer := "must answer 200 to 299"
		if p.Status != 0 {
			answer = "must answer " + strconv.Itoa(p.Status)
		}
		parts = append(parts, answer)
		if p.Text != "" {
			parts = append(parts, "hold “"+oneLine(p.Text)+"”")
		}
	case MetricProbe:
		what := p.Metric + " must"
		if p.Below != "" {
			parts = append(parts, what+" be below "+p.Below)
			what = ""
		}
		if p.Falling {
			parts = append(parts, strings.TrimSpace(what+" fall"))
		}
	case CommandProbe:
		parts = append(parts, "must exit with 0")
	default:
		parts = append(parts, "somebody must say that it is well")
	}
	if p.Within > 0 {
		parts = append(parts, "take less than "+p.Within.String())
	}
	return strings.Join(parts, " and ")
}

// BelowValue is the number that a metric must be below; ok is false when there
// is none.
func (p Probe) BelowValue() (below float64, ok bool) {
	below, err := strconv.ParseFloat(p.Below, 64)
	return below, err == nil && p.Below != "" && p.Kind == MetricProbe
}

// CurlLine is a call as a person would type it.
func (p Probe) CurlLine() string {
	line := "curl"
	if p.Method != "" && !(p.Method == "POST" && p.Body != "") {
		line += " -X " + p.Method
	}
	line += " " + shellQuoted(p.URL)
	for _, h := range p.Headers {
		line += " -H " + shellQuoted(h)
	}
	if p.Body != "" {
		line += " --data-raw " + shellQuoted(p.Body)
	}
	if p.Limit > 0 {
		line += " -m " + strconv.FormatFloat(p.Limit.Seconds(), 'f', -1, 64)
	}
	return line
}

// shellQuoted is a word as a shell takes it letter by letter.
func shellQuoted(word string) string {
	if word != "" && strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/.-_") == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
