package publish_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/publish"
	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// crowd is a window, a terminal and an engineer's editor at one increment. They
// take turns by the dice, and one of them also in the middle of what another
// does: where that asks the ledger.
type crowd struct {
	*stage // the newest of the log
	dice   *rand.Rand
	others []*other
	wrote  map[workflow.Part]map[string]string // since all were at rest: who wrote what last
	often  map[workflow.Part]int
	inside bool
	words  int
}

// other is a program with its own, older view of the log.
type other struct {
	hands *publish.Publisher
	in    workflow.Incident
	takes []session.Take
	busy  bool // in the middle of a look
}

// nosy is a ledger whose callers can be interrupted.
type nosy struct {
	*memory
	interrupt func()
}

func (n nosy) Agreed(ctx context.Context, key string) ([]byte, error) {
	n.interrupt()
	defer n.interrupt()
	return n.memory.Agreed(ctx, key)
}

func (n nosy) RecordAgreed(ctx context.Context, key string, value []byte) error {
	n.interrupt()
	defer n.interrupt()
	return n.memory.RecordAgreed(ctx, key, value)
}

func newCrowd(t *testing.T, seed uint64) *crowd {
	t.Helper()
	c := &crowd{stage: newStage(t), dice: rand.New(rand.NewPCG(seed, 7)), wrote: map[workflow.Part]map[string]string{}, often: map[workflow.Part]int{}}
	c.play(untilIncrement)
	c.look()
	for range 2 {
		c.others = append(c.others, &other{hands: publish.New(nosy{c.ledger, c.interrupt}), in: c.in})
	}
	return c
}

// interrupt lets somebody else do something in the middle.
func (c *crowd) interrupt() {
	if c.inside || c.dice.IntN(4) > 0 {
		return
	}
	c.inside = true
	c.step()
	c.inside = false
}

func (c *crowd) note(p workflow.Part, who, what string) {
	if c.wrote[p] == nil {
		c.wrote[p] = map[string]string{}
	}
	c.wrote[p][who] = what
	c.often[p]++
}

func (c *crowd) step() {
	c.now = c.now.Add(time.Second)
	one := c.others[c.dice.IntN(len(c.others))]
	switch c.dice.IntN(7) {
	case 0, 1:
		c.here()
	case 2, 3:
		c.there()
	case 4:
		one.in = c.in
	case 5:
		c.weaves(one)
	case 6:
		c.takesOver(one)
	}
}

// here writes in one of the programs; the log is as it is on the disk.
func (c *crowd) here() {
	c.words++
	word := fmt.Sprintf("Ours %d.", c.words)
	switch c.dice.IntN(3) {
	case 0:
		t := c.in.Tasks()[c.dice.IntN(4)]
		c.do(workflow.MarkTask{ID: t.ID, Done: !t.Done})
		c.note(workflow.DonePart(t.ID), "here", fmt.Sprint(!t.Done))
	case 1:
		c.do(workflow.WriteText{Which: workflow.FixText, Text: word})
		c.note(workflow.FixPart, "here", word)
	case 2:
		c.do(workflow.RenameTask{ID: "T-003", Title: word})
		c.note(workflow.TitlePart("T-003"), "here", word)
	}
}

var (
	fixText   = regexp.MustCompile(`(?s)(\n## Fix\n\n)(.*?)(\n\n## )`)
	thirdTask = regexp.MustCompile(`(?m)^(### T-003: )(.*)$`)
)

// there writes in a file, as an editor does: a new file in the place of the old.
func (c *crowd) there() {
	c.words++
	word := fmt.Sprintf("Theirs %d.", c.words)
	switch c.dice.IntN(3) {
	case 0:
		id := fmt.Sprintf("T-00%d", 1+c.dice.IntN(4))
		head, rest, _ := strings.Cut(c.read(sampleFolder+"/tasks.md"), "### "+id)
		section, others, more := strings.Cut(rest, "\n### ")
		done := strings.Contains(section, "[ ] pending")
		if done {
			section = strings.Replace(section, "[ ] pending", "[x] completed", 1)
		} else {
			section = strings.Replace(section, "[x] completed", "[ ] pending", 1)
		}
		if more {
			section += "\n### " + others
		}
		c.replace("tasks.md", head+"### "+id+section)
		c.note(workflow.DonePart(id), "there", fmt.Sprint(done))
	case 1:
		c.replace("spec.md", fixText.ReplaceAllString(c.read(sampleFolder+"/spec.md"), "${1}"+word+"${3}"))
		c.note(workflow.FixPart, "there", word)
	case 2:
		c.replace("tasks.md", thirdTask.ReplaceAllString(c.read(sampleFolder+"/tasks.md"), "${1}"+word))
		c.note(workflow.TitlePart("T-003"), "there", word)
	}
}

func (c *crowd) replace(name, content string) {
	c.t.Helper()
	at := filepath.Join(c.root, filepath.FromSlash(sampleFolder), name)
	require.NoError(c.t, os.WriteFile(at+".new", []byte(content), 0o644))
	require.NoError(c.t, os.Rename(at+".new", at))
}

func (c *crowd) weaves(one *other) session.Woven {
	if one.busy {
		return session.Woven{}
	}
	for _, other := range c.others { // nobody needs longer for that than another one for a look
		c.takesOver(other)
	}
	one.busy = true
	defer func() { one.busy = false }()
	found, err := one.hands.Weave(c.t.Context(), c.root, one.in)
	require.NoError(c.t, err)
	one.takes = append(one.takes, found.Takes...)
	return found
}

