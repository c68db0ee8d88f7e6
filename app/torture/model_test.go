package main

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestARandomStoryIsTheSameOnTheDeskOnTheDiskAndOnPaper(t *testing.T) {
	p, err := play(t.Context(), filepath.Join(t.TempDir(), "story"), someStory(rand.New(rand.NewPCG(4, 0)), 60))
	require.NoError(t, err)
	assert.Equal(t, 60, p.done)
	assert.Positive(t, p.written)
}

func TestTheModelNoticesAChangeThatItWasNotTold(t *testing.T) {
	p := newPlayer(t.Context(), filepath.Join(t.TempDir(), "story"))
	require.NoError(t, p.raise())
	defer p.lower()
	require.NoError(t, p.step(step{Kind: stepDeclare}))
	require.NoError(t, p.otherDoes(p.in().ID, deed{Does: notes, Text: "behind its back"}))
	p.desk.Look()
	p.pump()

	assert.ErrorContains(t, p.compare(), "the desk against the paper")
}

func TestAStoryThatFailsIsMadeShorter(t *testing.T) {
	var long []step
	for i := range 20 {
		long = append(long, step{Kind: stepWait, Dice: uint64(i)})
	}
	long = append(long, step{Kind: "nonsense"})
	says := shortenedBy(t.Context(), long, func(_ context.Context, story []step) error {
		for _, s := range story {
			if s.Kind == "nonsense" {
				return assert.AnError
			}
		}
		return nil
	})
	assert.Equal(t, "\t{\"nonsense\", 0},\n"+assert.AnError.Error(), says)
}
