package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// PlaybookFault is one thing that is wrong with a playbook. Says and Do are
// made to follow a place: "playbook.yaml line 12: two levels are called SEV1.
// Give each level its own id."
type PlaybookFault struct {
	Path string // where: "levels[1].id"; empty for the whole playbook
	Says string // what is wrong, as half a sentence without its full stop
	Do   string // the remedy, as a whole sentence
}

// Check answers all that is wrong with the playbook, nothing when it can be
// used. It changes nothing.
func (p Playbook) Check() []PlaybookFault {
	c := &playbookCheck{levelIDs: make([]string, len(p.Levels))}
	for i, l := range p.Levels {
		c.levelIDs[i] = l.ID
	}
	c.text("name", "the playbook", "name", p.Name)
	if p.Version < 1 {
		c.fault("version", "Count from 1.", "the version is %d", p.Version)
	}
	c.levels(p.Levels)
	c.questions(p.Questions)
	c.flow(p.Flow)
	c.roles(p.Roles)
	c.phases(p.Phases)
	c.gates(p.Gates)
	c.milestones(p.Milestones)
	c.decision(p.Decision)
	c.work(p.Work)
	c.review(p.Review)
	c.shift(p.Shift)
	c.scope(p.Scope)
	c.verify(p.Verify)
	c.mistakes(p.Mistakes)
	return c.faults
}

// playbookCheck gathers the faults of one playbook.
type playbookCheck struct {
	levelIDs []string // nil when they have faults: then nothing is said about who names them
	faults   []PlaybookFault
}

func (c *playbookCheck) fault(path, do, says string, args ...any) {
	c.faults = append(c.faults, PlaybookFault{Path: path, Says: fmt.Sprintf(says, args...), Do: do})
}

// text refuses a field that is empty.
func (c *playbookCheck) text(path, owner, field, value string) {
	if strings.TrimSpace(value) == "" {
		c.fault(path, fmt.Sprintf("Write one after `%s:`.", fieldOf(path)), "%s has no %s", owner, field)
	}
}

// texts refuses blank lines in a list of texts.
func (c *playbookCheck) texts(path, one string, values []string) {
	for i, v := range values {
		if strings.TrimSpace(v) == "" {
			c.fault(element(path, i), "Write it out, or take the line away.", "this %s is empty", one)
		}
	}
}

// fieldOf is the last name of a path: "levels[1].id" gives "id".
func fieldOf(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

func element(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

// idsOf is the id of each element, for the checks that are the same for all
// lists.
func idsOf[E any](list []E, id func(E) string) []string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = id(e)
	}
	return out
}

// ids refuses ids that are missing, that are used twice in a list, or that
// could not stand in a file name or on a command line. Capitals make no
// difference: nobody types them at 3 a.m.
func (c *playbookCheck) ids(path, one, many string, ids []string) {
	seen := map[string]string{}
	for i, id := range ids {
		place := element(path, i) + ".id"
		key := strings.ToLower(id)
		first, twice := seen[key]
		switch {
		case id == "":
			c.fault(place, "Write one after `id:`.", "this %s has no id", one)
		case !plainID(id):
			c.fault(place, "Use up to 40 letters from a to z, digits, hyphens, dots and underscores, such as \"fix-verified\".", "the %s id %q cannot be used", one, id)
		case twice && first != id:
			c.fault(place, fmt.Sprintf("Give each %s its own id.", one), "two %s are called %s and %s, which differ in capitals only", many, first, id)
		case twice:
			c.fault(place, fmt.Sprintf("Give each %s its own id.", one), "two %s are called %s", many, id)
		default:
			seen[key] = id
		}
	}
}

