//go:build unix

package cli

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/ahead"
	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// readByCommands reads a line as the commands do; ran is false when it is not
// firebreak run that would run.
func readByCommands(args []string) (flags map[string]string, words []string, ran bool) {
	r := &run{}
	root := r.command()
	root.PersistentPreRunE = nil
	cmd, _, err := root.Find([]string{"run"})
	if err != nil {
		return nil, nil, false
	}
	flags = map[string]string{}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		cmd.Flags().Visit(func(f *pflag.Flag) { flags[f.Name] = f.Value.String() })
		words, ran = args, true
		return nil
	}
	root.SetArgs(args)
	if root.Execute() != nil {
		return nil, nil, false
	}
	return flags, words, ran
}

// What is started ahead of the commands is what they would have started.
func TestALineReadAheadIsReadAsTheCommandsReadIt(t *testing.T) {
	t.Parallel()
	parts := []string{
		"run", "run", "run", "--", "npm", "test", "-v", "--json", "--utc", "--local", "--sample", "-i", "018f", "-i=018f", "-i018f", "--as", "Bob", "--as=Ann", "--as=", "",
		"--data-dir", "/x", "--data-dir=/y", "--no-record", "--no-record=false", "--override", "why", "--by=Bob", "--name", "Auth tests", "--suite=critical", "--help", "-h", "-",
		"--log-level", "debug", "--version", "--unknown", "status", "--sample=true", "--no-input", "--no-color", "--name=--", "-ih",
	}
	random := rand.New(rand.NewPCG(4, 2))
	plain := 0
	for range 3000 {
		args := make([]string, 1+random.IntN(7))
		for i := range args {
			args[i] = parts[random.IntN(len(parts))]
		}
		if random.IntN(2) == 0 {
			args[0] = "run"
		}
		line, is := ahead.Read(args)
		if !is {
			continue
		}
		plain++
		flags, words, ran := readByCommands(args)
		require.True(t, ran, "%q", args)
		require.Equal(t, words, line.Words, "%q", args)
		require.Equal(t, flags, line.Flags, "%q", args)
	}
	assert.Greater(t, plain, 300, "else this proves little")

	for _, args := range [][]string{
		{"run", "--", "echo", "x"}, {"run", "npm", "test", "--", "--grep", "auth"}, {"--data-dir", "/x", "run", "--name", "Auth tests", "--no-record", "--", "sh", "-c", "exit 3"},
	} {
		_, is := ahead.Read(args)
		assert.True(t, is, "the usual is read ahead: %q", args)
	}
}

// Nothing is started ahead that the commands would ask the log about.
func TestNoSuiteIsStartedAhead(t *testing.T) {
	t.Parallel()
	p, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(t, err)
	folder := t.TempDir()
	note := filepath.Join(folder, "ran")
	seen := 0
	for _, suite := range p.Work.NotNow {
		for _, pattern := range suite.Match {
			command, err := workflow.SplitCommand(workflow.JoinCommand([]string{pattern}))
			require.NoError(t, err)
			for _, words := range [][]string{command, splitBlank(pattern), append([]string{"env", "CI=1"}, splitBlank(pattern)...), append(splitBlank(pattern), "-v")} {
				_, refused, _ := p.SuiteOf(workflow.JoinCommand(words), nil)
				if refused == nil {
					continue
				}
				seen++
				require.True(t, ahead.ShippedSuite(words), "%q", words)
				require.Nil(t, ahead.Begin(append([]string{"run", "--"}, words...), folder), "%q", words)
			}
		}
	}
	assert.Greater(t, seen, 60, "else the playbook's suites are not found")

	touch := []string{"run", "--no-input", "--", "touch", note}
	begun := ahead.Begin(touch, folder)
	require.NotNil(t, begun, "what is no suite is")
	begun.Wait()
	require.FileExists(t, note)
	require.NoError(t, os.Remove(note))

	git := filepath.Join(folder, ".git")
	require.NoError(t, os.MkdirAll(git, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(git, "HEAD"), []byte("ref: refs/heads/main\n"), 0o600))
	own := filepath.Join(folder, ".firebreak", "playbook.yaml")
	require.NoError(t, os.MkdirAll(filepath.Dir(own), 0o755))
	require.NoError(t, os.WriteFile(own, nil, 0o600))
	below := filepath.Join(folder, "a", "b")
	require.NoError(t, os.MkdirAll(below, 0o755))
	place, err := repo.Find(below)
	require.NoError(t, err)
	_, found := repo.PlaybookPath(place)
	require.True(t, found, "this is where a repository keeps its playbook")
	assert.Nil(t, ahead.Begin(touch, below), "a playbook of the repository may name other suites")
	assert.NoFileExists(t, note)
}

func splitBlank(pattern string) []string {
	words, err := workflow.SplitCommand(pattern)
	if err != nil {
		return []string{pattern}
	}
	return words
}
