package stage_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/crash"
	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/app/stage"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// secretMark is in every text that is typed in this story.
const secretMark = "zqxsecret"

// marked is an intent with the mark in every text of it, and how many those
// are. Names of levels, channels and gates have types of their own, or are
// refused with the mark and then asked without it.
func marked(want workflow.Intent) (workflow.Intent, int) {
	v := reflect.New(reflect.TypeOf(want)).Elem()
	v.Set(reflect.ValueOf(want))
	n := markIn(v)
	return v.Interface().(workflow.Intent), n
}

func markIn(v reflect.Value) (n int) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.String() != "" {
			v.SetString(v.String() + " " + secretMark)
			return 1
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[workflow.Playbook]() || v.Type() == reflect.TypeFor[time.Time]() {
			return 0
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				n += markIn(v.Field(i))
			}
		}
	case reflect.Slice:
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		v.Set(own)
		for i := range v.Len() {
			n += markIn(v.Index(i))
		}
	}
	return n
}

func TestNothingThatAnybodyWritesIsEverInTheLogsOrInACrash(t *testing.T) {
	folder, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	shop := filepath.Join(folder, "shop-"+secretMark)
	_, err = repo.Init(shop)
	require.NoError(t, err)
	data := filepath.Join(folder, "data")
	s, err := stage.Open(stage.Set{
		Folder: data, Repository: shop, Start: sample.Alert().Add(-time.Minute), Name: "Jane " + secretMark, Size: fyne.NewSize(800, 600),
	})
	require.NoError(t, err)
	t.Cleanup(s.Close)
	record, _ := crash.Begin(s.House.Places.Logs, "0.1.0", s.Clock.Now())

	marks := playMarked(t, s)
	assert.Greater(t, marks, 25, "the story must hold the mark, or this test proves nothing")
	typeMarked(t, s)
	breakMarked(t, s, record)

	logs := filesIn(t, s.House.Places.Logs)
	for name, text := range logs {
		assert.NotContains(t, text, secretMark, name)
		for _, word := range []string{"Outage", "Login", "Jane", "Regex", "shop-", folder} {
			assert.NotContains(t, text, word, name)
		}
	}
	log := logs["firebreak.log"]
	for _, part := range []string{"store.opened", "doing=append", "doing=draft", "doing=search", "disk.failed"} {
		assert.Contains(t, log, part, "the log was written")
	}
	assert.Contains(t, strings.Join(keysOf(logs), " "), "fault-")
}

// playMarked plays the whole sample with the mark in every text that may hold it.
func playMarked(t *testing.T, s *stage.Stage) (marks int) {
	t.Helper()
	for _, step := range sample.Script(s.Desk.State().Policy, sample.Alert()) {
		with := step
		n := 0
		if step.Want != nil {
			with.Want = func(in workflow.Incident) workflow.Intent {
				want, found := marked(step.Want(in))
				n = found
				return want
			}
		}
		if s.PlayStep(with) == nil {
			marks += n
			continue
		}
		require.NoError(t, s.PlayStep(step))
	}
	return marks
}

// typeMarked types, searches and exports.
func typeMarked(t *testing.T, s *stage.Stage) {
	t.Helper()
	for _, field := range []string{"composer", "app.title", "board.next", "review.lessons"} {
		s.Desk.Draft(field, secretMark+" half typed")
	}
	s.Pass(time.Second)
	s.Desk.Search(secretMark, 10, func(hits []session.Hit, err error) { assert.NotEmpty(t, hits) })
	s.Pump()
	s.Desk.Export(nil, func(err error) { assert.NoError(t, err) }, "increment", "post-mortem")
	s.Pump()
	s.Desk.Do(workflow.Note{Text: ""}, func(err error) { assert.Error(t, err) })
	s.Desk.Do(workflow.AddAction{Text: secretMark, Owner: secretMark, Due: "no day " + secretMark}, func(error) {})
	s.Pump()
}

// breakMarked lets the disk fail under a note, and the program under another.
func breakMarked(t *testing.T, s *stage.Stage, record *crash.Record) {
	t.Helper()
	s.House.Close()
	s.Desk.Do(workflow.Note{Text: secretMark}, func(err error) { assert.Error(t, err) })
	s.Pump()
	func() {
		defer func() { record.Fault(s.Clock.Now(), recover(), debug.Stack()) }()
		panic(fmt.Errorf("cannot draw the note %q", secretMark))
	}()
	record.Fatal("the note "+secretMark, debug.Stack())
}

func filesIn(t *testing.T, folder string) map[string]string {
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

func keysOf(m map[string]string) (keys []string) {
	for key := range m {
		keys = append(keys, key)
	}
	return keys
}
