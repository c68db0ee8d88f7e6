package workflow

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// The limits of a checklist that a tired person can still read.
const (
	mostSteps     = 9  // per phase
	mostStepWords = 10 // per step
)

func (c *playbookCheck) flow(rows []FlowRow) {
	for i, r := range rows {
		path := element("flow", i)
		c.text(path+".aspect", "this row", "aspect", r.Aspect)
		c.text(path+".normal", "this row", "word for the normal flow", r.Normal)
		c.text(path+".hotfix", "this row", "word for the hotfix flow", r.Hotfix)
	}
}

func (c *playbookCheck) roles(roles []RolePolicy) {
	ids := idsOf(roles, func(r RolePolicy) string { return r.ID })
	c.ids("roles", "role", "roles", ids)
	c.known("roles", "role", ids, Commander, Scribe, Fixer, Approver)
	for i, r := range roles {
		c.text(element("roles", i)+".name", "this role", "name", r.Name)
	}
}

func (c *playbookCheck) phases(phases []Phase) {
	if len(phases) == 0 {
		c.fault("phases", "Write at least one phase under `phases:`.", "there is no checklist")
	}
	c.ids("phases", "phase", "phases", idsOf(phases, func(p Phase) string { return p.ID }))
	owner := map[string]string{} // an item's id is its own in the whole checklist
	for i, p := range phases {
		path := element("phases", i)
		c.text(path+".name", "this phase", "name", p.Name)
		if p.Mode != DoConfirm && p.Mode != ReadDo {
			c.fault(path+".mode", "Write do-confirm or read-do.", "there is no mode called %q", string(p.Mode))
		}
		switch n := len(p.Items); {
		case n == 0:
			c.fault(path+".items", "Write its steps under `items:`, or take the phase away.", "the phase %s has no steps", p.ID)
		case n > mostSteps:
			c.fault(element(path+".items", mostSteps), "Keep the steps that are forgotten, or split the phase.", "the phase %s has %d steps, and %d is the most that a tired person works through", p.ID, n, mostSteps)
		}
		c.ids(path+".items", "step", "steps", idsOf(p.Items, func(it ItemPolicy) string { return it.ID }))
		for j, it := range p.Items {
			c.item(element(path+".items", j), p.ID, it, owner)
		}
	}
}

func (c *playbookCheck) item(path, phase string, it ItemPolicy, owner map[string]string) {
	c.text(path+".text", "this step", "text", it.Text)
	if n := len(strings.Fields(it.Text)); n > mostStepWords {
		c.fault(path+".text", "Say it shorter, and put the rest after `how:`.", "this step has %d words, and %d is the most that is read under stress", n, mostStepWords)
	}
	if it.SettledBy != "" {
		c.fact(path+".settled_by", it.SettledBy)
	}
	key := strings.ToLower(it.ID)
	if first, taken := owner[key]; taken && first != phase {
		c.fault(path+".id", "Give each step its own id.", "the phases %s and %s both have a step called %s", first, phase, it.ID)
	}
	if it.ID != "" {
		owner[key] = phase
	}
}

func (c *playbookCheck) gates(gates []GatePolicy) {
	ids := idsOf(gates, func(g GatePolicy) string { return g.ID })
	c.ids("gates", "gate", "gates", ids)
	c.known("gates", "gate", ids, DeployGate, RollbackGate, AllClearGate)
	for i, g := range gates {
		path := element("gates", i)
		c.text(path+".name", "this gate", "name", g.Name)
		for j, f := range g.Needs {
			c.fact(element(path+".needs", j), f)
			if slices.Contains(g.Needs[:j], f) {
				c.fault(element(path+".needs", j), "Keep one of them.", "the gate %s needs %s twice", g.ID, f)
			}
		}
	}
}

func (c *playbookCheck) milestones(moments []Moment) {
	ids := idsOf(moments, func(m Moment) string { return string(m.ID) })
	c.ids("milestones", "milestone", "milestones", ids)
	for i, m := range moments {
		path := element("milestones", i)
		if m.ID != "" && !slices.Contains(KnownMilestones(), m.ID) {
			c.fault(path+".id", "Use one of: "+joined(KnownMilestones())+".", "there is no milestone called %q", string(m.ID))
		}
		c.text(path+".name", "this milestone", "name", m.Name)
		c.text(path+".line", "this milestone", "line for the timeline", m.Line)
	}
	for _, m := range KnownMilestones() {
		c.known("milestones", "milestone", ids, string(m))
	}
}

