package main

import (
	"time"

	"firebreak/app/stage"
	"firebreak/workflow"
)

// acceptCommands accepts what the playbook would run in the shop.
func acceptCommands(s *stage.Stage, _ string) error {
	s.Desk.AcceptCommands(s.Desk.State().Trust.Commands(), nil)
	s.Pump()
	return nil
}

// acceptSome accepts the tests alone, so that the sheet shows both kinds.
func acceptSome(s *stage.Stage, _ string) error {
	var tests []workflow.PlaybookCommand
	for _, c := range s.Desk.State().Trust.Commands() {
		if c.Use == workflow.TestUse {
			tests = append(tests, c)
		}
	}
	s.Desk.AcceptCommands(append(tests, workflow.PlaybookCommand{Use: workflow.RollbackUse, Run: "npm run deploy:roll"}), nil)
	s.Pump()
	return nil
}

// dieOnTheWay leaves a deploy that began and has no end.
func dieOnTheWay(s *stage.Stage, _ string) error {
	var failed error
	s.Desk.Do(workflow.StartDeploy{Run: workflow.DeployRun{Version: "v1.2.4", Command: "./deploy.sh f3a91c2 --to v1.2.4"}}, func(err error) { failed = err })
	s.Pass(9 * time.Minute)
	return failed
}

// failTheDeploy leaves one that failed.
func failTheDeploy(s *stage.Stage, folder string) error {
	if err := dieOnTheWay(s, folder); err != nil {
		return err
	}
	open, _ := s.Desk.State().Incident.OpenDeploy()
	s.Desk.Do(workflow.EndDeploy{Started: open.Entry, Ran: workflow.Ran{
		Ending: workflow.RunExited, Exit: 3, Took: 72 * time.Second, Says: "It ended with exit code 3.", Tail: "health check failed: 503\n",
	}}, nil)
	s.Pass(time.Second)
	return nil
}
