package export_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/workflow"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a whole document with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run the tests of this package with -update")
	assert.Equal(t, string(want), got)
}

func standard(t testing.TB) workflow.Playbook {
	t.Helper()
	p, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(t, err)
	return p
}

// player decides intents one after the other, as the desk would.
type player struct {
	t   *testing.T
	in  workflow.Incident
	now time.Time
	ids int
}

func newPlayer(t *testing.T) *player {
	return &player{t: t, in: workflow.Fold("incident-1", nil), now: sample.Alert()}
}

func (p *player) newID() workflow.EventID {
	p.ids++
	return workflow.EventID(fmt.Sprintf("event-%04d", p.ids))
}

func (p *player) do(actor string, wants ...workflow.Intent) {
	p.t.Helper()
	for _, want := range wants {
		events, err := workflow.Decide(p.in, want, workflow.Env{
			Now: p.now, Actor: actor, Device: "device-1",
			NewID: p.newID,
		})
		require.NoError(p.t, err, "%T", want)
		p.in = p.in.With(events...)
	}
}

func (p *player) play(steps ...sample.Step) {
	p.t.Helper()
	for _, s := range steps {
		p.now = sample.Alert().Add(s.After)
		if s.Increment {
			p.do(s.Actor, workflow.RecordIncrement{
				ID: sampleID, Root: "/srv/shop", Path: ".specweave/increments/" + sampleID, Type: "hotfix",
			})
			continue
		}
		p.do(s.Actor, s.Want(p.in))
	}
}

const sampleID = "0015-hotfix-auth-outage"

// midIncident is the sample up to the moment at which its increment is there.
func midIncident(t *testing.T) *player {
	p := newPlayer(t)
	for _, s := range sample.Script(standard(t), sample.Alert()) {
		p.play(s)
		if s.Increment {
			return p
		}
	}
	require.Fail(t, "the script writes no increment")
	return nil
}

func wholeSample(t *testing.T) *player {
	p := newPlayer(t)
	p.play(sample.Script(standard(t), sample.Alert())...)
	return p
}
