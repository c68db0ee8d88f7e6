package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// model plays random stories on the real desk and the real store, and holds
// them against the simple model after each step: what the desk shows, what a
// fresh fold from the disk shows, and what is on paper must be the same.
func model(ctx context.Context, s scale) (result, error) {
	const chapter = 500
	var total result
	counts := map[string]int{}
	for number := range s.rounds(2, 20) {
		story := someStory(rand.New(rand.NewPCG(s.seed, uint64(number))), chapter)
		p, err := play(ctx, filepath.Join(s.folder, fmt.Sprint("story-", number)), story)
		if err != nil && ctx.Err() == nil {
			return total, fmt.Errorf("story %d: %w\nthe shortest story that fails:\n%s", number, err, shortened(ctx, s.folder, story[:p.done+1]))
		}
		if err != nil {
			return total, err
		}
		total.Rounds += p.done
		total.Acknowledged += p.written
		total.Kills += p.counts[stepKill] + p.counts[stepMid]
		for kind, n := range p.counts {
			counts[kind] += n
		}
	}
	total.Says = fmt.Sprintf("steps of stories, after each the same state on the desk, on the disk and on paper: %s", counted(counts))
	return total, nil
}

// step is one step of a story. All that is left to chance in it comes from its
// own dice, so that a story still makes sense when other steps are left out.
type step struct {
	Kind string
	Dice uint64
}

// The kinds of steps.
const (
	stepMine    = "mine"     // the desk does something
	stepBack    = "back"     // many changes are undone, and some of them done again
	stepTheirs  = "theirs"   // another process does
	stepClash   = "clash"    // both at once
	stepType    = "type"     // text is typed and not yet sent
	stepSend    = "send"     // and is sent
	stepWait    = "wait"     // time goes by
	stepClock   = "clock"    // the clock is set, or the computer slept
	stepDeclare = "declare"  // another incident
	stepOpen    = "open"     // another incident is put on the desk
	stepPrefs   = "settings" // a setting is changed
	stepRestart = "restart"  // the program ends and starts again
	stepKill    = "kill"     // the program is gone from one moment to the next
	stepMid     = "mid"      // and that in the middle of a change
	stepBounce  = "bounce"   // the other process ends and another one starts
)

var stepsOften = []struct {
	kind   string
	weight int
}{
	{stepMine, 50},
	{stepBack, 2},
	{stepTheirs, 12},
	{stepClash, 8},
	{stepType, 10},
	{stepSend, 5},
	{stepWait, 5},
	{stepClock, 2},
	{stepDeclare, 1},
	{stepOpen, 3},
	{stepPrefs, 3},
	{stepRestart, 2},
	{stepKill, 2},
	{stepMid, 2},
	{stepBounce, 1},
}

func someStory(dice *rand.Rand, steps int) []step {
	all := 0
	for _, s := range stepsOften {
		all += s.weight
	}
	story := []step{{Kind: stepDeclare, Dice: dice.Uint64()}}
	for len(story) < steps {
		left := dice.IntN(all)
		for _, s := range stepsOften {
			if left -= s.weight; left < 0 {
				story = append(story, step{Kind: s.kind, Dice: dice.Uint64()})
				break
			}
		}
	}
	return story
}

// play plays a story on a new store.
func play(ctx context.Context, folder string, story []step) (p *player, err error) {
	p = newPlayer(ctx, folder)
	if err := p.raise(); err != nil {
		return p, err
	}
	defer func() {
		p.lower()
		if err == nil {
			err = os.RemoveAll(folder)
		}
	}()
	for i, s := range story {
		if ctx.Err() != nil {
			return p, ctx.Err()
		}
		p.done = i
		p.counts[s.Kind]++
		if err := p.step(s); err != nil {
			return p, fmt.Errorf("step %d (%s %d: %s): %w", i, s.Kind, s.Dice, p.last, err)
		}
	}
	p.done = len(story)
	return p, nil
}

// tries bounds how long is looked for a shorter story.
const tries = 150

// shortened leaves steps out as long as the story still fails.
func shortened(ctx context.Context, folder string, story []step) string {
	return shortenedBy(ctx, story, func(ctx context.Context, story []step) error {
		again := filepath.Join(folder, "again")
		_, err := play(ctx, again, story)
		return errors.Join(err, os.RemoveAll(again))
	})
}

func shortenedBy(ctx context.Context, story []step, play func(context.Context, []step) error) string {
	says, left := "it does not fail a second time", tries
	for size := len(story) / 2; size > 0 && left > 0; size /= 2 {
		for at := 0; at < len(story) && left > 0; left-- {
			without := slices.Delete(slices.Clone(story), at, min(at+size, len(story)))
			if err := play(ctx, without); err != nil && ctx.Err() == nil {
				story, says = without, err.Error()
			} else {
				at += size
			}
		}
	}
	var lines []string
	for _, s := range story {
		lines = append(lines, fmt.Sprintf("\t{%q, %d},", s.Kind, s.Dice))
	}
	return strings.Join(append(lines, says), "\n")
}
