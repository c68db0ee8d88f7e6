package repo

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAnExportOntoADiskThatIsReallyFullLeavesTheOldFileWhole(t *testing.T) {
	root := t.TempDir()
	if err := syscall.Mount("tmpfs", root, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("a disk of its own needs the rights of root: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(root, syscall.MNT_DETACH) })
	first, err := Write(root, []File{file("docs/post-mortem.md", "the old one\n")}, nil)
	require.NoError(t, err)
	filler := filepath.Join(root, "filler")
	full, err := os.Create(filler)
	require.NoError(t, err)
	block := make([]byte, 4096)
	rand.Read(block)
	for err == nil {
		_, err = full.Write(block)
	}
	require.NoError(t, full.Close())
	long := bytes.Repeat([]byte("a line of the new one\n"), 1000)

	_, err = Write(root, []File{{Path: "docs/post-mortem.md", Content: long}}, first.Known)

	require.ErrorIs(t, err, syscall.ENOSPC)
	assert.ErrorContains(t, err, "the disk is full")
	assert.ErrorContains(t, err, "What was there before is untouched. Free some space")
	assert.Equal(t, "the old one\n", on(t, root, "docs/post-mortem.md"))
	assert.Equal(t, []string{"post-mortem.md"}, names(t, filepath.Join(root, "docs")), "no half file stays behind")

	require.NoError(t, os.Remove(filler))
	_, err = Write(root, []File{{Path: "docs/post-mortem.md", Content: long}}, first.Known)
	require.NoError(t, err)
	assert.Equal(t, string(long), on(t, root, "docs/post-mortem.md"))
}
