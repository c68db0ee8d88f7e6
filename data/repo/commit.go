package repo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	commitPatience = 2 * time.Minute  // hooks and signing may take this long
	askPatience    = 10 * time.Second // one question before it
	diffCap        = 4 << 20          // of what is shown before a commit
)

// CommitPlan is what a commit of some files would be. Everything in it is for
// the person to see before it happens.
type CommitPlan struct {
	Root    string // of the paths
	Top     string // of the git working tree, which may lie above Root or below it
	Branch  string // empty if HEAD is detached
	Author  string // "Ann <ann@example.org>"
	Message string
	Files   []CommitFile // what the commit would hold, and nothing else
	Says    []string     // what is worth knowing before: hooks, signing, what is left out
	Diff    string       // against HEAD, in git's own words
}

// CommitFile is one file of a commit.
type CommitFile struct {
	Path string // relative to the root, with slashes
	New  bool   // git does not know it yet
	Sum  string // Hash of its content as planned
}

// Committed is what git says of a commit that was made.
type Committed struct {
	ID     string // the whole id
	Branch string
	Paths  []string
	Says   []string // what the repository's own programs did besides
}

// PlanCommit says what a commit of the files at paths would be, and changes
// nothing. It refuses with a *Trouble where git would not, or should not, commit
// now: something is under way, nobody knows who commits, every file is ignored.
// Without a difference to HEAD it wraps ErrCommitted.
func PlanCommit(ctx context.Context, place Place, paths []string, message string) (CommitPlan, error) {
	top, gitDir := place.tree()
	if top == "" {
		return CommitPlan{}, trouble(nil, "%s is in no git repository, so nothing can be committed. The files are written. Nothing was changed.", place.Root)
	}
	if busy := underWay(gitDir); busy != "" {
		return CommitPlan{}, trouble(nil, "Git is in the middle of %s in %s. Nothing was committed, so that our files do not get mixed into it; they are written, and nothing was changed. "+
			"Finish or abort it, then commit.", busy, top)
	}
	plan := CommitPlan{Root: place.Root, Top: top, Message: cleanMessage(message)}
	if plan.Message == "" {
		return CommitPlan{}, trouble(nil, "A commit needs a message. Nothing was changed. Write one.")
	}
	for _, p := range paths {
		if err := checkPath(p); err != nil {
			return CommitPlan{}, err
		}
	}
	for _, look := range []func(context.Context, *CommitPlan, []string) error{lookAtBranch, lookAtAuthor, lookAtFiles, lookAtDiff, lookAtHabits} {
		if err := look(ctx, &plan, paths); err != nil {
			return CommitPlan{}, err
		}
	}
	return plan, nil
}

// ErrCommitted is that there is nothing to commit: HEAD holds the files already.
var ErrCommitted = errors.New("committed already")

// cleanMessage takes out what cannot stand in a command line or would end the
// message for git.
func cleanMessage(message string) string {
	message = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r >= ' ' && r != 0x7f:
			return r
		default:
			return -1
		}
	}, strings.ToValidUTF8(strings.ReplaceAll(message, "\r\n", "\n"), ""))
	return strings.TrimSpace(message)
}

// ask is a question to git before a commit.
func (p *CommitPlan) ask(ctx context.Context, args ...string) ([]byte, error) {
	out, err := askGit(ctx, askPatience, p.Top, append([]string{"--literal-pathspecs"}, args...)...)
	if err != nil && errors.Is(err, context.DeadlineExceeded) {
		return nil, trouble(err, "Git took too long to answer in %s. Nothing was changed. Run git status there to see what holds it up.", p.Top)
	}
	return out, err
}

func lookAtBranch(ctx context.Context, p *CommitPlan, _ []string) error {
	out, err := p.ask(ctx, "symbolic-ref", "--quiet", "--short", "HEAD")
	if err == nil {
		p.Branch = strings.TrimSpace(string(out))
		return nil
	}
	if _, err := p.ask(ctx, "rev-parse", "--verify", "--quiet", "HEAD"); err != nil {
		return uncommittable(p.Top, err)
	}
	p.Says = append(p.Says, "HEAD is detached: the commit is on no branch. Make one afterwards with git switch -c NAME, or it is lost at the next checkout.")
	return nil
}

