package repo

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// tree makes files below a fresh folder; a path that ends in / is a folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	for path, content := range files {
		full := filepath.Join(root, filepath.FromSlash(path))
		if path[len(path)-1] == '/' {
			require.NoError(t, os.MkdirAll(full, 0o755))
			continue
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(full), 0o755))
		require.NoError(t, os.WriteFile(full, []byte(content), 0o644))
	}
	return root
}

func on(t *testing.T, root, path string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
	require.NoError(t, err)
	return string(content)
}

func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	var all []string
	for _, entry := range entries {
		all = append(all, entry.Name())
	}
	return all
}

// git runs the real git without the settings of whoever runs the tests.
func git(t *testing.T, folder string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	command := exec.Command("git", args...)
	command.Dir = folder
	command.Env = append(gitEnvironment(os.Environ()),
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	out, err := command.CombinedOutput()
	require.NoError(t, err, "git %v: %s", args, out)
	return string(out)
}

func requireTrouble(t *testing.T, err error, parts ...string) {
	t.Helper()
	var told *Trouble
	require.ErrorAs(t, err, &told)
	for _, part := range parts {
		require.Contains(t, told.Says, part)
	}
	require.Regexp(t, `(Nothing (else )?was (changed|written|created)|[Nn]othing was committed|untouched|has its content|not created again)`,
		told.Says, "an error must say what is safe")
}
