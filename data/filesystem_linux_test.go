package data

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/sys/unix"
)

func TestNetworkFileSystemsAreKnown(t *testing.T) {
	for magic, remote := range map[uint32]bool{
		unix.NFS_SUPER_MAGIC: true, unix.SMB2_SUPER_MAGIC: true, unix.CIFS_SUPER_MAGIC: true, unix.V9FS_MAGIC: true,
		unix.FUSE_SUPER_MAGIC: true, vboxMagic: true, unix.EXT4_SUPER_MAGIC: false, unix.BTRFS_SUPER_MAGIC: false, unix.TMPFS_MAGIC: false,
	} {
		name, got := nameOfMagic(magic)
		assert.Equal(t, remote, got, "%#x", magic)
		assert.Equal(t, remote, name != "", "%#x", magic)
	}
}

func TestALocalFolderNeedsNoWarning(t *testing.T) {
	if _, remote := remoteFileSystem(t.TempDir()); remote {
		t.Skip("the temporary folder is not local")
	}
	assert.Empty(t, openNew(t).Warnings())
}
