package session_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/app/session"
	"firebreak/workflow"
)

func (o *outside) WayBack(_ context.Context, _ string, look session.LookBack) (workflow.WayBack, error) {
	o.back = append(o.back, look)
	return o.way, o.fail
}

func TestTheWayBackIsLookedAtBesideTheScreen(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.desk.LookBack(workflow.WayHints{}, nil)
	s.pump()
	assert.Contains(t, s.desk.State().Way.Says, "No repository is chosen")
	assert.Empty(t, s.hands.back)

	prefs := s.desk.State().Prefs
	prefs.Repository = "/srv/shop"
	s.desk.SetPrefs(prefs, "")
	s.pump()
	s.hands.way = workflow.WayBack{Good: workflow.Release{Name: "v1.2.2", Commit: "2"}, Migrations: []string{"db/migrate/007.sql"}}
	s.desk.LookBack(workflow.WayHints{Suspect: "abc1234"}, nil)
	assert.True(t, s.desk.State().Way.Busy)
	s.pump()

	st := s.desk.State()
	assert.False(t, st.Way.Busy)
	assert.Equal(t, "v1.2.2", st.WayBack().Good.Name)
	assert.Equal(t, workflow.WayHints{Suspect: "abc1234"}, s.hands.back[0].Hints)
	assert.Equal(t, workflow.Yes, st.Weighed()["cannot-roll-back"].Answer)

	s.hands.fail = errors.New("The folder is gone.")
	s.desk.LookBack(workflow.WayHints{}, nil)
	s.pump()
	st = s.desk.State()
	assert.Equal(t, []string{"The folder is gone.", "v1.2.2"}, []string{st.Way.Says, st.WayBack().Good.Name}, "what was seen before stays")
}
