package instance_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/instance"
)

// holdVariable makes this test's own program hold a folder until it is killed.
const holdVariable = "FIREBREAK_TEST_HOLD"

func TestMain(m *testing.M) {
	if folder := os.Getenv(holdVariable); folder != "" {
		hold(folder)
		return
	}
	os.Exit(m.Run())
}

func hold(folder string) {
	if _, err := instance.Take(place(folder, ""), instance.Ask{}); err != nil {
		os.Exit(1)
	}
	_, _ = os.Stdout.WriteString("held\n")
	select {}
}

func place(folder, meeting string) instance.Place {
	return instance.Place{
		Data: folder, State: filepath.Join(folder, "state"), Meeting: meeting, Version: "0.1.0", Patience: 100 * time.Millisecond,
	}
}

// newPlace is a data folder of its own, with a short way to a socket.
func newPlace(t *testing.T) instance.Place {
	t.Helper()
	short, err := os.MkdirTemp("", "fb")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(short) })
	return place(t.TempDir(), short)
}

func take(t *testing.T, at instance.Place) *instance.Held {
	t.Helper()
	h, err := instance.Take(at, instance.Ask{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = h.Leave() })
	return h
}

// window answers asks and keeps them.
type window struct {
	mu    sync.Mutex
	asked []instance.Ask
}

func (w *window) answer(ask instance.Ask, done func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, ask)
	done()
}

func (w *window) heard() []instance.Ask {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.asked
}

func TestASecondStartRaisesTheFirstWindowAndHandsOverWhatWasAskedFor(t *testing.T) {
	at := newPlace(t)
	first := take(t, at)
	var w window
	first.Answer(w.answer)

	ask := instance.Ask{Sample: true, Incident: "01935b7f"}
	second, err := instance.Take(at, ask)
	assert.Nil(t, second)
	var elsewhere *instance.Elsewhere
	require.ErrorAs(t, err, &elsewhere)
	assert.Contains(t, elsewhere.Says, "brought to the front")
	assert.Equal(t, []instance.Ask{ask}, w.heard())
}

func TestAStartDuringTheFirstOnesStartIsToldSoAndIsNotForgotten(t *testing.T) {
	at := newPlace(t)
	first := take(t, at)
	_, err := instance.Take(at, instance.Ask{Incident: "early"})
	var elsewhere *instance.Elsewhere
	require.ErrorAs(t, err, &elsewhere)
	assert.Contains(t, elsewhere.Says, "starting")

	var w window
	first.Answer(w.answer)
	assert.Equal(t, []instance.Ask{{Incident: "early"}}, w.heard())
}

func TestAWindowThatHangsIsToldInASentenceWithARemedy(t *testing.T) {
	at := newPlace(t)
	first := take(t, at)
	first.Answer(func(instance.Ask, func()) {}) // never done
	_, err := instance.Take(at, instance.Ask{})
	var silent *instance.Silent
	require.ErrorAs(t, err, &silent)
	for _, part := range []string{"does not answer", "is safe", "end that process", "firebreak status", "process "} {
		assert.Contains(t, silent.Says, part)
	}
}

func TestOtherFoldersAreIndependentAndOneFolderHasOneNameHoweverItIsReached(t *testing.T) {
	at := newPlace(t)
	first := take(t, at)
	var w window
	first.Answer(w.answer)

	take(t, newPlace(t))
	assert.Empty(t, w.heard())

	shared := newPlace(t) // the same state folder, as the system's own places have
	shared.State = at.State
	take(t, shared)
	assert.Empty(t, w.heard())

	way := filepath.Join(t.TempDir(), "way")
	require.NoError(t, os.Symlink(at.Data, way))
	round := at
	round.Data = way
	_, err := instance.Take(round, instance.Ask{})
	var elsewhere *instance.Elsewhere
	require.ErrorAs(t, err, &elsewhere)
	assert.Len(t, w.heard(), 1)
}

func TestAProperEndLeavesNothingInTheWayAndNothingToSay(t *testing.T) {
	at := newPlace(t)
	first, err := instance.Take(at, instance.Ask{})
	require.NoError(t, err)
	assert.Nil(t, first.Before())
	require.NoError(t, first.Leave())

	assert.Nil(t, take(t, at).Before())
	left, err := os.ReadDir(at.Meeting)
	require.NoError(t, err)
	assert.Len(t, left, 1, "only the new socket's folder")
}

func TestKillDashNineNeverBlocksAndIsNoticed(t *testing.T) {
	folder := t.TempDir()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), holdVariable+"="+folder)
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	said := make([]byte, 5)
	_, err = out.Read(said)
	require.NoError(t, err)
	require.Equal(t, "held\n", string(said))
	at := place(folder, "")
	_, err = instance.Take(at, instance.Ask{})
	require.Error(t, err, "the child has the folder")

	require.NoError(t, child.Process.Kill())
	_ = child.Wait()
	now := take(t, at)
	require.NotNil(t, now.Before())
	assert.Equal(t, child.Process.Pid, now.Before().Process)
	assert.Equal(t, "0.1.0", now.Before().Version)
	assert.NoFileExists(t, now.Before().Socket, "the stale socket is swept")
	assert.NoDirExists(t, filepath.Dir(now.Before().Socket))
}

