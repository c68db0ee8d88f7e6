package specweave_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"firebreak/export/specweave"
)

// files are the three that a glance reads, as the app writes them.
func files(b *testing.B) (metadata, spec, tasks []byte) {
	read := func(name string) []byte {
		src, err := os.ReadFile(filepath.Join("..", "testdata", "increment-open", name))
		require.NoError(b, err)
		return src
	}
	return read("metadata.json"), read("spec.md"), read("tasks.md")
}

func BenchmarkGlance(b *testing.B) {
	metadata, spec, tasks := files(b)
	b.SetBytes(int64(len(metadata) + len(spec) + len(tasks)))
	b.ReportAllocs()
	for b.Loop() {
		specweave.Glance("0015-hotfix-auth-outage", metadata, spec, tasks)
	}
}

func BenchmarkTick(b *testing.B) {
	_, _, tasks := files(b)
	b.SetBytes(int64(len(tasks)))
	b.ReportAllocs()
	for b.Loop() {
		list := specweave.ReadTasks(tasks).List
		_, _ = specweave.SetTask(tasks, list[2].ID, !list[2].Done)
	}
}

// A file that only goldmark can read.
func BenchmarkTickThroughGoldmark(b *testing.B) {
	_, _, tasks := files(b)
	tasks = []byte(string(tasks) + "\ntext\n\n  an indented line\n")
	b.ReportAllocs()
	for b.Loop() {
		list := specweave.ReadTasks(tasks).List
		_, _ = specweave.SetTask(tasks, list[2].ID, !list[2].Done)
	}
}

func BenchmarkGlanceWithFoldedFrontMatter(b *testing.B) {
	metadata, spec, tasks := files(b)
	spec = []byte(strings.Replace(string(spec), "type: hotfix\n", "type: hotfix\nnote: >-\n  a\n  b\n", 1))
	b.ReportAllocs()
	for b.Loop() {
		specweave.Glance("0015-hotfix-auth-outage", metadata, spec, tasks)
	}
}

func BenchmarkEditMetadata(b *testing.B) {
	metadata, _, _ := files(b)
	b.ReportAllocs()
	for b.Loop() {
		_, _ = specweave.EditMetadata(metadata, specweave.Change{Key: "status", Value: `"completed"`}, specweave.Change{Key: "completed", Value: `"now"`})
	}
}
