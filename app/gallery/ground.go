package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"firebreak/app/stage"
)

// branchOff makes the repository one with a release and a hotfix on a branch,
// and lets the desk look at it.
func branchOff(s *stage.Stage, folder string) error {
	root := filepath.Join(folder, "shop")
	code := filepath.Join(root, "src", "auth", "token.ts")
	write := func(pattern string) error {
		return os.WriteFile(code, []byte("export function validateToken(token: string) {\n  return /^["+pattern+"]+$/.test(token);\n}\n"), 0o600)
	}
	if err := os.MkdirAll(filepath.Dir(code), 0o700); err != nil {
		return err
	}
	for _, step := range []struct {
		pattern string
		git     [][]string
	}{
		{`A-Za-z0-9_`, [][]string{{"init", "--quiet", "--initial-branch=main"}, {"add", "."}, {"commit", "--quiet", "-m", "Simplify the token pattern (#423)"}, {"tag", "v1.2.3"}, {"checkout", "--quiet", "-b", "hotfix/auth-token"}}},
		{`A-Za-z0-9\-._`, [][]string{{"commit", "--quiet", "--all", "-m", "Restore the token pattern that allows dashes"}}},
	} {
		if err := write(step.pattern); err != nil {
			return err
		}
		for _, args := range step.git {
			command := exec.Command("git", args...)
			command.Dir = root
			command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
				"GIT_AUTHOR_NAME=Bob", "GIT_AUTHOR_EMAIL=bob@example.com", "GIT_COMMITTER_NAME=Bob", "GIT_COMMITTER_EMAIL=bob@example.com")
			if out, err := command.CombinedOutput(); err != nil {
				return fmt.Errorf("git %v: %w: %s", args, err, out)
			}
		}
	}
	var failed error
	s.Desk.FindRepository()
	s.Desk.LookAtRepository(func(err error) { failed = err })
	s.Pump()
	return failed
}