// takesOver writes into the log what a look has found, when its turn comes.
func (c *crowd) takesOver(one *other) {
	for _, take := range one.takes {
		events, err := workflow.Decide(c.in, take.Want, workflow.Env{Now: c.now, Actor: take.By, Via: take.Via, Device: "device-1", NewID: c.newID})
		if err == nil {
			c.in = c.in.With(events...)
		}
	}
	one.takes = nil
}

// rest lets both programs look until nothing moves any more.
func (c *crowd) rest() session.Increment {
	c.t.Helper()
	c.inside = true
	defer func() { c.inside = false }()
	for n := 0; ; n++ {
		require.Less(c.t, n, 30, "it never comes to rest")
		events, moved := len(c.in.Events()), false
		var last session.Woven
		for _, one := range c.others {
			c.now = c.now.Add(time.Second)
			c.takesOver(one)
			one.in = c.in
			last = c.weaves(one)
			moved = moved || len(last.Increment.Wrote) > 0 || len(one.takes) > 0
			c.takesOver(one)
		}
		if !moved && len(c.in.Events()) == events {
			return last.Increment
		}
	}
}

// holds checks what everybody wrote last against both sides at rest.
func (c *crowd) holds(found session.Increment, says string) {
	c.t.Helper()
	questions := map[workflow.Part]workflow.Difference{}
	for _, q := range found.Questions() {
		questions[q.Part] = q
	}
	for p, wrote := range c.wrote {
		if q, open := questions[p]; open {
			for who, what := range wrote {
				assert.Contains(c.t, []string{q.Ours, q.Theirs}, what, "%s: %s of %s", says, p, who)
			}
			continue
		}
		id, what, task := p.Task()
		for who, word := range wrote {
			if what == "done" && (len(wrote) > 1 || c.often[p] > 1) {
				continue // ticked and opened in between: whichever was seen last
			}
			switch {
			case task && what == "done":
				for _, t := range c.in.Tasks() {
					if t.ID == id {
						assert.Equal(c.t, word, fmt.Sprint(t.Done), "%s: %s of %s", says, p, who)
					}
				}
			case len(wrote) == 1:
				assert.Equal(c.t, word, c.in.Text(p), "%s: %s of %s", says, p, who)
			default: // both wrote, one after the other had arrived
				assert.Contains(c.t, []string{wrote["here"], wrote["there"]}, c.in.Text(p), "%s: %s", says, p)
				inLog := strings.Contains(fmt.Sprintf("%v", c.bodies()), word)
				assert.True(c.t, inLog, "%s: %s of %s is nowhere", says, p, who)
			}
		}
	}
	for _, d := range found.Differences {
		assert.Contains(c.t, []workflow.Verdict{workflow.AskFirst, workflow.Agreed}, d.Verdict, "%s: %s", says, d.Part)
	}
	c.wrote, c.often = map[workflow.Part]map[string]string{}, map[workflow.Part]int{}
}

func (c *crowd) bodies() []workflow.Body {
	var out []workflow.Body
	for _, e := range c.in.Events() {
		out = append(out, e.Body)
	}
	return out
}

func TestAWindowATerminalAndAnEditorLoseNothingBetweenThem(t *testing.T) {
	t.Parallel()
	rounds := 25
	if testing.Short() {
		rounds = 5
	}
	for seed := range rounds {
		c := newCrowd(t, uint64(seed))
		for epoch := range 12 {
			for range 1 + c.dice.IntN(12) {
				c.step()
			}
			says := fmt.Sprintf("seed %d, epoch %d", seed, epoch)
			found := c.rest()
			c.holds(found, says)
			for _, q := range found.Questions() {
				keep := []workflow.Keep{workflow.KeepOurs, workflow.KeepTheirs}[c.dice.IntN(2)]
				c.do(workflow.SettleClash{Part: q.Part, Ours: q.Ours, Theirs: q.Theirs, Keep: keep})
			}
			require.Empty(t, c.rest().Questions(), says)
			if t.Failed() {
				return
			}
		}
	}
}

func TestProgramsThatLookAtTheSameTimeEndInStep(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	s.look()
	s.do(workflow.MarkTask{ID: "T-002", Done: true}, workflow.WriteText{Which: workflow.FixText, Text: "Newer."}, workflow.RenameTask{ID: "T-003", Title: "Renamed"})
	ended := make(chan error)
	for range 4 {
		hands, in := publish.New(s.ledger), s.in
		go func() {
			var last error
			for range 10 {
				_, err := hands.Weave(context.WithoutCancel(t.Context()), s.root, in)
				var trouble *repo.Trouble
				if err != nil && !assert.ErrorAs(t, err, &trouble) {
					last = err
				}
			}
			ended <- last
		}()
	}
	for range 4 {
		require.NoError(t, <-ended)
	}
	s.do(workflow.Note{Text: "later"})
	woven := s.look()
	assert.Empty(t, woven.Increment.Differences)
	assert.Contains(t, s.read(sampleFolder+"/spec.md"), "Newer.")
	assert.Contains(t, s.read(sampleFolder+"/tasks.md"), "### T-003: Renamed\n")
	entries, err := os.ReadDir(filepath.Join(s.root, filepath.FromSlash(sampleFolder)))
	require.NoError(t, err)
	assert.Len(t, entries, 4, "nothing is left lying about")
}
