//go:build !linux && !darwin && !windows

package data

// remoteFileSystem cannot tell on this system.
func remoteFileSystem(string) (name string, remote bool) { return "", false }
