package data

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// remoteFileSystem names the file system of a folder when it may lie on
// another computer.
func remoteFileSystem(dir string) (name string, remote bool) {
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(dir) + `\`)
	if err != nil || windows.GetDriveType(root) != windows.DRIVE_REMOTE {
		return "", false
	}
	return networkName("cifs")
}
