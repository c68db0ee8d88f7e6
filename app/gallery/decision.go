package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"firebreak/app/stage"
	"firebreak/workflow"
)

// A repository with a history, for the scenes of the decision: v1.2.2 worked,
// v1.2.3 broke it.

const (
	goodToken = "function validateToken(token) {\n  const pattern = /^[A-Za-z0-9\\-._]+$/;\n  return pattern.test(token);\n}\n"
	badToken  = "function validateToken(token) {\n  const pattern = /^[A-Za-z0-9_]+$/;\n  return pattern.test(token);\n}\n"
)

// history is one that a rollback takes back cleanly.
func history(s *stage.Stage, folder string) error {
	return released(s, folder, false)
}

// hardHistory brought a migration and configuration, and the revert conflicts.
func hardHistory(s *stage.Stage, folder string) error {
	return released(s, folder, true)
}

// decidedOn is a decision for the rollback, on which a migration came.
func decidedOn(s *stage.Stage, folder string) error {
	if err := history(s, folder); err != nil {
		return err
	}
	if err := s.Press("Ctrl+Shift+D"); err != nil {
		return err
	}
	s.Pass(time.Second)
	s.Desk.Do(workflow.Choose{
		Option: workflow.RollbackOption, BackTo: "v1.2.2", Facts: s.Desk.State().Weighed(),
		Answers: map[string]string{"previous-worked": workflow.Yes, "cannot-roll-back": workflow.No},
	}, nil)
	s.Pass(time.Second)
	if err := s.Press("Esc"); err != nil {
		return err
	}
	at := filepath.Join(folder, "shop")
	if err := saved(at, 24, "Remember when users were seen (#431)", map[string]string{"db/migrations/007_users_seen.sql": "alter table users add seen date;\n"}, "v1.2.4"); err != nil {
		return err
	}
	s.Desk.Do(workflow.Assess{Field: workflow.Symptoms, Text: "500 on login; v1.2.4 went out meanwhile"}, nil)
	s.Pass(time.Second)
	s.Desk.LookBack(workflow.WayHints{}, nil)
	s.Pass(time.Second)
	return nil
}

func released(s *stage.Stage, folder string, hard bool) error {
	at := filepath.Join(folder, "shop")
	if err := saved(at, 12, "Release 1.2.2", map[string]string{
		"src/auth/token.js": goodToken, "package.json": `{"scripts":{"deploy:rollback":"./rollback.sh"}}` + "\n",
	}, "v1.2.2"); err != nil {
		return err
	}
	if err := saved(at, 20, "Tighten the token pattern (#423)", map[string]string{"src/auth/token.js": badToken}); err != nil {
		return err
	}
	if hard {
		for day, files := range []map[string]string{
			{"src/auth/token.js": "// tokens\n" + badToken + "\n\nfunction other() {}\n"},
			{"db/migrations/007_users_seen.sql": "alter table users add seen date;\n", "db/schema.sql": "users\n"},
			{"src/auth/token.js": "// tokens\n" + strings.Replace(badToken, "A-Za-z0-9_", "A-Za-z0-9_~", 1), "config/production.yaml": "tokens: strict\n"},
		} {
			if err := saved(at, 21+day, fmt.Sprintf("Step %d of the new sign-in, with a subject that is as long as subjects get when nobody looks", day+1), files); err != nil {
				return err
			}
		}
	}
	if err := saved(at, 24, "Release 1.2.3", map[string]string{"CHANGELOG.md": "1.2.3\n"}, "v1.2.3"); err != nil {
		return err
	}
	s.Desk.Do(workflow.Assess{Field: workflow.Hypothesis, Text: "The token pattern changed in PR #423, which went out with v1.2.3"}, nil)
	s.Desk.FindRepository()
	s.Pass(time.Second)
	return nil
}

// saved writes files and commits them on a day of November, with tags.
func saved(at string, day int, subject string, files map[string]string, tags ...string) error {
	for path, text := range files {
		full := filepath.Join(at, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			return err
		}
	}
	asks := [][]string{{"add", "--all"}, {"commit", "--quiet", "--no-gpg-sign", "-m", subject}}
	for _, tag := range tags {
		asks = append(asks, []string{"tag", tag})
	}
	when := fmt.Sprintf("2024-11-%02dT10:00:00Z", day)
	for _, words := range asks {
		git := exec.Command("git", words...)
		git.Dir = at
		git.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_DATE="+when, "GIT_COMMITTER_DATE="+when,
			"GIT_AUTHOR_NAME=Bob", "GIT_AUTHOR_EMAIL=bob@example.com", "GIT_COMMITTER_NAME=Bob", "GIT_COMMITTER_EMAIL=bob@example.com")
		if out, err := git.CombinedOutput(); err != nil {
			return fmt.Errorf("git %v: %w: %s", words, err, out)
		}
	}
	return nil
}
