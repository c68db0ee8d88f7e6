package data

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// deniedPath makes the test binary open a database, and print the trouble that
// it meets: whoever runs the tests may have every right, so another person must
// try.
const deniedPath = "FIREBREAK_TEST_DENIED_PATH"

// nobody is a person without any rights.
const nobody = 65534

func TestATroubleOfSomebodyWithoutRights(t *testing.T) {
	path := os.Getenv(deniedPath)
	if path == "" {
		t.Skip("it is the other process of the test below")
	}
	s, err := Open(t.Context(), path, options())
	if err == nil {
		err = tryNote(t, s, 0, "x")
	}
	var trouble *Trouble
	if errors.As(err, &trouble) {
		trouble.Err = nil
	}
	_ = json.NewEncoder(os.Stdout).Encode(trouble)
}

func TestAFolderWithoutPermissionIsNamed(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("to be somebody else needs the rights of root")
	}
	for _, c := range []struct {
		name         string
		folder, file os.FileMode
		code         kind
	}{
		{"the folder may not be entered", 0o700, 0o600, kindDenied},
		{"the file may not be read", 0o777, 0o600, kindUnreachable},
		{"the file may only be read", 0o777, 0o644, kindDenied},
		{"the folder may only be read", 0o755, 0o666, kindDenied},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, err := os.MkdirTemp("", "firebreak-denied-") // every folder above must let nobody in
			require.NoError(t, err)
			t.Cleanup(func() { _ = os.RemoveAll(dir) })
			path := filepath.Join(dir, "firebreak.db")
			s, err := Open(t.Context(), path, options())
			require.NoError(t, err)
			write(t, s, "inc", 0, "before")
			require.NoError(t, s.Close())
			for _, suffix := range []string{presenceSuffix, ".witness"} {
				require.NoError(t, os.Chmod(path+suffix, 0o666))
			}
			require.NoError(t, os.Chmod(path, c.file))
			require.NoError(t, os.Chmod(dir, c.folder))

			said := asNobody(t, path)

			assert.Equal(t, string(c.code), said.Code, "%+v", said)
			assertSentences(t, said, path)
			require.NoError(t, os.Chmod(dir, 0o700))
			require.NoError(t, os.Chmod(path, 0o600))
			assertSound(t, openAt(t, path), 1)
		})
	}
}

// asNobody opens the database as a person without rights and answers what that
// person reads.
func asNobody(t *testing.T, path string) *Trouble {
	t.Helper()
	cmd := exec.Command("/proc/self/exe", "-test.run", "TestATroubleOfSomebodyWithoutRights")
	cmd.Env = append(os.Environ(), deniedPath+"="+path)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	out, err := cmd.Output()
	require.NoError(t, err, "%s", out)
	var said Trouble
	require.NoError(t, json.Unmarshal(firstLine(out), &said), "%s", out)
	return &said
}

func firstLine(out []byte) []byte {
	for i, b := range out {
		if b == '\n' {
			return out[:i]
		}
	}
	return []byte(fmt.Sprintf("%q", out))
}