func (c *playbookCheck) decision(d Criteria) {
	both := slices.Concat(d.Rollback, d.Hotfix)
	c.ids("decision.rollback", "criterion", "criteria", idsOf(d.Rollback, func(k Criterion) string { return k.ID }))
	c.ids("decision.hotfix", "criterion", "criteria", idsOf(d.Hotfix, func(k Criterion) string { return k.ID }))
	for i, k := range both {
		path := element("decision.rollback", i)
		if j := i - len(d.Rollback); j >= 0 {
			path = element("decision.hotfix", j)
			if k.ID != "" && slices.ContainsFunc(d.Rollback, func(r Criterion) bool { return strings.EqualFold(r.ID, k.ID) }) {
				c.fault(path+".id", "Give each criterion its own id.", "a criterion for the rollback is called %s too", k.ID)
			}
		}
		c.text(path+".text", "this criterion", "text", k.Text)
	}
}

// taskNumber is what no criterion may hold: SpecWeave takes it for a task.
var taskNumber = regexp.MustCompile(`\bT-\d+`)

func (c *playbookCheck) work(w WorkPolicy) {
	if n := len(w.Tasks); n < 2 {
		c.fault("work.tasks", "Write two tasks or more under `tasks:`, each with its criterion.", "SpecWeave reads no increment with fewer than two criteria, and there are %d", n)
	}
	for i, t := range w.Tasks {
		c.task(element("work.tasks", i), t)
	}
	types := []string{"feature", "bug", "change-request", "refactor", "experiment"}
	if !slices.Contains(types, w.NormalType) {
		c.fault("work.normal_type", "Use one of: "+joined(types)+".", "SpecWeave has no increment type called %q for the normal flow", w.NormalType)
	}
	c.texts("work.principles", "principle", w.Principles)
	c.texts("work.critical_run", "command", w.CriticalRun)
	c.texts("work.differs", "difference", w.Differs)
	c.texts("work.deploy_with", "command", w.DeployWith)
	c.ids("work.not_now", "suite", "suites", idsOf(w.NotNow, func(s SuitePolicy) string { return s.ID }))
	for i, s := range w.NotNow {
		c.text(element("work.not_now", i)+".name", "this suite", "name", s.Name)
		c.text(element("work.not_now", i)+".why", "this suite", "reason why it does not run", s.Why)
	}
	c.runs("work.runs", w.Runs)
	c.texts("work.stage_with", "command", w.StageWith)
	c.limit("work.test_limit", w.TestLimit)
	c.limit("work.deploy_limit", w.DeployLimit)
	c.folder("work.records", w.Records)
	c.folder("work.plain_records", w.PlainRecord)
	c.limit("work.soak_for", w.SoakFor)
	c.needed("work.time_box", "there is no time box for assignments", w.TimeBox)
}

func (c *playbookCheck) task(path string, t TaskPolicy) {
	for _, f := range []struct{ field, value string }{
		{"title", t.Title}, {"criterion", t.Criterion}, {"does", t.Does}, {"given", t.Given}, {"when", t.When}, {"then", t.Then},
	} {
		c.text(path+"."+f.field, "this task", f.field, f.value)
	}
	for _, f := range []struct{ field, value string }{{"title", t.Title}, {"criterion", t.Criterion}} {
		if number := taskNumber.FindString(f.value); number != "" {
			c.fault(path+"."+f.field, "Leave the number out: tasks are numbered when the increment is written.", "the %s names the task number %s", f.field, number)
		}
	}
	if strings.HasPrefix(strings.TrimSpace(t.Criterion), "[") {
		c.fault(path+".criterion", "Begin with a word.", "SpecWeave takes a criterion that begins with [ for an unfinished template")
	}
	if t.SettledBy != "" {
		c.fact(path+".settled_by", t.SettledBy)
	}
}

