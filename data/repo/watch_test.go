package repo

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// onlooker watches increment 0015-a, and keeps what each call found there.
type onlooker struct {
	place Place
	calls chan string
	watch *watch
}

const watched = "0015-a"

func lookOn(t *testing.T, place Place) onlooker {
	t.Helper()
	calling := onlooker{place: place, calls: make(chan string, 1000)}
	watch, err := startWatch(place, watched, func() { calling.calls <- calling.found() })
	require.NoError(t, err)
	look := calling
	look.watch = watch
	stop := sync.OnceFunc(watch.stop)
	t.Cleanup(func() {
		stop()
		requireClosed(t, watch.done, "the watch must end")
		requireClosed(t, watch.drained, "nobody is left at its channels")
	})
	return look
}

// found tells where the increment lies, what its tasks are and what git does.
func (o onlooker) found() string {
	raw, err := ReadIncrement(o.place, watched)
	if err != nil {
		return "gone" + Busy(o.place)
	}
	return strings.TrimPrefix(raw.Group+" ", " ") + string(raw.Files["tasks.md"].Content) + raw.Files["tasks.md"].Says + Busy(o.place)
}

// sees waits for a call that finds this.
func (o onlooker) sees(t *testing.T, want string) {
	t.Helper()
	late := time.After(20 * time.Second)
	var all []string
	for {
		select {
		case got := <-o.calls:
			if got == want {
				return
			}
			all = append(all, got)
		case <-late:
			t.Fatalf("no call found %q, only %q; it is %q now", want, all, o.found())
		}
	}
}

func requireClosed(t *testing.T, channel <-chan struct{}, says string) {
	t.Helper()
	select {
	case <-channel:
	default:
		require.Fail(t, says)
	}
}

func save(t *testing.T, path, content string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(content), 0o644))
}

func move(t *testing.T, from, to string) {
	t.Helper()
	require.NoError(t, os.Rename(from, to))
}

func TestWatchSeesEachWayOfSaving(t *testing.T) {
	t.Parallel()
	place, folder := increments(t, map[string]string{watched + "/tasks.md": "0"})
	tasks := filepath.Join(folder, watched, "tasks.md")
	look := lookOn(t, place)

	for round := range 3 { // a watch that dies at the first replacement is found out at the second
		at := func(way string) string { return fmt.Sprint(way, round) }

		save(t, tasks, at("in place"))
		look.sees(t, at("in place"))

		save(t, tasks+".new", at("replaced"))
		move(t, tasks+".new", tasks)
		look.sees(t, at("replaced"))

		move(t, tasks, tasks+"~") // as vim does
		save(t, tasks, at("by vim"))
		require.NoError(t, os.Remove(tasks+"~"))
		look.sees(t, at("by vim"))

		path := incrementsPath + "/" + watched + "/tasks.md"
		_, moved, err := Swap(place.Root, []Edit{change(path, at("by vim"), at("by us"))})
		require.NoError(t, err)
		require.Empty(t, moved)
		look.sees(t, at("by us"))

		require.NoError(t, os.Remove(tasks))
		look.sees(t, "")
		require.NoError(t, os.Mkdir(tasks, 0o755))
		look.sees(t, look.found())
		require.NoError(t, os.Remove(tasks))
		look.sees(t, "")
	}
}

func TestWatchSeesThatAReadOnlyFileMayBeWrittenAgain(t *testing.T) {
	t.Parallel()
	place, folder := increments(t, map[string]string{watched + "/tasks.md": "same"})
	tasks := filepath.Join(folder, watched, "tasks.md")
	require.NoError(t, os.Chmod(tasks, 0o444))
	look := lookOn(t, place)
	require.NoError(t, os.Chmod(tasks, 0o644))
	look.sees(t, "same")
}

