package view

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"firebreak/app/session"
	"firebreak/workflow"
)

// weaveScene is a named state of the increment's sheet.
type weaveScene struct {
	minutes int
	repo    session.Repo
	now     session.Increment
	listed  []session.Listed
	do      func(*shellDesk, *fakeRepository)
}

const (
	longOurs = "Regex pattern in token validation was changed in PR #423. It refuses every token that has a dash in it, which is " +
		"what the mobile app has been sending since version 5.\n\nThe test data had no token with a dash."
	longTheirs = "Regex pattern in token validation was changed in PR #431. It refuses every token that has a dash in it, which is " +
		"what the mobile app and two partners have been sending since version 5.\n\nThe review looked at the style only."
)

func weaveScenes() map[string]weaveScene {
	opened := func(d *shellDesk, _ *fakeRepository) { d.run("incident.weave") }
	questions := inStepIncrement()
	questions.Differences = []workflow.Difference{
		ask(workflow.CausePart, longOurs, longTheirs),
		ask(workflow.TitlePart("T-002"), "Add a test for tokens with a dash", "Add a test for tokens with dashes and dots"),
		ask(workflow.TaskPart("T-003"), workflow.There, ""),
		{Part: workflow.DonePart("T-001"), Ours: workflow.DoneValue, Theirs: workflow.OpenValue, Verdict: workflow.WriteOurs},
	}
	questions.Held = "Git is in the middle of a merge in /srv/shop. Nothing is written into the increment until it is over."
	handed := inStepIncrement()
	handed.Done, handed.Met = 4, 4
	handed.Handover = session.Handover{
		Because: "Its metadata.json names issues of GitHub. Only SpecWeave itself can close those with it.",
		Command: "specweave complete 0015 --yes", Skill: "/sw:done 0015", Installed: true, Ready: true,
	}
	paused := inStepIncrement()
	paused.State = workflow.Paused
	return map[string]weaveScene{
		"step":      {19, session.Repo{}, inStepIncrement(), nil, opened},
		"questions": {15, session.Repo{}, questions, nil, opened},
		"handover": {47, session.Repo{}, handed, nil, func(d *shellDesk, r *fakeRepository) {
			r.print = strings.SplitAfter(strings.Repeat("\x1b[32m✓\x1b[0m Validating spec.md against the living docs\n", 3)+
				"Closing issue #1204 of acme/shop\nClosing issue #1205 of acme/shop\nerror: GitHub answered 401: the token has expired\n", "\n")
			r.fails = fmt.Errorf("specweave ended with 1: the token has expired. The increment is still active, and nothing is lost.")
			d.run("incident.weave")
			d.push("Run it")
			d.layerBody().ScrollTo(1e6)
		}},
		"none":        {7, session.Repo{}, session.Increment{}, nil, opened},
		"nospecweave": {7, session.Repo{Folder: "/srv/shop", Root: "/srv/shop", Name: "shop", Branch: "main"}, session.Increment{}, nil, opened},
		"paused": {15, session.Repo{}, paused, nil, func(d *shellDesk, _ *fakeRepository) {
			d.shell.Do(workflow.MoveIncrement{To: workflow.Paused, Reason: "The vendor looks at its certificate"}, nil)
			d.pump()
			d.run("incident.weave")
			d.push("Abandon…")
		}},
		"link": {7, session.Repo{}, session.Increment{}, manyIncrements(300), func(d *shellDesk, _ *fakeRepository) { d.run("incident.link") }},
		"strip": {15, session.Repo{}, questions, nil, func(d *shellDesk, r *fakeRepository) {
			d.look(r, inStepIncrement())
			d.look(r, questions)
		}},
	}
}

// TestWeavePictures draws the increment's sheet into the directory that
// FIREBREAK_PICTURES names, to be looked at; nothing is compared.
func TestWeavePictures(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the sheet")
	}
	for name, scene := range weaveScenes() {
		if only := os.Getenv("FIREBREAK_SCENE"); only != "" && only != name {
			continue
		}
		for _, p := range pictures() {
			r := &fakeRepository{repo: scene.repo, now: scene.now, listed: scene.listed}
			d := weaveDesk(t, time.Duration(scene.minutes), r, p.size.Width, p.size.Height)
			prefs := d.shell.State().Prefs
			prefs.Theme, prefs.Scale = p.theme, p.scale
			d.shell.SetPrefs(prefs, "")
			scene.do(d, r)
			d.pump()
			d.window.Content().Refresh()
			capture(t, filepath.Join(dir, fmt.Sprintf("weave-%s-%s.png", name, p.name)), d.window)
		}
	}
}
