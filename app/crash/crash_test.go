package crash_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/crash"
)

// crashVariable makes this test's own program crash; its value says how.
const (
	crashVariable  = "FIREBREAK_TEST_CRASH"
	folderVariable = "FIREBREAK_TEST_FOLDER"
	secret         = "Jane's secret note"
)

var start = time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC)

func TestMain(m *testing.M) {
	if how := os.Getenv(crashVariable); how != "" {
		record, _ := crash.Begin(os.Getenv(folderVariable), "0.1.0", start)
		breakDown(how)
		record.End()
		return
	}
	os.Exit(m.Run())
}

type noted struct{ text string }

func (n noted) Error() string { return n.text }

func breakDown(how string) {
	switch how {
	case "text":
		panic("the note " + secret)
	case "lines":
		panic(secret + "\ngoroutine 1 [running]:\n" + secret + "\nfatal error: " + secret)
	case "error":
		panic(fmt.Errorf("cannot fold %q: %w", secret, noted{secret}))
	case "pretender":
		panic("runtime error: " + secret)
	case "nested":
		defer func() { panic(recover()) }()
		panic(secret)
	case "index":
		var empty []int
		_ = empty[len(secret)]
	case "elsewhere":
		done := make(chan struct{})
		go func() { panic(secret) }()
		<-done
	}
}

// run lets a program of its own go through a run, and answers its folder.
func run(t *testing.T, how, folder string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashVariable+"="+how, folderVariable+"="+folder)
	out, err := child.CombinedOutput()
	if how == "well" {
		require.NoError(t, err, string(out))
	} else {
		require.Error(t, err)
	}
}

func TestAfterACrashTheNextStartHasTheStackAndNoWordOfAnybody(t *testing.T) {
	for _, how := range []string{"text", "lines", "error", "pretender", "nested", "index", "elsewhere"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join(t.TempDir(), "logs")
			run(t, how, folder)
			record, past := crash.Begin(folder, "0.2.0", start)
			t.Cleanup(record.End)
			require.NotNil(t, past)
			assert.Contains(t, past.Text, "Firebreak 0.1.0", "the version that crashed")
			assert.Contains(t, past.Text, "crash_test.go:")
			assert.Contains(t, past.Text, "breakDown")
			assert.Contains(t, past.Text, "panic: ")
			assert.NotContains(t, past.Text, "secret")
			assert.Equal(t, how == "index", strings.Contains(past.Text, "index out of range [18] with length 0"))
			assert.NotZero(t, past.At)
			for name, text := range files(t, folder) {
				assert.NotContains(t, text, "secret", name)
			}
			kept, err := os.ReadFile(past.Path)
			require.NoError(t, err)
			assert.Equal(t, past.Text, string(kept))
		})
	}
}

func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	found, err := os.ReadDir(folder)
	require.NoError(t, err)
	out := map[string]string{}
	for _, f := range found {
		text, err := os.ReadFile(filepath.Join(folder, f.Name()))
		require.NoError(t, err)
		out[f.Name()] = string(text)
		info, err := f.Info()
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), f.Name())
	}
	return out
}

func TestARunThatEndsWellLeavesNothing(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "logs")
	run(t, "well", folder)
	assert.Empty(t, files(t, folder))
	record, past := crash.Begin(folder, "0.2.0", start)
	assert.Nil(t, past)
	record.End()
	record, past = crash.Begin(folder, "0.2.0", start)
	assert.Nil(t, past)
	record.End()
}

func TestACrashIsOfferedOnceAndFiveStay(t *testing.T) {
	folder := t.TempDir()
	for range crash.Keep + 2 {
		run(t, "index", folder)
	}
	record, past := crash.Begin(folder, "0.2.0", start)
	require.NotNil(t, past)
	record.End()
	assert.Len(t, files(t, folder), crash.Keep)
	record, past = crash.Begin(folder, "0.2.0", start)
	assert.Nil(t, past)
	record.End()
}

func TestAFaultThatWasSurvivedIsKeptAndNotOffered(t *testing.T) {
	folder := t.TempDir()
	record, _ := crash.Begin(folder, "0.1.0", start)
	path := record.Fault(start, errors.New(secret), debug.Stack())
	text := files(t, folder)[filepath.Base(path)]
	assert.Contains(t, text, "panic: *errors.errorString (its words are left out")
	assert.Contains(t, text, "crash_test.go:")
	assert.NotContains(t, text, "secret")
	record.End()
	again, past := crash.Begin(folder, "0.1.0", start)
	assert.Nil(t, past)
	again.End()
}

func TestAFaultThatEndsTheProgramIsOffered(t *testing.T) {
	folder := t.TempDir()
	record, _ := crash.Begin(folder, "0.1.0", start)
	func() {
		defer func() { record.Fatal(recover(), debug.Stack()) }()
		breakDown("text")
	}()
	record.End()
	again, past := crash.Begin(folder, "0.1.0", start)
	defer again.End()
	require.NotNil(t, past)
	assert.Contains(t, past.Text, "breakDown")
	assert.NotContains(t, past.Text, "secret")
}

func TestAFolderThatCannotBeWrittenStopsNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	record, past := crash.Begin(filepath.Join(file, "logs"), "0.1.0", start)
	assert.Nil(t, past)
	assert.Empty(t, record.Fault(start, "x", nil))
	record.Fatal("x", nil)
	record.End()
}

func FuzzScrubbedTextNeverHoldsTheWordsOfAPanic(f *testing.F) {
	f.Add("plain")
	f.Add("two\nlines")
	f.Add("x [recovered]\n[signal SIGSEGV: ")
	f.Add("\ngoroutine 7 [running]:\n")
	f.Add("runtime error: index out of range [1] with length 1")
	f.Fuzz(func(t *testing.T, words string) {
		// The runtime indents what follows a line end.
		said := "panic: " + strings.ReplaceAll(words+" "+secret, "\n", "\n\t") + "\n\ngoroutine 1 [running]:\nmain.main()\n"
		got := crash.Scrub(said)
		assert.NotContains(t, got, "secret")
		assert.Contains(t, got, "goroutine 1 [running]:\nmain.main()")
	})
}
