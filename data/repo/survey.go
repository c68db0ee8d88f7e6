package repo

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"firebreak/workflow"
)

// Hints are what an incident says about the repository that it is fixed in. Each
// may be empty.
type Hints struct {
	Branch string         // that the fix is recorded on
	Commit string         // that is recorded as the fix
	Base   string         // as declared: a commit, a tag or a branch
	Good   []ReleaseGuess // of the last good version, the likeliest first
}

// ReleaseGuess is a name that may be that of a release, and where it is from.
type ReleaseGuess struct{ Name, Why string }

// surveyPatience is how long one question of a survey may take: the state of a
// tree of 100,000 files on a cold disk is one of them.
const surveyPatience = 10 * time.Second

// SurveyOf asks git where the repository stands for an incident. It changes
// nothing, takes no lock and never prompts. What cannot be found out stays
// empty, and the rest is answered all the same; Problem and Says tell about it.
func SurveyOf(ctx context.Context, place Place, hints Hints) workflow.Survey {
	if place.Git == "" {
		return workflow.Survey{Problem: "This folder is not in a git repository, so nothing is known about branches and commits. What is done by hand can be recorded all the same."}
	}
	s := surveying{ctx: ctx, place: place, hints: hints, Survey: workflow.Survey{Root: place.Git, Busy: underWay(place.GitDir)}}
	s.Shallow = isFile(filepath.Join(commonDir(place.GitDir), "shallow"))
	if err := s.readStatus(); err != nil {
		s.readHead()
		if s.Problem = lostGit(place.Git, err); s.Head == "" && s.Branch == "" {
			return s.Survey
		}
	}
	s.Remotes = s.remotes()
	if s.Head == "" {
		s.Says = append(s.Says, "There is no commit here yet, so there is nothing to compare a fix with.")
		return s.Survey
	}
	s.findFix()
	s.findBase()
	s.findGood()
	return s.Survey
}

// surveying is a survey that is being made.
type surveying struct {
	workflow.Survey
	ctx   context.Context
	place Place
	hints Hints
	refs  map[string]string // full names to full ids of commits
	trunk string            // full name of the remote's default branch; "" when nobody has said
}

func (s *surveying) ask(args ...string) (string, error) {
	out, err := askGit(s.ctx, surveyPatience, s.place.Git, args...)
	return strings.TrimSpace(string(out)), err
}

// readStatus reads git's porcelain v2 form, which can be long.
func (s *surveying) readStatus() error {
	return streamGit(s.ctx, streamed(surveyPatience, s.place.Git), func(in *bufio.Reader) error {
		records := bufio.NewScanner(in)
		records.Buffer(nil, mostNameBytes+1024)
		records.Split(splitAtNUL)
		for records.Scan() {
			record := records.Bytes()
			if len(record) == 0 {
				continue
			}
			switch record[0] {
			case '#':
				s.readHeader(string(record))
			case '?':
				s.Untracked++
			case '2':
				s.Changed++
				records.Scan() // the old name of a renamed file
			case '1', 'u':
				s.Changed++
			}
		}
		return records.Err()
	}, "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=normal", "--ignore-submodules=dirty", "--no-ahead-behind")
}

func (s *surveying) readHeader(record string) {
	key, value, _ := strings.Cut(strings.TrimPrefix(record, "# "), " ")
	switch {
	case key == "branch.oid" && value != "(initial)":
		s.Head = value
	case key == "branch.head" && value != "(detached)":
		s.Branch = value
	}
}

// readHead asks for what is checked out where the status could not be told.
func (s *surveying) readHead() {
	if head, err := s.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err == nil {
		s.Head = head
	}
	if branch, err := s.ask("symbolic-ref", "--quiet", "--short", "HEAD"); err == nil {
		s.Branch = branch
	}
}

// findFix finds the branch that the hotfix is made on, and its newest commit.
func (s *surveying) findFix() {
	here := s.Branch
	if here == "" {
		here = rebased(s.place.GitDir)
	}
	s.readRefs(here, s.hints.Branch)
	commit := ""
	if s.hints.Commit != "" {
		commit, _ = s.ask("rev-parse", "--verify", "--quiet", plainName(s.hints.Commit)+"^{commit}")
	}
	switch {
	case s.hints.Branch != "" && s.refs["refs/heads/"+s.hints.Branch] != "":
		s.FixBranch, s.FixTip = s.hints.Branch, s.refs["refs/heads/"+s.hints.Branch]
	case commit != "": // it was recorded without a branch, or its branch is gone
		s.FixTip = commit
		if s.hints.Branch != "" {
			s.Says = append(s.Says, "The branch "+s.hints.Branch+" is not here any more, so the fix is the commit that is on record.")
		}
	default:
		s.FixBranch, s.FixTip = here, s.Head
		if tip := s.refs["refs/heads/"+here]; here != "" && tip != "" {
			s.FixTip = tip // in the middle of a rebase HEAD is elsewhere
		}
		if s.hints.Commit != "" {
			s.Says = append(s.Says, "The commit "+workflow.ShortCommit(s.hints.Commit)+" that is on record as the fix is not in this repository. Fetch it, or choose the repository that has it.")
		}
	}
}

