package repo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"firebreak/workflow"
)

// tryRevert tries the revert of the suspect, or of everything since the good
// version. Git merges in memory; the few objects that it must write go into a
// folder of their own, which reads the repository's objects and is removed.
func (l *lookBack) tryRevert() {
	trial := &l.way.Revert
	from, to := l.way.Suspect, ""
	switch {
	case from != "":
		trial.Of = "the revert of " + workflow.ShortCommit(from) + l.ontoWords()
		if !l.isAncestor(from, l.onto) {
			trial.Says = "it is not part of " + l.ontoName()
			return
		}
		to = from + "^1"
		if _, err := l.resolve(from + "^2"); err == nil {
			trial.Note = "It is a merge: everything that it brought is reverted (git revert --mainline 1)"
		}
	case l.way.Good.Commit != "" && l.end != "":
		trial.Of = "the revert of everything since " + l.way.Good.Name + l.ontoWords()
		from, to = l.end, l.way.Good.Commit
		if !l.isAncestor(from, l.onto) {
			from = l.onto
		}
	default:
		trial.Says = "neither the last good version nor the commit that broke it is known"
		return
	}
	target, err := l.resolve(to)
	if err != nil {
		trial.Says = "what was before it is not in this repository; it is the first commit, or the history is cut off"
		return
	}
	room, err := l.trialRoom()
	if err != nil {
		trial.Says = err.Error()
		return
	}
	defer room.remove()
	l.merge(room, from, target)
}

// ontoWords says where a revert would be made: " on hotfix/login".
func (l *lookBack) ontoWords() string { return " on " + l.ontoName() }

func (l *lookBack) ontoName() string {
	for _, name := range []string{l.survey.FixBranch, l.survey.Branch} {
		if name != "" {
			return name
		}
	}
	return workflow.ShortCommit(l.onto)
}

// trialRoom is a place for objects outside of the repository.
type trialRoom struct {
	folder      string
	root        string
	environment []string
	config      []string
	programs    []string // merge programs that are not started
}

func (r trialRoom) remove() { _ = os.RemoveAll(r.folder) }

// trialRoom makes one. Git looks for the repository's objects there through the
// file of alternates, which also leads on to the repository's own alternates.
func (l *lookBack) trialRoom() (trialRoom, error) {
	out, err := l.git("rev-parse", "--path-format=absolute", "--git-path", "objects")
	objects := strings.TrimSuffix(out, "\n")
	if err != nil || !filepath.IsAbs(objects) || strings.ContainsAny(objects, "\n\"") {
		return trialRoom{}, errors.New("this git does not say where its objects lie (2.31 is needed)")
	}
	folder, err := os.MkdirTemp("", "firebreak-trial-")
	if err != nil {
		return trialRoom{}, errors.New("there is no room for it: " + firstLine(err.Error()))
	}
	room := trialRoom{folder: folder, root: l.survey.Root, environment: []string{
		"GIT_OBJECT_DIRECTORY=" + folder,
		"GIT_AUTHOR_NAME=Firebreak", "GIT_AUTHOR_EMAIL=trial@localhost", "GIT_AUTHOR_DATE=2000-01-01T00:00:00Z",
		"GIT_COMMITTER_NAME=Firebreak", "GIT_COMMITTER_EMAIL=trial@localhost", "GIT_COMMITTER_DATE=2000-01-01T00:00:00Z",
	}}
	if err = os.MkdirAll(filepath.Join(folder, "info"), 0o700); err == nil {
		err = os.WriteFile(filepath.Join(folder, "info", "alternates"), []byte(objects+"\n"), 0o600)
	}
	if err != nil {
		room.remove()
		return trialRoom{}, errors.New("there is no room for it: " + firstLine(err.Error()))
	}
	room.config, room.programs = l.quietMerges()
	return room, nil
}

// quietMerges keeps git from starting merge programs and filters that a
// configuration names: a file that has one counts as a conflict.
func (l *lookBack) quietMerges() (config, programs []string) {
	config = []string{"-c", "protocol.allow=never", "-c", "merge.renormalize=false"}
	out, err := l.git("config", "-z", "--name-only", "--get-regexp", `^merge\..*\.driver$`)
	if err != nil {
		return config, nil
	}
	for _, key := range strings.Split(strings.Trim(out, "\x00"), "\x00") {
		if key != "" && !strings.ContainsAny(key, "=\n") {
			config = append(config, "-c", key+"=false")
			programs = append(programs, key)
		}
	}
	return config, programs
}

func (l *lookBack) inRoom(r trialRoom, answers []int, args ...string) (string, error) {
	out, err := askGitFor(l.ctx, question{
		patience: l.patience, folder: r.root, limit: pathsCap, environment: r.environment, answers: answers,
	}, append(append([]string{}, r.config...), args...)...)
	return string(out), err
}

// merge takes what lies between target and from out of the tip, as git revert
// would: a commit on top of from that holds target's files is merged into it.
func (l *lookBack) merge(room trialRoom, from, target string) {
	trial := &l.way.Revert
	made, err := l.inRoom(room, nil, "commit-tree", "-p", from, "-m", "revert", target+"^{tree}")
	if err != nil {
		trial.Says = untried(err)
		return
	}
	out, err := l.inRoom(room, []int{1}, "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", l.onto, strings.TrimSpace(made))
	var code exitCode
	if err != nil && !errors.As(err, &code) {
		trial.Says = untried(err)
		return
	}
	parts := strings.Split(strings.TrimRight(out, "\x00"), "\x00")
	trial.Tried, trial.Clean = true, err == nil
	if !trial.Clean {
		for _, path := range parts[1:] {
			trial.Conflicts = keep(trial.Conflicts, path)
		}
		if len(room.programs) > 0 {
			trial.Note = strings.TrimSpace(trial.Note + " Files with a merge program of their own count as conflicts: it was not started")
		}
		return
	}
	l.measure(room, parts[0])
}

// measure counts what the revert would change.
func (l *lookBack) measure(room trialRoom, tree string) {
	out, err := l.inRoom(room, nil, "diff-tree", "-r", "--numstat", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", l.onto, tree)
	if err != nil {
		return
	}
	for record := range strings.SplitSeq(out, "\x00") {
		parts := strings.SplitN(record, "\t", 3)
		if len(parts) != 3 {
			continue
		}
		added, _ := strconv.Atoi(parts[0]) // "-": a binary file has no lines
		removed, _ := strconv.Atoi(parts[1])
		l.way.Revert.Files++
		l.way.Revert.Lines += added + removed
	}
}

// untried says why a trial did not happen.
func untried(err error) string {
	text := firstLine(err.Error())
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "git took too long"
	case strings.HasPrefix(text, "usage:"), strings.Contains(text, "unknown rev --write-tree"), strings.Contains(text, "not a valid object name --write-tree"):
		return "this git is too old for it (2.38 is needed)"
	case strings.Contains(text, "missing"), strings.Contains(text, "could not fetch"), strings.Contains(text, "bad object"), strings.Contains(text, "unable to read"):
		return "objects are missing in this clone: " + text
	}
	return fmt.Sprintf("git would not do it (%s)", text)
}