func plainID(id string) bool {
	if len(id) > 40 || strings.HasPrefix(id, "-") || strings.HasPrefix(id, ".") {
		return false
	}
	return !strings.ContainsFunc(id, func(r rune) bool {
		letter := (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z')
		return !letter && (r < '0' || r > '9') && r != '-' && r != '.' && r != '_'
	})
}

// known refuses a list that leaves out an id which the rules speak of. Where an
// id of the list is wrong already, that one is most likely it.
func (c *playbookCheck) known(path, one string, have []string, want ...string) {
	if c.wrongIDs(path) {
		return
	}
	for _, id := range want {
		if !slices.Contains(have, id) {
			c.fault(path, fmt.Sprintf("Add one with `id: %s`; its words are free.", id), "there is no %s with the id %s, which the program needs", one, id)
		}
	}
}

// wrongIDs says whether an id of a list has a fault already.
func (c *playbookCheck) wrongIDs(list string) bool {
	return slices.ContainsFunc(c.faults, func(f PlaybookFault) bool {
		inside, found := strings.CutPrefix(f.Path, list+"[")
		return found && strings.HasSuffix(inside, "].id") && strings.Count(inside, ".") == 1
	})
}

// fact refuses the name of a fact that the program does not know.
func (c *playbookCheck) fact(path string, f Fact) {
	if !slices.Contains(KnownFacts(), f) {
		c.fault(path, "Use one of: "+joined(KnownFacts())+".", "there is no fact called %q", string(f))
	}
}

// joined is a list as a person reads it.
func joined[S ~string](names []S) string {
	words := make([]string, len(names))
	for i, n := range names {
		words[i] = string(n)
	}
	return strings.Join(words, ", ")
}

// limit refuses times that no clock could keep: negative, shorter than a
// minute, or longer than a year.
func (c *playbookCheck) limit(path string, d time.Duration) {
	switch {
	case d < 0:
		c.fault(path, "Write a time such as 15m, or 0 for none.", "the time %s is negative", typed(d))
	case d > 0 && d < time.Minute:
		c.fault(path, "Write 1m or more, or 0 for none.", "the time %s is shorter than a minute", typed(d))
	case d > 365*24*time.Hour:
		c.fault(path, "Write a shorter one, or 0 for none.", "the time %s is longer than a year", typed(d))
	}
}

// needed is limit for a time that cannot be left out; says is what is wrong
// without it.
func (c *playbookCheck) needed(path, says string, d time.Duration) {
	if d == 0 {
		c.fault(path, "Write a time such as 15m or 4h.", "%s", says)
		return
	}
	c.limit(path, d)
}

// typed is a time as a playbook has it: "4h", not "4h0m0s".
func typed(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

func (c *playbookCheck) levels(levels []Level) {
	if len(levels) == 0 {
		c.fault("levels", "Write at least one level under `levels:`.", "there are no severity levels")
	}
	c.ids("levels", "level", "levels", c.levelIDs)
	if c.wrongIDs("levels") {
		c.levelIDs = nil
	}
	for i, l := range levels {
		path := element("levels", i)
		c.text(path+".description", "this level", "description", l.Description)
		c.text(path+".response", "this level", "response", l.Response)
		c.limit(path+".within", l.Within)
		c.limit(path+".first_update", l.FirstUpdate)
		c.limit(path+".cadence", l.Cadence)
		c.limit(path+".diagnose_for", l.DiagnoseFor)
		if l.Flow != HotfixFlow && l.Flow != NormalFlow {
			c.fault(path+".flow", "Write hotfix or normal.", "there is no flow called %q", string(l.Flow))
		}
		if l.SkipStaging && l.Flow == NormalFlow {
			c.fault(path+".skip_staging", "Write false, or let the level go the hotfix flow.", "%s may skip staging, but goes the normal flow, which requires it", l.ID)
		}
		if !slices.Contains([]string{"P0", "P1", "P2", "P3", "P4"}, l.Priority) {
			c.fault(path+".priority", "Write P0, P1, P2, P3 or P4.", "there is no priority called %q", l.Priority)
		}
		if i > 0 && l.Within > 0 && l.Within < levels[i-1].Within {
			c.fault(path+".within", "List the most severe level first.", "%s must be answered sooner than %s, which stands above it", l.ID, levels[i-1].ID)
		}
	}
}

func (c *playbookCheck) questions(questions []Question) {
	c.ids("questions", "question", "questions", idsOf(questions, func(q Question) string { return q.ID }))
	for i, q := range questions {
		path := element("questions", i)
		c.text(path+".ask", "this question", "words", q.Ask)
		if len(q.Answers) < 2 {
			c.fault(path+".answers", "Write two answers or more.", "the question %s has nothing to choose from", q.ID)
		}
		c.ids(path+".answers", "answer", "answers of one question", idsOf(q.Answers, func(a Answer) string { return a.ID }))
		for j, a := range q.Answers {
			c.answer(element(path+".answers", j), a)
		}
	}
}

func (c *playbookCheck) answer(path string, a Answer) {
	c.text(path+".label", "this answer", "label", a.Label)
	for _, named := range []struct{ field, level string }{{"at_least", a.AtLeast}, {"floor", a.Floor}} {
		if named.level != "" && len(c.levelIDs) > 0 && !slices.Contains(c.levelIDs, named.level) {
			c.fault(path+"."+named.field, "Use one of: "+joined(c.levelIDs)+".", "there is no level called %q", named.level)
		}
	}
	effects := 0
	for _, has := range []bool{a.AtLeast != "", a.Floor != "", a.Raise, a.Lower} {
		if has {
			effects++
		}
	}
	if effects > 1 {
		c.fault(path, "Keep one of at_least, floor, raise and lower.", "the answer %s does several things to the level", a.ID)
	}
	if effects > 0 && strings.TrimSpace(a.Because) == "" {
		c.fault(path+".because", "Say why after `because:`; it is shown beside the proposed level.", "the answer %s changes the level without a reason", a.ID)
	}
	if strings.EqualFold(a.ID, Unsure) {
		c.fault(path+".id", "Take the answer away: it is always offered, and takes the most severe one.", "no answer can be called %s", a.ID)
	}
}