func TestWatchFollowsTheIncrementAndTheFoldersAboveIt(t *testing.T) {
	t.Parallel()
	place, folder := increments(t, map[string]string{watched + "/tasks.md": "0"})
	look := lookOn(t, place)
	own := filepath.Join(folder, watched)
	specweave := filepath.Dir(folder)
	for round := range 3 {
		write := func(in, text string) {
			t.Helper()
			text = fmt.Sprint(text, round)
			save(t, filepath.Join(in, "tasks.md"), text)
			look.sees(t, strings.TrimPrefix(strings.TrimPrefix(filepath.Base(filepath.Dir(in)), "increments")+" "+text, " "))
		}
		remake := func() {
			t.Helper()
			require.NoError(t, os.MkdirAll(own, 0o755))
		}
		write(own, "at first")

		move(t, own, own+"-away")
		look.sees(t, "gone")
		move(t, own+"-away", own)
		look.sees(t, look.found())
		write(own, "renamed and back")

		require.NoError(t, os.RemoveAll(own))
		look.sees(t, "gone")
		remake()
		write(own, "deleted and made again")

		require.NoError(t, os.RemoveAll(own)) // and again, without a pause
		remake()
		write(own, "deleted and made at once")

		for _, group := range []string{"_archive", "_paused"} {
			require.NoError(t, os.MkdirAll(filepath.Join(folder, group), 0o755))
			move(t, own, filepath.Join(folder, group, watched))
			own = filepath.Join(folder, group, watched)
			look.sees(t, look.found())
			write(own, "moved to "+group)
		}
		move(t, own, filepath.Join(folder, watched))
		own = filepath.Join(folder, watched)
		write(own, "out of the groups")

		move(t, folder, folder+".old")
		look.sees(t, "gone")
		remake()
		write(own, "the increments replaced")
		require.NoError(t, os.RemoveAll(folder+".old"))

		require.NoError(t, os.RemoveAll(specweave))
		look.sees(t, "gone")
		remake()
		write(own, "all deleted and made again")

		move(t, place.Root, place.Root+"-away")
		look.sees(t, "gone")
		move(t, place.Root+"-away", place.Root)
		look.sees(t, look.found())
		write(own, "the project moved and back")
	}
}

func TestWatchWaitsForAnIncrementThatIsNotThereYet(t *testing.T) {
	t.Parallel()
	place, err := Find(tree(t, map[string]string{configPath: "{}"}))
	require.NoError(t, err)
	look := lookOn(t, place)

	folder := filepath.Join(place.Root, incrementsPath, watched)
	require.NoError(t, os.MkdirAll(folder, 0o755))
	save(t, filepath.Join(folder, "tasks.md"), "here")
	look.sees(t, "here")
}

func TestWatchSeesGitsBusinessAndAnotherBranch(t *testing.T) {
	t.Parallel()
	place, folder := increments(t, map[string]string{watched + "/tasks.md": "on main", watched + "/spec.md": "x"})
	git(t, place.Root, "init", "--quiet", "-b", "main")
	git(t, place.Root, "add", ".")
	git(t, place.Root, "commit", "--quiet", "-m", "first")
	git(t, place.Root, "checkout", "--quiet", "-b", "other")
	save(t, filepath.Join(folder, watched, "tasks.md"), "on other")
	git(t, place.Root, "commit", "--quiet", "-a", "-m", "second")
	git(t, place.Root, "checkout", "--quiet", "-b", "without")
	git(t, place.Root, "rm", "--quiet", "-r", ".specweave/increments")
	git(t, place.Root, "commit", "--quiet", "-m", "third")
	git(t, place.Root, "checkout", "--quiet", "main")
	place, err := Find(place.Root)
	require.NoError(t, err)
	look := lookOn(t, place)

	for range 2 {
		git(t, place.Root, "checkout", "--quiet", "other")
		look.sees(t, "on other")
		git(t, place.Root, "checkout", "--quiet", "without")
		look.sees(t, "gone")
		git(t, place.Root, "checkout", "--quiet", "main")
		look.sees(t, "on main")
	}
	for mark, says := range map[string]string{"MERGE_HEAD": "a merge", "REVERT_HEAD": "a revert", "index.lock": "another git command"} {
		save(t, filepath.Join(place.GitDir, mark), "x")
		look.sees(t, "on main"+says)
		require.NoError(t, os.Remove(filepath.Join(place.GitDir, mark)))
		look.sees(t, "on main")
	}
	require.NoError(t, os.Mkdir(filepath.Join(place.GitDir, "rebase-merge"), 0o755))
	look.sees(t, "on maina rebase")
}

// TestWatchKeepsQuietAboutWhatIsTheSame lets another watch, whose file is
// changed afterwards, tell that the first one had the time to call.
func TestWatchKeepsQuietAboutWhatIsTheSame(t *testing.T) {
	t.Parallel()
	place, folder := increments(t, map[string]string{watched + "/tasks.md": "same", "0001-other/spec.md": "", "_archive/": ""})
	elsewhere, other := increments(t, map[string]string{watched + "/tasks.md": ""})
	look, clock := lookOn(t, place), lookOn(t, elsewhere)
	pass := func(text string) {
		t.Helper()
		for _, half := range []string{"a", "b", "c"} {
			save(t, filepath.Join(other, watched, "tasks.md"), text+half)
			clock.sees(t, text+half)
		}
	}
	pass("idle")
	for name, noise := range map[string]func(){
		"other files": func() {
			save(t, filepath.Join(folder, "0001-other/spec.md"), "x")
			save(t, filepath.Join(folder, watched, "README.md"), "x")
			save(t, filepath.Join(folder, watched, ".firebreak-0123456789abcdef.tmp"), "x")
			require.NoError(t, os.MkdirAll(filepath.Join(folder, "_archive/0002-x"), 0o755))
			save(t, filepath.Join(place.Root, "main.go"), "x")
		},
		"the same bytes once more": func() { save(t, filepath.Join(folder, watched, "tasks.md"), "same") },
		"there and back": func() {
			move(t, filepath.Join(folder, watched), filepath.Join(folder, "0016-b"))
			move(t, filepath.Join(folder, "0016-b"), filepath.Join(folder, watched))
		},
	} {
		noise()
		pass(name)
		assert.Empty(t, look.calls, name)
	}

	for i := range 20 {
		save(t, filepath.Join(folder, watched, "tasks.md"), strings.Repeat("x", i+1))
	}
	_, moved, err := Swap(place.Root, []Edit{change(incrementsPath+"/"+watched+"/tasks.md", strings.Repeat("x", 20), "settled")})
	require.NoError(t, err)
	require.Empty(t, moved)
	look.sees(t, "settled")
	pass("afterwards")
	assert.Empty(t, look.calls, "what was settled is told once")
}

