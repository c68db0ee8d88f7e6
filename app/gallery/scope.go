package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"firebreak/app/session"
	"firebreak/app/stage"
	"firebreak/app/stage/fixture"
	"firebreak/workflow"
)

// The shop of the workflow's example, for the scenes of the scope: a real
// repository with a fix that grew and one that did not.

// shopOn makes the shop and checks out one of its branches.
func shopOn(branch string) func(*stage.Stage, string) error {
	return func(s *stage.Stage, folder string) error {
		shop := filepath.Join(folder, "shop-api")
		if err := fixture.Make(context.Background(), shop, ""); err != nil {
			return err
		}
		if err := gitIn(shop, "checkout", "--quiet", branch); err != nil {
			return err
		}
		return looksAtShop(s, shop)
	}
}

// settledScope answers every finding of the fix that grew: by turns with a
// reason and with a ticket.
func settledScope(s *stage.Stage, folder string) error {
	if err := shopOn(fixture.BadFix)(s, folder); err != nil {
		return err
	}
	var failed error
	judged := s.Desk.State().Scope
	for i, f := range judged.Findings {
		if f.Mild {
			continue
		}
		want := workflow.SettleFinding{ID: f.ID, Accept: i%2 == 0, Reason: "The old library cannot read the tokens of the mobile app, and both go out together", Of: &judged}
		if !want.Accept {
			want.Reason, want.Ticket = "", "Refactor the auth module, with a review of its own"
		}
		s.Desk.Do(want, func(err error) { failed = err })
		s.Pump()
		if failed != nil {
			return failed
		}
	}
	return nil
}

// sprawl is a fix with more findings than any screen holds, and long names.
func sprawl(s *stage.Stage, folder string) error {
	if err := shopOn(fixture.BadFix)(s, folder); err != nil {
		return err
	}
	shop := filepath.Join(folder, "shop-api")
	for i := range 30 {
		path := filepath.Join(shop, "deploy", "overlays", strings.Repeat("production-europe-west-", 3)+fmt.Sprint(i), "deployment.yaml")
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte("replicas: "+strings.Repeat("4", 300)+"\n"), 0o644); err != nil {
			return err
		}
	}
	if err := gitIn(shop, "add", "--all"); err != nil {
		return err
	}
	if err := gitIn(shop, "commit", "--quiet", "-m", "Scale everything"); err != nil {
		return err
	}
	return looksAtShop(s, shop)
}

func looksAtShop(s *stage.Stage, shop string) error {
	var failed error
	s.Desk.ChooseRepository(shop, "")
	s.Pump()
	s.Desk.FindRepository()
	s.Pump()
	s.Desk.LookAtRepository(func(err error) { failed = err })
	s.Pass(time.Second)
	return failed
}

// gitIn runs git as Bob, who has no configuration.
func gitIn(folder string, words ...string) error {
	git := exec.Command("git", words...)
	git.Dir = folder
	git.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=Bob", "GIT_AUTHOR_EMAIL=bob@shop.example", "GIT_COMMITTER_NAME=Bob", "GIT_COMMITTER_EMAIL=bob@shop.example")
	if out, err := git.CombinedOutput(); err != nil {
		return fmt.Errorf("git %v: %w: %s", words, err, out)
	}
	return nil
}

// noRepository takes the repository away from the incident.
func noRepository(s *stage.Stage, _ string) error {
	s.Desk.ChooseRepository("", "")
	s.Pass(time.Second)
	return nil
}

// lookingAtShop is a look at the repository that has found nothing yet.
func lookingAtShop(st *session.State) {
	st.Chosen, st.Survey, st.SurveySays, st.Delta, st.Scope = "/srv/shop-api", workflow.Survey{}, "", nil, workflow.ScopeJudgement{}
}

// testsUnderWay are tests that print, half-way through.
func testsUnderWay(st *session.State) {
	var printed strings.Builder
	for n := range 60 {
		fmt.Fprintf(&printed, "ok %d - src/auth/token.test.js: accepts token %d of the corpus\n", n+1, n+1)
	}
	st.Runs = append(st.Runs, session.Running{
		Key: session.TestsRun, Incident: st.Incident.ID, Use: workflow.TestUse, Line: `npm test -- --grep "auth"`, Folder: "/srv/shop-api",
		Since: st.Now.Add(-72 * time.Second), Limit: 10 * time.Minute, Printed: 48_000, Text: printed.String(),
	})
}

// deployUnderWay is a deploy that began a minute ago and prints.
func deployUnderWay(st *session.State) {
	open, some := st.Incident.OpenDeploy()
	if !some {
		return
	}
	st.Runs = append(st.Runs, session.Running{
		Key: session.DeployKeyOf(open), Incident: st.Incident.ID, Use: workflow.DeployUse, Line: open.Command, Folder: "/srv/shop-api",
		Since: st.Now.Add(-72 * time.Second), Limit: 30 * time.Minute, Printed: 2_100,
		Text: "building 02ffc3f3\npushing shop-api:v1.2.4\nwaiting for 3 of 12 pods\nwaiting for 7 of 12 pods\n",
	})
}

// underWay is what a scene shows of work that is not over: the stage does
// everything at once, so it never holds such a moment.
func underWay() map[string]func(*session.State) {
	return map[string]func(*session.State){
		"scope-busy": lookingAtShop, "tests-running": testsUnderWay, "tests-running-way": testsUnderWay, "deploy-running": deployUnderWay, "deploy-running-way": deployUnderWay,
	}
}
