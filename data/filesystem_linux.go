package data

import "golang.org/x/sys/unix"

// remoteFileSystem names the file system of a folder when it may lie on
// another computer.
func remoteFileSystem(dir string) (name string, remote bool) {
	var fs unix.Statfs_t
	if unix.Statfs(dir, &fs) != nil {
		return "", false
	}
	return nameOfMagic(uint32(fs.Type))
}

// vboxMagic is that of VirtualBox's shared folders, which x/sys does not name.
const vboxMagic = 0x786f4256

func nameOfMagic(magic uint32) (name string, remote bool) {
	return networkName(map[uint32]string{
		unix.NFS_SUPER_MAGIC: "nfs", unix.SMB_SUPER_MAGIC: "smbfs", unix.SMB2_SUPER_MAGIC: "smb2",
		unix.CIFS_SUPER_MAGIC: "cifs", unix.V9FS_MAGIC: "9p", unix.FUSE_SUPER_MAGIC: "fuse",
		unix.CEPH_SUPER_MAGIC: "ceph", unix.AFS_FS_MAGIC: "afs", vboxMagic: "vboxsf",
	}[magic])
}