// TestStopNeverBlocks renames the folder away at each watch: the library
// reports on its second channel then, under its lock.
func TestStopNeverBlocks(t *testing.T) {
	t.Parallel()
	place, folder := increments(t, map[string]string{watched + "/tasks.md": "x"})
	from, to := filepath.Join(folder, watched), filepath.Join(folder, "0016-b")
	for range 400 {
		watch, err := startWatch(place, watched, func() {})
		require.NoError(t, err)
		move(t, from, to)
		move(t, to, from)
		watch.stop()
		requireClosed(t, watch.done, "stop must have ended it")
		requireClosed(t, watch.drained, "stop must have ended it")
	}
}

func TestStopComesBackFromInsideACallAndWhenCalledTwice(t *testing.T) {
	t.Parallel()
	place, folder := increments(t, map[string]string{watched + "/tasks.md": "x"})
	var stop func()
	ready, stopped := make(chan struct{}), make(chan struct{})
	stop, err := Watch(place, watched, func() {
		<-ready
		stop()
		close(stopped)
	})
	require.NoError(t, err)
	close(ready)
	save(t, filepath.Join(folder, watched, "tasks.md"), "y")

	select {
	case <-stopped:
	case <-time.After(20 * time.Second):
		t.Fatal("stop must come back")
	}
	stop()
}

func TestAnErrorOfTheWatcherMakesItLookAgain(t *testing.T) {
	t.Parallel()
	place, folder := increments(t, map[string]string{watched + "/tasks.md": "x"})
	look := lookOn(t, place)
	require.NoError(t, look.watch.events.Remove(filepath.Join(folder, watched)), "as if the event had been lost")
	save(t, filepath.Join(folder, watched, "tasks.md"), "y")

	look.watch.events.Errors <- fsnotify.ErrEventOverflow

	look.sees(t, "y")
	save(t, filepath.Join(folder, watched, "tasks.md"), "z")
	look.sees(t, "z")
}

func TestWhatCannotBeWatchedIsSaid(t *testing.T) {
	t.Parallel()
	place, _ := increments(t, nil)
	for _, test := range []struct {
		place Place
		id    string
	}{{place, "x"}, {place, "../0015-a"}, {place, "_archive"}, {Place{Root: place.Root}, watched}} {
		_, err := Watch(test.place, test.id, func() {})
		requireTrouble(t, err, "cannot be watched")
	}
	for cause, says := range map[error]string{
		syscall.ENOSPC: "the system's limit on watches is reached", syscall.EMFILE: "the system's limit on watches is reached",
		fs.ErrPermission: "the system does not permit it",
	} {
		requireTrouble(t, unwatchable("/project", fmt.Errorf("add: %w", cause)), "Changes below /project cannot be watched", says)
	}
}

func TestAWatchConcernsItselfWithItsOwn(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{configPath: "{}", ".git/HEAD": "x"})
	place, err := Find(root)
	require.NoError(t, err)
	sight := newSight(place, watched)
	for path, want := range map[string]bool{
		".": true, "..": true, ".specweave": true, ".specweave/increments": true, incrementsPath + "/0015-a": true,
		incrementsPath + "/0015-a/tasks.md": true, incrementsPath + "/_archive": true, incrementsPath + "/_archive/0015-a": true,
		incrementsPath + "/_archive/0015-a/spec.md": true, ".git": true, ".git/HEAD": true, ".git/index.lock": true,
		"main.go": false, ".specweave/config.json": false, ".specweave/state": false, ".spec": false, incrementsPath + "/0001-b": false,
		incrementsPath + "/0015-a/README.md": false, incrementsPath + "/_archive/0001-b": false, incrementsPath + "/0001-b/tasks.md": false,
		incrementsPath + "/0015-a/reports/tasks.md": false, ".git/index": false, ".git/refs": false, "../other": false,
	} {
		assert.Equal(t, want, sight.concerns(filepath.Join(root, filepath.FromSlash(path))), path)
	}
}
