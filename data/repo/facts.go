package repo

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	factsPatience = 2 * time.Second  // one question to git may take this long
	initPatience  = 20 * time.Second // creating a repository may, on a slow disk
	gitOutputCap  = 256 << 10        // more is cut: the facts stand in the first lines
)

// Facts is what git knows about the working tree. Every field may be empty: a
// missing git, a slow disk or a fresh repository never stop the work.
type Facts struct {
	Branch  string // empty if HEAD is detached
	Head    string // short commit id; empty before the first commit
	Dirty   bool   // tracked changes or untracked files
	Tag     string // the last tag before HEAD; empty without one
	Busy    string // what is under way ("a merge"); hold writes until it is over
	Problem string // why facts are missing, for the person; empty if all went well
}

// FactsOf asks git about place, for at most a few seconds. It changes nothing,
// takes no lock, never prompts and starts no program that the repository names.
func FactsOf(ctx context.Context, place Place) Facts {
	return factsWithin(ctx, factsPatience, place)
}

func factsWithin(ctx context.Context, patience time.Duration, place Place) Facts {
	if place.Git == "" {
		return Facts{Problem: "This folder is not in a git repository, so there are no branch and no tags to show."}
	}
	facts := Facts{Busy: underWay(place.GitDir)}
	status, err := askGit(ctx, patience, place.Git, "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=normal")
	if err != nil {
		facts.Problem = silentGit(place.Git, err)
		return facts
	}
	facts.readStatus(status)
	if facts.Head == "" {
		return facts
	}
	// git describe fails if no tag is reachable, which is no problem.
	if tag, err := askGit(ctx, patience, place.Git, "describe", "--tags", "--abbrev=0"); err == nil {
		facts.Tag = strings.TrimSpace(string(tag))
	}
	return facts
}

// readStatus reads git's porcelain v2 form: header lines that start with #,
// then one record for each change, all separated by NUL.
func (f *Facts) readStatus(status []byte) {
	records := bufio.NewScanner(bytes.NewReader(status))
	records.Buffer(nil, gitOutputCap+1)
	records.Split(splitAtNUL)
	for records.Scan() {
		record := records.Text()
		key, value, _ := strings.Cut(strings.TrimPrefix(record, "# "), " ")
		switch {
		case !strings.HasPrefix(record, "# "):
			f.Dirty = f.Dirty || record != ""
		case key == "branch.oid" && value != "(initial)":
			f.Head = value[:min(8, len(value))]
		case key == "branch.head" && value != "(detached)":
			f.Branch = value
		}
	}
}

func splitAtNUL(data []byte, atEnd bool) (advance int, token []byte, err error) {
	if end := bytes.IndexByte(data, 0); end >= 0 {
		return end + 1, data[:end], nil
	}
	if atEnd && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// underWay looks for the marks that git leaves while it works in the tree.
func underWay(gitDir string) string {
	marks := []struct{ file, says string }{
		{"MERGE_HEAD", "a merge"},
		{"rebase-merge", "a rebase"},
		{"rebase-apply", "a rebase"},
		{"CHERRY_PICK_HEAD", "a cherry-pick"},
		{"REVERT_HEAD", "a revert"},
		{"index.lock", "another git command"},
	}
	for _, mark := range marks {
		if exists(filepath.Join(gitDir, mark.file)) {
			return mark.says
		}
	}
	return ""
}

// question is how git is asked.
type question struct {
	patience    time.Duration
	folder      string
	limit       int  // bytes of the answer; the rest is cut
	alone       bool // it may start other programs, which must not outlive it or find a terminal
	environment []string
	answers     []int // exit codes that are answers and no failures: git says "no" with them
}

// exitCode is an answer that git gives by its exit code.
type exitCode int

func (e exitCode) Error() string { return fmt.Sprintf("git ended with %d", int(e)) }

// askGit runs one git command in folder and gives what it printed, or fails
// with context.DeadlineExceeded when its patience ends.
func askGit(ctx context.Context, patience time.Duration, folder string, args ...string) ([]byte, error) {
	output, err := askGitFor(ctx, question{patience: patience, folder: folder, limit: gitOutputCap}, args...)
	var said complaint
	if errors.As(err, &said) {
		return nil, errors.New(firstLine(string(said)))
	}
	return output, err
}

// complaint is what git wrote to its error output before it failed.
type complaint string

func (c complaint) Error() string { return string(c) }

func askGitFor(ctx context.Context, q question, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, q.patience)
	defer cancel()
	command := gitCommand(ctx, q, args...)
	command.WaitDelay = 500 * time.Millisecond
	kill := func() {}
	if q.alone {
		kill, command.WaitDelay = alone(command), 3*time.Second
	}
	output := &cappedBuffer{limit: q.limit}
	said := &cappedBuffer{limit: 64 << 10}
	command.Stdout, command.Stderr = output, said
	err := command.Run()
	var exit *exec.ExitError
	switch {
	case err == nil || errors.Is(err, exec.ErrWaitDelay): // it succeeded, and something that it started goes on
		return output.Bytes(), nil
	case ctx.Err() != nil:
		kill()
		return nil, ctx.Err()
	case errors.As(err, &exit) && slices.Contains(q.answers, exit.ExitCode()):
		return output.Bytes(), exitCode(exit.ExitCode())
	case errors.As(err, &exit) && said.Len() > 0:
		return nil, complaint(said.String())
	case errors.As(err, &exit) && output.Len() > 0: // hooks print where they like
		return nil, complaint(output.String())
	}
	return nil, err
}

// gitCommand is a git command that is not started yet.
func gitCommand(ctx context.Context, q question, args ...string) *exec.Cmd {
	// A repository may name a program as its file system monitor; asking for
	// facts must not start it.
	command := exec.CommandContext(ctx, "git", append([]string{"--no-pager", "-c", "core.fsmonitor=false"}, args...)...)
	command.Dir = q.folder
	command.Env = append(gitEnvironment(os.Environ()), q.environment...)
	hideWindow(command)
	return command
}

// gitEnvironment takes out what would point git at another repository (we may
// be started from a hook), and forbids locks and questions.
func gitEnvironment(environment []string) []string {
	misleading := []string{
		"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY",
		"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE",
	}
	kept := slices.DeleteFunc(slices.Clone(environment), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return slices.Contains(misleading, name)
	})
	return append(kept, "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C", "LANGUAGE=")
}

func silentGit(folder string, err error) string {
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return "Git is not installed or not on the PATH, so branch and tags are not shown. Everything else works."
	case errors.Is(err, context.DeadlineExceeded):
		return "Git took too long to answer, so branch and tags are not shown. Everything else works. " +
			"Run git status in " + folder + " to see what holds it up."
	case errors.Is(err, context.Canceled):
		return "Git was not asked to the end, so branch and tags are not shown."
	case strings.Contains(err.Error(), "dubious ownership"):
		return "Git does not trust " + folder + ", because it belongs to another user, so branch and tags are not shown. " +
			"If it is yours, run: git config --global --add safe.directory " + folder
	default:
		return "Git would not answer (" + firstLine(err.Error()) + "), so branch and tags are not shown. " +
			"Everything else works. Run git status in " + folder + " to see why."
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(line)
}

// cappedBuffer keeps the first limit bytes and swallows the rest, so that the
// program that writes is never blocked.
type cappedBuffer struct {
	bytes.Buffer
	limit int
}

func (b *cappedBuffer) Write(data []byte) (int, error) {
	if room := b.limit - b.Len(); room > 0 {
		b.Buffer.Write(data[:min(room, len(data))])
	}
	return len(data), nil
}