// folder refuses a place for records outside the repository, and git's own
// folder: a playbook comes with a repository, and must not choose where on the
// laptop is written.
func (c *playbookCheck) folder(path, folder string) {
	const do = "Write a folder inside the repository with forward slashes, such as docs/postmortems."
	inGit := slices.ContainsFunc(strings.Split(folder, "/"), func(name string) bool {
		name = strings.ToLower(strings.TrimRight(name, ". "))
		return name == ".git" || name == "git~1"
	})
	switch {
	case folder == "":
		c.fault(path, do, "there is no folder for the records")
	case folder == "." || !fs.ValidPath(folder) || strings.ContainsAny(folder, `\:`):
		c.fault(path, do, "%q is not a folder inside the repository", folder)
	case inGit:
		c.fault(path, do, "%q is git's own folder", folder)
	}
}

func (c *playbookCheck) redaction(r RedactionPolicy) {
	c.texts("review.redaction.off", "rule", r.Off)
	c.texts("review.redaction.known", "text", r.Known)
	c.ids("review.redaction.patterns", "pattern", "patterns", idsOf(r.Patterns, func(p PatternPolicy) string { return p.ID }))
	for i, p := range r.Patterns {
		path := element("review.redaction.patterns", i)
		c.text(path+".name", "this pattern", "name", p.Name)
		switch re, err := regexp.Compile(p.Pattern); {
		case strings.TrimSpace(p.Pattern) == "":
			c.fault(path+".pattern", "Write a regular expression.", "this pattern is empty")
		case err != nil:
			c.fault(path+".pattern", "Try it in a tester for RE2 (Go) expressions.", "the expression %q cannot be read: %v", p.Pattern, err)
		case re.MatchString(""):
			c.fault(path+".pattern", "Ask for at least one character.", "the expression %q fits everywhere", p.Pattern)
		}
	}
}

func (c *playbookCheck) review(r ReviewPolicy) {
	c.redaction(r.Redaction)
	c.needed("review.due_after", "there is no time until the post-mortem is due", r.DueAfter)
	ids := idsOf(r.Sections, func(s SectionPolicy) string { return string(s.ID) })
	c.ids("review.sections", "section", "sections", ids)
	always := []Section{SummarySection, TimelineSection, RootCauseSection, ImpactSection, LessonsSection, ActionsSection}
	for i, s := range r.Sections {
		path := element("review.sections", i)
		if s.ID != "" && !slices.Contains(KnownSections(), s.ID) {
			c.fault(path+".id", "Use one of: "+joined(KnownSections())+".", "there is no section called %q", string(s.ID))
		}
		c.text(path+".name", "this section", "name", s.Name)
		if slices.Contains(always, s.ID) && !s.Always {
			c.fault(path+".always", "Write `always: true`.", "the section %s is one of the six that every post-mortem has", s.ID)
		}
	}
	if c.wrongIDs("review.sections") {
		return
	}
	for _, id := range always {
		if !slices.Contains(ids, string(id)) {
			c.fault("review.sections", fmt.Sprintf("Add one with `id: %s` and `always: true`.", id), "the section %s is missing, which every post-mortem has", id)
		}
	}
}

func (c *playbookCheck) shift(s ShiftPolicy) {
	c.needed("shift.long", "there is no time after which an incident is long", s.Long)
	c.needed("shift.plan", "there is no time to plan a hand-off", s.Plan)
	c.needed("shift.late", "there is no time after which a hand-off is late", s.Late)
	if s.Long > s.Plan || s.Plan > s.Late {
		c.fault("shift", "Write them in rising order: long, plan, late.", "the hours on duty go backwards: %s, %s, %s", typed(s.Long), typed(s.Plan), typed(s.Late))
	}
}

func (c *playbookCheck) mistakes(mistakes []Mistake) {
	for i, m := range mistakes {
		path := element("mistakes", i)
		c.text(path+".name", "this mistake", "name", m.Name)
		c.text(path+".wrong", "this mistake", "wrong way", m.Wrong)
		c.text(path+".better", "this mistake", "remedy", m.Better)
	}
}