func TestWhatATornNoteSaysIsOnlyThatSomethingWasThere(t *testing.T) {
	at := newPlace(t)
	first := take(t, at)
	note := only(t, at.State, ".json")
	require.NoError(t, first.Leave())
	precious := filepath.Join(t.TempDir(), "s")
	require.NoError(t, os.WriteFile(precious, nil, 0o600))
	for _, torn := range []string{"", "{", "null", `{"socket":7}`, `{"socket":"` + filepath.ToSlash(precious) + `"}`, strings.Repeat("x", 1<<17)} {
		require.NoError(t, os.WriteFile(note, []byte(torn), 0o600))
		next, err := instance.Take(at, instance.Ask{})
		require.NoError(t, err, torn)
		assert.FileExists(t, precious, "what is no socket is not swept")
		require.NoError(t, next.Leave())
	}
}

func only(t *testing.T, folder, ending string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*"+ending))
	require.NoError(t, err)
	require.Len(t, found, 1)
	return found[0]
}

func TestOnlyThePersonHerselfCanReachTheWindowAndNobodyOverANetwork(t *testing.T) {
	at := newPlace(t)
	take(t, at)
	for path, mode := range map[string]os.FileMode{
		at.State:                       0o700,
		only(t, at.State, ".json"):     0o600,
		only(t, at.State, ".lock"):     0o600,
		only(t, at.Meeting, ""):        0o700,
		only(t, at.Meeting, "") + "/s": os.ModeSocket,
	} {
		info, err := os.Stat(path)
		require.NoError(t, err)
		if mode == os.ModeSocket {
			assert.Equal(t, mode, info.Mode().Type(), "a socket in a file system, not a port")
			continue
		}
		assert.Equal(t, mode, info.Mode().Perm(), path)
	}
}

func TestAFolderWithALongPathStillHasASocket(t *testing.T) {
	long := filepath.Join(t.TempDir(), strings.Repeat("long", 30))
	require.NoError(t, os.MkdirAll(long, 0o700))
	t.Setenv("XDG_RUNTIME_DIR", long)
	t.Setenv("TMPDIR", long)
	first := take(t, place(long, ""))
	var w window
	first.Answer(w.answer)
	_, err := instance.Take(place(long, ""), instance.Ask{})
	var elsewhere *instance.Elsewhere
	require.ErrorAs(t, err, &elsewhere)
	assert.Len(t, w.heard(), 1)
	left, err := os.ReadDir(long)
	require.NoError(t, err)
	assert.Len(t, left, 1, "nothing but the state lies there")
}

func TestAPlaceWithoutASocketOrALockDoesNotStopTheStart(t *testing.T) {
	at := newPlace(t)
	at.Meeting = filepath.Join(at.Data, "nowhere")
	take(t, at)
	_, err := instance.Take(at, instance.Ask{})
	var silent *instance.Silent
	require.ErrorAs(t, err, &silent, "it holds the folder all the same")

	blocked := newPlace(t)
	require.NoError(t, os.WriteFile(blocked.State, nil, 0o600))
	free, err := instance.Take(blocked, instance.Ask{})
	require.NoError(t, err)
	assert.Nil(t, free.Before())
	free.Alive(time.Unix(0, 0))
	free.Answer(func(instance.Ask, func()) {})
	assert.NoError(t, free.Leave())
}

func TestOfManyStartsAtOnceOneBecomesTheWindow(t *testing.T) {
	at := newPlace(t)
	var all sync.WaitGroup
	var mu sync.Mutex
	held, told := 0, 0
	for range 12 {
		all.Go(func() {
			h, err := instance.Take(at, instance.Ask{})
			mu.Lock()
			defer mu.Unlock()
			var elsewhere *instance.Elsewhere
			switch {
			case err == nil:
				held++
				t.Cleanup(func() { _ = h.Leave() })
			case errors.As(err, &elsewhere):
				told++
			}
		})
	}
	all.Wait()
	assert.Equal(t, 1, held)
	assert.Equal(t, 11, told)
}

func TestTheNextStartKnowsUntilWhenTheOneBeforeWasThere(t *testing.T) {
	at := newPlace(t)
	first := take(t, at)
	seen := time.Date(2024, 11, 25, 14, 47, 0, 0, time.UTC)
	first.Alive(seen)
	note := only(t, at.State, ".json")
	text, err := os.ReadFile(note)
	require.NoError(t, err)
	require.NoError(t, first.Leave())
	require.NoError(t, os.WriteFile(note, text, 0o600))
	require.NoError(t, os.Chtimes(note, seen, seen))
	assert.Equal(t, seen, take(t, at).Before().Seen.UTC())
}
