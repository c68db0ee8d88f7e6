package repo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"firebreak/workflow"
)

const (
	wayPatience = 10 * time.Second // one question about the history may take this long
	sinceCap    = 100              // commits that are listed; they are all counted
	pathsCap    = 4 << 20          // bytes of the paths that differ
	listedCap   = 50               // paths of one kind that are kept
)

// WayQuestion is what is asked about the way back, and what people know of it.
type WayQuestion struct {
	Survey   workflow.Survey
	Hints    workflow.WayHints
	Here     []workflow.Deploy // to production in this incident, the newest last
	Earlier  []workflow.Deploy // what ran after earlier incidents, the newest last
	Mentions workflow.Mentions // of the incident's own words
	Policy   workflow.ScopePolicy
	Command  string // that rolls back
}

// WayBackOf finds the last good version, what came since, and tries the revert
// where nothing can be touched. It asks git for some seconds at most, writes
// nothing into the repository, and starts no program that the repository names.
func WayBackOf(ctx context.Context, ask WayQuestion) workflow.WayBack {
	return wayBackWithin(ctx, wayPatience, ask)
}

func wayBackWithin(ctx context.Context, patience time.Duration, ask WayQuestion) workflow.WayBack {
	l := &lookBack{ctx: ctx, patience: patience, ask: ask, survey: ask.Survey}
	l.way.Command = CommandAt(l.survey.Root, ask.Command)
	if err := l.begin(); err != nil {
		l.way.Problem = silentWay(l.survey.Root, err)
		return l.way
	}
	l.findBroken()
	l.findDeployed()
	l.findSuspect()
	l.findGood()
	l.findSince()
	l.tryRevert()
	return l.way
}

// lookBack is one look at the way back.
type lookBack struct {
	ctx      context.Context
	patience time.Duration
	ask      WayQuestion
	survey   workflow.Survey
	way      workflow.WayBack
	end      string // full id of what runs
	broken   string // full id of the release that broke it, as far as known
	onto     string // full id of the commit that a revert would be made on
}

func (l *lookBack) says(format string, values ...any) {
	l.way.Says = append(l.way.Says, fmt.Sprintf(format, values...))
}

// git asks one question. Objects that are not here are not fetched.
func (l *lookBack) git(args ...string) (string, error) {
	out, err := askGit(l.ctx, l.patience, l.survey.Root, append([]string{"-c", "protocol.allow=never"}, args...)...)
	return string(out), err
}

// begin fills in what the survey does not say.
func (l *lookBack) begin() error {
	if l.survey.Root == "" {
		return errors.New("no repository")
	}
	if l.survey.Head == "" {
		head, err := l.resolve("HEAD")
		if err != nil {
			if _, asked := l.git("rev-parse", "--git-dir"); asked != nil {
				return asked
			}
			return errUnborn
		}
		l.survey.Head = head
	}
	l.onto = l.survey.Head
	if l.survey.FixTip != "" {
		l.onto = l.survey.FixTip
	}
	return nil
}

var errUnborn = errors.New("no commit yet")