// readRefs reads the branches that matter in one go.
func (s *surveying) readRefs(branches ...string) {
	args := []string{"for-each-ref", "--format=%(refname)%00%(objectname)%00%(symref)"}
	for _, branch := range branches {
		if branch != "" {
			args = append(args, "refs/heads/"+branch)
		}
	}
	args = append(append(args, "refs/remotes/origin/HEAD"), trunks...)
	s.refs = map[string]string{}
	out, err := s.ask(args...)
	if err != nil {
		return
	}
	for _, line := range strings.Split(out, "\n") {
		fields := strings.Split(line, "\x00")
		if len(fields) != 3 {
			continue
		}
		s.refs[fields[0]] = fields[1]
		if fields[0] == "refs/remotes/origin/HEAD" {
			s.trunk = fields[2]
		}
	}
}

// rebased is the branch that is being rebased: HEAD is detached meanwhile.
func rebased(gitDir string) string {
	for _, folder := range []string{"rebase-merge", "rebase-apply"} {
		if name, err := readCapped(filepath.Join(gitDir, folder, "head-name"), 4<<10); err == nil {
			branch, found := strings.CutPrefix(strings.TrimSpace(string(name)), "refs/heads/")
			if found {
				return branch
			}
		}
	}
	return ""
}

// commonDir is the folder that all working trees of a repository share.
func commonDir(gitDir string) string {
	link, err := readCapped(filepath.Join(gitDir, "commondir"), 4<<10)
	if err != nil {
		return gitDir
	}
	to := strings.TrimSpace(string(link))
	if !filepath.IsAbs(to) {
		to = filepath.Join(gitDir, to)
	}
	return filepath.Clean(to)
}

// remotes reads the other repositories from git's settings.
func (s *surveying) remotes() []workflow.Remote {
	out, err := askGit(s.ctx, surveyPatience, s.place.Git, "config", "-z", "--get-regexp", `^remote\..*\.url$`)
	if err != nil {
		return nil // there are none
	}
	var all []workflow.Remote
	for _, record := range strings.Split(string(out), "\x00") {
		key, address, _ := strings.Cut(record, "\n")
		name := strings.TrimSuffix(strings.TrimPrefix(key, "remote."), ".url")
		if name != "" && address != "" {
			all = append(all, workflow.Remote{Name: name, Address: WithoutSecrets(address)})
		}
	}
	return all
}

// WithoutSecrets is the address of a repository without what opens it: a name
// and a password, or a token in their place.
func WithoutSecrets(address string) string {
	scheme, rest, found := strings.Cut(address, "://")
	if !found {
		return address // a folder, or git@host:path, which says no more than who asks
	}
	if u, err := url.Parse(address); err == nil {
		if u.Scheme == "ssh" && u.User != nil {
			u.User = url.User(u.User.Username())
		} else {
			u.User = nil
		}
		u.RawQuery, u.Fragment = "", ""
		return u.String()
	}
	host, path, _ := strings.Cut(rest, "/")
	host = host[strings.LastIndex(host, "@")+1:]
	path, _, _ = strings.Cut(path, "?")
	return scheme + "://" + host + "/" + path
}

// lostGit explains why facts are missing.
func lostGit(folder string, err error) string {
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return "Git is not installed or not on the PATH, so nothing is known about branches and commits. What is done by hand can be recorded all the same."
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("Git took longer than %s to answer, so what it knows is not shown. Run git status in %s to see what holds it up.", surveyPatience, folder)
	case errors.Is(err, context.Canceled):
		return "Git was not asked to the end."
	case strings.Contains(err.Error(), "dubious ownership"):
		return "Git does not trust " + folder + ", because it belongs to another user, so nothing is known about branches and commits. " +
			"If it is yours, run: git config --global --add safe.directory " + folder
	case strings.Contains(err.Error(), "index file"), strings.Contains(err.Error(), "bad index"), strings.Contains(err.Error(), "bad signature"):
		return "Git cannot read its index (" + firstLine(err.Error()) + "), so it is not known what is changed in the working tree. Commits are read all the same. " +
			"To make it anew, run in " + folder + ": rm .git/index && git reset"
	default:
		return "Git would not answer (" + firstLine(err.Error()) + "). Run git status in " + folder + " to see why."
	}
}
