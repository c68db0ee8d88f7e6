package repo

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"firebreak/workflow"
)

// trunks are the branches that a hotfix usually leaves, the likeliest first.
var trunks = []string{"refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master"}

// findBase finds the commit that the hotfix began at: as declared, else where it
// left the default branch, else the last tag before it.
func (s *surveying) findBase() {
	if s.FixTip == "" {
		return
	}
	if named := s.hints.Base; named != "" {
		if at, err := resolved(s.ctx, s.place.Git, named); err == nil {
			s.namedBase(named, at, "as declared")
			return
		}
		s.Says = append(s.Says, "The base "+shown(named)+" that was declared is not in this repository, so another one was looked for.")
	}
	if s.trunkBase() || s.tagBase() {
		return
	}
	if at := s.before(s.FixTip); at != "" && s.hints.Commit != "" {
		s.Base, s.BaseName, s.BaseWhy = at, workflow.ShortCommit(at), "the commit before the fix: there is no default branch and no tag to compare with"
		return
	}
	says := "Where the hotfix began is not known: there is no default branch beside it and no tag before it."
	if s.Shallow {
		says += " The history here is cut off (a shallow clone); git fetch --unshallow brings the rest."
	}
	s.Says = append(s.Says, says+" Declare it with: firebreak scope declare --base NAME")
}

// namedBase takes a base that somebody named, and says how. Of a branch, the place
// where the hotfix left it counts: what others have put there since is not the
// hotfix's doing.
func (s *surveying) namedBase(named, at, how string) {
	s.Base, s.BaseName, s.BaseWhy = at, named, how
	if fork, err := s.ask("merge-base", at, s.FixTip); err == nil && fork != "" && fork != at {
		s.Base, s.BaseWhy = fork, "where the hotfix left "+shown(named)+", "+how
	}
}

// trunkBase takes where the fix left the default branch.
func (s *surveying) trunkBase() bool {
	candidates := trunks
	if s.trunk != "" {
		candidates = append([]string{s.trunk}, trunks...)
	}
	for _, full := range candidates {
		tip := s.refs[full]
		if full == s.trunk && tip == "" {
			tip = s.refs["refs/remotes/origin/HEAD"]
		}
		if tip == "" || full == "refs/heads/"+s.FixBranch {
			continue
		}
		at, err := s.ask("merge-base", tip, s.FixTip)
		if err != nil || at == "" {
			continue // they have nothing in common, or the history is cut off before it
		}
		name := strings.TrimPrefix(strings.TrimPrefix(full, "refs/heads/"), "refs/remotes/")
		if at == s.FixTip && s.hints.Commit != "" {
			return s.mergedBase(tip, name)
		}
		s.Base, s.BaseName, s.BaseWhy = at, name, "where it left "+name
		if at == s.FixTip {
			s.BaseWhy = "nothing is committed beyond " + name + " yet"
		}
		s.nearerTag(name)
		return true
	}
	return false
}

// mergedBase takes where a fix began that is part of the default branch by now:
// the other side of the merge that brought it there knows.
func (s *surveying) mergedBase(trunk, name string) bool {
	merges, err := s.ask("rev-list", "--ancestry-path", "--merges", "--reverse", "--max-count=1000", s.FixTip+".."+trunk)
	if first, _, _ := strings.Cut(merges, "\n"); err == nil && first != "" {
		if at, err := s.ask("merge-base", first+"^1", s.FixTip); err == nil && at != "" && at != s.FixTip {
			s.Base, s.BaseName, s.BaseWhy = at, name, "where it left "+name+", before it was merged back"
			return true
		}
	}
	s.Says = append(s.Says, "The fix is on "+name+" already, so it is compared with what was before it.")
	return false
}

// nearerTag says so when a tag lies between the base and the fix: a hotfix that
// began at a release branch. It is not taken by itself, because a tag that was
// made on the hotfix would hide the half of it.
func (s *surveying) nearerTag(trunk string) {
	parent := s.before(s.FixTip)
	if parent == "" || parent == s.Base {
		return
	}
	tag, err := s.ask("describe", "--tags", "--abbrev=0", parent)
	if err != nil || tag == "" {
		return
	}
	at, err := resolved(s.ctx, s.place.Git, "refs/tags/"+tag)
	if err != nil || at == s.Base {
		return
	}
	if fork, err := s.ask("merge-base", at, s.Base); err == nil && fork == s.Base {
		s.Says = append(s.Says, fmt.Sprintf("The tag %s is nearer than where it left %s. If the hotfix began there, say so: firebreak scope declare --base %s", tag, trunk, tag))
	}
}

