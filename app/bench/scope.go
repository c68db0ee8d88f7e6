package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// How the scope guard is measured: a change that no hotfix should be.
const (
	changedFiles = 2000
	linesOfFile  = 120
	scopePairs   = 15
	scopeAtMost  = 1.5
)

// measureScope puts reading and judging a change beside git alone, which writes
// the same diff into a pipe that is read and thrown away.
func measureScope(b bench) ([]number, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, notHere("git is not installed")
	}
	root := filepath.Join(b.folder, "scope")
	survey, err := manyChanges(root)
	if err != nil {
		return nil, err
	}
	rules, err := playbook.Read("playbook.yaml", assets.Playbook())
	if err != nil {
		return nil, err
	}
	var ratios []float64
	var whole, alone []time.Duration
	var lines, findings int
	for n := range scopePairs + 1 {
		began := time.Now()
		if err := plainDiff(root, survey); err != nil {
			return nil, err
		}
		middle := time.Now()
		delta, err := repo.DeltaOf(b.ctx, survey, false)
		if err != nil {
			return nil, err
		}
		judged := rules.JudgeScope(delta, workflow.DeclaredScope{})
		end := time.Now()
		if len(delta.Files) != changedFiles || judged.Files != changedFiles {
			return nil, fmt.Errorf("%d files were read, and %d judged, of %d", len(delta.Files), judged.Files, changedFiles)
		}
		if n == 0 {
			continue // the first warms the disk
		}
		lines, findings = judged.Lines(), len(judged.Findings)
		alone, whole = append(alone, middle.Sub(began)), append(whole, end.Sub(middle))
		ratios = append(ratios, float64(end.Sub(middle))/float64(middle.Sub(began)))
	}
	return []number{{
		what: fmt.Sprintf("scope: judging a change of %d files / git diff", changedFiles), ratios: ratios, target: scopeAtMost,
		how: fmt.Sprintf("%d lines, %d findings; reading and judging %s, git diff into a pipe %s", lines, findings, middleOf(whole), middleOf(alone)),
	}}, nil
}

func middleOf(all []time.Duration) time.Duration {
	values := make([]float64, len(all))
	for i, d := range all {
		values[i] = float64(d)
	}
	return time.Duration(median(values)).Round(time.Millisecond)
}

// plainDiff is the floor: git's own patch of the same commits, read to its end.
func plainDiff(root string, survey workflow.Survey) error {
	command := exec.Command("git", "--no-pager", "diff", "--no-ext-diff", "--no-textconv", "--no-color", "-M", survey.Base, survey.FixTip)
	command.Dir = root
	out, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	_, failed := io.Copy(io.Discard, out)
	return errors.Join(failed, command.Wait())
}

// manyChanges makes a repository with a commit that touches every file.
func manyChanges(root string) (workflow.Survey, error) {
	write := func(turn int) error {
		for n := range changedFiles {
			at := filepath.Join(root, fmt.Sprintf("pkg%02d", n%50), fmt.Sprintf("file%04d.go", n))
			if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
				return err
			}
			if err := os.WriteFile(at, sourceOf(n, turn), 0o600); err != nil {
				return err
			}
		}
		return nil
	}
	git := func(args ...string) (string, error) {
		command := exec.Command("git", args...)
		command.Dir = root
		command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
			"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
		out, err := command.CombinedOutput()
		if err != nil {
			return "", fmt.Errorf("git %v: %w: %s", args, err, out)
		}
		return strings.TrimSpace(string(out)), nil
	}
	survey := workflow.Survey{Root: root}
	for turn, id := range []*string{&survey.Base, &survey.FixTip} {
		if err := write(turn); err != nil {
			return survey, err
		}
		for _, args := range [][]string{{"init", "--quiet"}, {"add", "."}, {"commit", "--quiet", "-m", "turn"}} {
			if _, err := git(args...); err != nil {
				return survey, err
			}
		}
		at, err := git("rev-parse", "HEAD")
		if err != nil {
			return survey, err
		}
		*id = at
	}
	_, err := git("gc", "--quiet")
	return survey, err
}

// sourceOf is a file of Go, with a few other lines in the second turn.
func sourceOf(n, turn int) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "package pkg%02d\n", n%50)
	for line := range linesOfFile {
		switch {
		case turn == 1 && line%40 == n%40:
			fmt.Fprintf(&out, "func f%d(x int) int { return x*%d + 1 } // changed\n", line, n+line)
		default:
			fmt.Fprintf(&out, "func f%d(x int) int { return x*%d }\n", line, n+line)
		}
	}
	return out.Bytes()
}
