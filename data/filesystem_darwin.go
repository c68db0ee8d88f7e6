package data

import "golang.org/x/sys/unix"

// remoteFileSystem names the file system of a folder when it may lie on
// another computer.
func remoteFileSystem(dir string) (name string, remote bool) {
	var fs unix.Statfs_t
	if unix.Statfs(dir, &fs) != nil {
		return "", false
	}
	return networkName(unix.ByteSliceToString(fs.Fstypename[:]))
}