// lookAtAuthor finds who commits. Git would make a name up from the login and
// the machine; a commit under such a name is not what the person wants.
func lookAtAuthor(ctx context.Context, p *CommitPlan, _ []string) error {
	for _, about := range []struct {
		key string
		env []string
	}{{"user.name", []string{"GIT_AUTHOR_NAME"}}, {"user.email", []string{"GIT_AUTHOR_EMAIL", "EMAIL"}}} {
		if slices.ContainsFunc(about.env, func(name string) bool { return os.Getenv(name) != "" }) {
			continue
		}
		own := strings.Replace(about.key, "user.", "author.", 1)
		if out, err := p.ask(ctx, "config", "--get", own); err == nil && strings.TrimSpace(string(out)) != "" {
			continue
		}
		if out, err := p.ask(ctx, "config", "--get", about.key); err != nil || strings.TrimSpace(string(out)) == "" {
			return trouble(nil, "Git does not know who you are: %s is not set. The files are written; nothing was committed, and nothing was changed. "+
				"Run: git config --global %s …", about.key, about.key)
		}
	}
	out, err := p.ask(ctx, "var", "GIT_AUTHOR_IDENT")
	if err != nil {
		return uncommittable(p.Top, err)
	}
	p.Author = strings.TrimSpace(string(out))
	if at := strings.LastIndexByte(p.Author, '>'); at >= 0 {
		p.Author = p.Author[:at+1] // behind it stands the time
	}
	return nil
}

// lookAtFiles finds which of the files git sees a difference in. What it ignores
// is left out and said.
func lookAtFiles(ctx context.Context, p *CommitPlan, paths []string) error {
	status, err := p.ask(ctx, append([]string{"status", "--porcelain=v2", "-z", "--untracked-files=all", "--ignored=matching", "--no-renames", "--"}, p.fromTop(paths)...)...)
	if err != nil {
		return uncommittable(p.Top, err)
	}
	states := statesOf(status)
	var ignored []string
	for _, at := range paths {
		state, differs := states[p.nameFromTop(at)]
		switch {
		case state == '!' || !differs && p.insideIgnored(states, at):
			ignored = append(ignored, at)
			continue
		case !differs:
			continue
		case state == 'u':
			return trouble(nil, "%s has conflicts that nobody has resolved. Nothing was committed, and nothing was changed. Resolve them first.", at)
		}
		content, err := os.ReadFile(filepath.Join(p.Root, filepath.FromSlash(at)))
		if err != nil {
			return unreadable(at, err)
		}
		p.Files = append(p.Files, CommitFile{Path: at, New: state == '?', Sum: Hash(content)})
	}
	switch {
	case len(ignored) > 0 && len(p.Files) == 0:
		return trouble(nil, "Git ignores %s, so there is nothing to commit. Nothing was changed. "+
			"See why with: git check-ignore -v %s", strings.Join(ignored, ", "), ignored[0])
	case len(p.Files) == 0:
		return trouble(ErrCommitted, "Git has these files as they are already. There is nothing to commit. Nothing was changed.")
	case len(ignored) > 0:
		p.Says = append(p.Says, "Git ignores "+strings.Join(ignored, ", ")+", so that stays out of the commit.")
	}
	return nil
}

// statesOf reads git's porcelain v2 form: path → '1' changed, '?' new, 'u' in
// conflict, '!' ignored. A folder that is new or ignored as a whole ends in "/".
func statesOf(status []byte) map[string]byte {
	states := map[string]byte{}
	for record := range strings.SplitSeq(string(status), "\x00") {
		fields := map[byte]int{'1': 9, '2': 10, 'u': 11, '?': 2, '!': 2}
		if record == "" || fields[record[0]] == 0 {
			continue
		}
		parts := strings.SplitN(record, " ", fields[record[0]])
		states[parts[len(parts)-1]] = record[0]
	}
	return states
}

func (p *CommitPlan) insideIgnored(states map[string]byte, at string) bool {
	for folder := path.Dir(p.nameFromTop(at)); folder != "." && folder != "/"; folder = path.Dir(folder) {
		if states[folder+"/"] == '!' {
			return true
		}
	}
	return false
}

func (p *CommitPlan) nameFromTop(at string) string {
	return filepath.ToSlash(relativeTo(p.Top, p.Root, at))
}

func (p *CommitPlan) fromTop(paths []string) []string {
	out := make([]string, len(paths))
	for i, at := range paths {
		out[i] = p.nameFromTop(at)
	}
	return out
}

// paths are the files of the plan as git calls them.
func (p *CommitPlan) paths(which func(CommitFile) bool) []string {
	var out []string
	for _, f := range p.Files {
		if which(f) {
			out = append(out, p.nameFromTop(f.Path))
		}
	}
	return out
}

func every(CommitFile) bool   { return true }
func isNew(f CommitFile) bool { return f.New }

func uncommittable(top string, err error) error {
	var told *Trouble
	switch {
	case errors.As(err, &told):
		return err
	case strings.Contains(err.Error(), "dubious ownership"):
		return trouble(err, "Git does not trust %s, because it belongs to another user. Nothing was changed. If it is yours, run: git config --global --add safe.directory %s", top, top)
	}
	return trouble(err, "Git would not answer in %s (%s). The files are written; nothing was committed, and nothing was changed. Run git status there to see why.", top, firstLine(fmt.Sprint(err)))
}