// resolve answers the full id of the commit that a name stands for.
func (l *lookBack) resolve(name string) (string, error) {
	if name == "" || strings.HasPrefix(name, "-") || strings.ContainsAny(name, "\x00\n") {
		return "", errors.New("no name of a commit")
	}
	id, err := l.git("rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	id = strings.TrimSpace(id)
	if err == nil && id == "" {
		err = errors.New("not found")
	}
	return id, err
}

// release is a place in the history under the name that it was found by.
func (l *lookBack) release(name, why string) (workflow.Release, bool) {
	id, err := l.resolve(name)
	if err != nil {
		return workflow.Release{}, false
	}
	r := workflow.Release{Name: name, Commit: id, Why: why}
	if workflow.SameCommit(name, id) {
		r.Name = workflow.ShortCommit(id)
	}
	if at, err := l.git("show", "--no-patch", "--no-show-signature", "--format=%cI", id); err == nil {
		r.At = stampOf(at)
	}
	return r, true
}

func stampOf(iso string) workflow.Stamp {
	at, err := time.Parse(time.RFC3339, strings.TrimSpace(iso))
	if err != nil {
		return workflow.Stamp{}
	}
	return workflow.StampAt(at, at.Location())
}

// findDeployed puts what this incident deployed last in the place of what broke.
func (l *lookBack) findDeployed() {
	l.broken = l.end
	for _, d := range slices.Backward(l.ask.Here) {
		for _, name := range []string{d.Commit, d.Version} {
			if runs, ok := l.release(name, "it was deployed last"); ok {
				l.way.Runs, l.end = l.named(runs, d), runs.Commit
				return
			}
		}
	}
}

// findBroken finds the release that broke it: the one that the incident's words
// name, else where the hotfix began.
func (l *lookBack) findBroken() {
	for _, version := range l.ask.Mentions.Versions {
		if runs, ok := l.release("refs/tags/"+version, "the incident names it"); ok {
			runs.Name = version
			l.way.Runs, l.end = runs, runs.Commit
			l.newestMentioned(version)
			return
		}
	}
	for _, name := range []string{l.survey.Base, l.survey.Head} {
		if runs, ok := l.release(name, "the hotfix began there"); ok {
			if tag, tagged := l.describe(runs.Commit, "--exact-match"); tagged {
				runs.Name = tag
			} else if name == l.survey.Base && l.survey.BaseName != "" {
				runs.Name = l.survey.BaseName
			} else if l.survey.Branch != "" && name == l.survey.Head {
				runs.Name, runs.Why = l.survey.Branch, "it is checked out"
			}
			l.way.Runs, l.end = runs, runs.Commit
			return
		}
	}
}

// newestMentioned takes the newest of the releases that the incident names: who
// writes of two means that the newer one broke it.
func (l *lookBack) newestMentioned(first string) {
	for _, version := range l.ask.Mentions.Versions {
		other, ok := l.release("refs/tags/"+version, "the incident names it")
		if ok && version != first && l.isAncestor(l.end, other.Commit) {
			other.Name = version
			l.way.Runs, l.end = other, other.Commit
		}
	}
}

// named is a release under the version that people know it by, since it was
// deployed.
func (l *lookBack) named(r workflow.Release, d workflow.Deploy) workflow.Release {
	if d.Version != "" {
		r.Name = d.Version
	}
	if d.At.Known() {
		r.At = d.At
	}
	return r
}

// describe is the nearest tag at or before a commit.
func (l *lookBack) describe(commit string, args ...string) (string, bool) {
	out, err := l.git(append(append([]string{"describe", "--tags", "--abbrev=0"}, args...), commit)...)
	tag := strings.TrimSpace(out)
	return tag, err == nil && tag != ""
}

func (l *lookBack) isAncestor(old, young string) bool {
	_, err := askGitFor(l.ctx, question{patience: l.patience, folder: l.survey.Root, limit: gitOutputCap, answers: []int{1}}, "-c", "protocol.allow=never", "merge-base", "--is-ancestor", old, young)
	return err == nil
}

// shallow says whether the history is cut off in this clone.
func (l *lookBack) shallow() bool {
	out, err := l.git("rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(out) == "true"
}

// findSince counts the commits back to the good version, lists the newest of
// them, and sorts the files that differ by the playbook's patterns.
func (l *lookBack) findSince() {
	good := l.way.Good.Commit
	if good == "" || l.end == "" {
		return
	}
	between := good + ".." + l.end
	if out, err := l.git("rev-list", "--count", between); err == nil {
		l.way.Count, _ = strconv.Atoi(strings.TrimSpace(out))
	}
	if commits, err := l.log(between, "--max-count="+strconv.Itoa(sinceCap)); err == nil {
		l.way.Since = commits
	}
	l.findChanged(good)
	if l.shallow() {
		l.says("The history is cut off in this clone: there may be more commits than are counted here")
	}
}

// log lists commits, in one format that no signature and no note gets into.
func (l *lookBack) log(args ...string) ([]workflow.CommitFact, error) {
	out, err := l.git(append([]string{"log", "-z", "--no-show-signature", "--no-notes", "--no-color", "--encoding=UTF-8", "--format=%H%x00%an%x00%aI%x00%P%x00%s"}, args...)...)
	if err != nil {
		return nil, err
	}
	fields := strings.Split(out, "\x00")
	var commits []workflow.CommitFact
	for ; len(fields) >= 5; fields = fields[5:] {
		commits = append(commits, workflow.CommitFact{
			ID: fields[0], Author: valid(fields[1]), At: stampOf(fields[2]), Subject: valid(fields[4]), Parents: len(strings.Fields(fields[3])),
		})
	}
	return commits, nil
}

func valid(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

func (l *lookBack) findChanged(good string) {
	out, err := askGitFor(l.ctx, question{patience: l.patience, folder: l.survey.Root, limit: pathsCap},
		"-c", "protocol.allow=never", "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none", good, l.end, "--")
	if err != nil {
		l.says("Git would not say which files changed since %s: %s", l.way.Good.Name, firstLine(err.Error()))
		l.way.Cut = true
		return
	}
	paths := strings.Split(string(out), "\x00")
	last := len(paths) - 1
	l.way.Cut = paths[last] != "" // the list was cut in the middle of a name
	for _, path := range paths[:last] {
		l.way.Changed++
		switch {
		case workflow.MatchAnyPath(l.ask.Policy.Migrations, path):
			l.way.Migrations = keep(l.way.Migrations, path)
		case workflow.MatchAnyPath(l.ask.Policy.Schema, path), workflow.MatchAnyPath(l.ask.Policy.Configuration, path):
			l.way.Schema = keep(l.way.Schema, path)
		}
	}
}

func keep(list []string, path string) []string {
	if len(list) >= listedCap {
		return list
	}
	return append(list, path)
}

func silentWay(root string, err error) string {
	switch {
	case root == "":
		return "There is no repository here, so the way back is for you to say"
	case errors.Is(err, errUnborn):
		return "The repository has no commit yet, so there is nothing to go back to"
	}
	return strings.TrimSuffix(strings.ReplaceAll(silentGit(root, err), "branch and tags are not shown", "the way back is not known"), ".")
}