// tagBase takes the last tag before the fix's newest commit. While no fix is
// recorded and a release is checked out, that release is where one would begin.
func (s *surveying) tagBase() bool {
	if tag, err := s.ask("describe", "--tags", "--exact-match", s.FixTip); err == nil && tag != "" && s.hints.Commit == "" {
		s.Base, s.BaseName, s.BaseWhy = s.FixTip, tag, "nothing is committed beyond "+tag+" yet"
		return true
	}
	parent := s.before(s.FixTip)
	if parent == "" {
		return false
	}
	tag, err := s.ask("describe", "--tags", "--abbrev=0", parent)
	if err != nil || tag == "" {
		return false
	}
	at, err := resolved(s.ctx, s.place.Git, "refs/tags/"+tag)
	if err != nil {
		return false
	}
	s.Base, s.BaseName, s.BaseWhy = at, tag, "the last tag before it"
	return true
}

// before is the first parent of a commit; "" when there is none here.
func (s *surveying) before(commit string) string {
	at, err := s.ask("rev-parse", "--verify", "--quiet", commit+"^")
	if err != nil {
		return ""
	}
	return at
}

// findGood finds the last good version: one that the incident names, else the
// last tag that the base holds.
func (s *surveying) findGood() {
	for _, guess := range s.hints.Good {
		if at, err := resolved(s.ctx, s.place.Git, guess.Name); err == nil {
			s.Good = s.release(guess.Name, at, guess.Why)
			return
		}
	}
	if s.Base == "" {
		return
	}
	tag, err := s.ask("describe", "--tags", "--abbrev=0", s.Base)
	if err != nil || tag == "" {
		return
	}
	if at, err := resolved(s.ctx, s.place.Git, "refs/tags/"+tag); err == nil {
		s.Good = s.release(tag, at, "the last tag before the hotfix")
	}
}

func (s *surveying) release(name, at, why string) workflow.Release {
	r := workflow.Release{Name: name, Commit: at, Why: why}
	if dated, err := s.ask("log", "-1", "--no-patch", "--no-show-signature", "--no-color", "--date=raw", "--format=%cd", at, "--"); err == nil {
		r.At = rawStamp(dated)
	}
	return r
}

// Resolve answers the full id of a commit that a person named. It fails with a
// *Trouble that wraps fs.ErrNotExist when git knows none of that name.
func Resolve(ctx context.Context, place Place, name string) (string, error) {
	if place.Git == "" {
		return "", trouble(fs.ErrNotExist, "This folder is not in a git repository, so %s cannot be looked up. Nothing was changed.", shown(name))
	}
	return resolved(ctx, place.Git, name)
}

func resolved(ctx context.Context, folder, name string) (string, error) {
	name = plainName(name)
	if name == "" {
		return "", trouble(fs.ErrInvalid, "That is not the name of a commit. Nothing was changed. Give its id, a branch or a tag.")
	}
	out, err := askGit(ctx, factsPatience, folder, "rev-parse", "--verify", name+"^{commit}")
	switch id := strings.TrimSpace(string(out)); {
	case err == nil && id != "":
		return id, nil
	case err == nil || strings.Contains(err.Error(), "Needed a single revision") || strings.Contains(err.Error(), "bad revision") || strings.Contains(err.Error(), "unknown revision"):
		return "", trouble(fs.ErrNotExist, "There is no commit %s in %s. Nothing was changed. Check the spelling, or fetch it first.", shown(name), folder)
	case strings.Contains(err.Error(), "ambiguous"):
		return "", trouble(fs.ErrInvalid, "Several commits in %s begin with %s. Nothing was changed. Give more of it.", folder, shown(name))
	default:
		return "", trouble(err, "Git would not look up %s (%s). Nothing was changed.", shown(name), firstLine(err.Error()))
	}
}

// plainName is a name that git cannot take for an option, for a range or for a
// search through the history; "" when it is none.
func plainName(name string) string {
	name = strings.TrimSpace(name)
	if strings.HasPrefix(name, "-") || strings.ContainsAny(name, " \t\n\r\x00:?*[\\") || strings.Contains(name, "..") || strings.Contains(name, "{/") || len(name) > 1024 {
		return ""
	}
	return name
}

// shown is a name for a sentence.
func shown(name string) string { return workflow.ShownPath(cutText(name, 80)) }
