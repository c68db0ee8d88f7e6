package data

// networkName says how a kind of file system is called that lies on another
// computer, or may. Write-ahead logging needs memory that all users of the file
// share, and locks that hold; over a network neither is sure.
func networkName(kind string) (name string, remote bool) {
	switch kind {
	case "nfs":
		return "a network share (NFS)", true
	case "smbfs", "smb2", "cifs":
		return "a Windows share (SMB)", true
	case "afpfs":
		return "an Apple share (AFP)", true
	case "webdav":
		return "a WebDAV share", true
	case "9p", "vboxsf":
		return "a folder of the computer that hosts this virtual machine (9P, VirtualBox)", true
	case "fuse", "macfuse", "osxfuse":
		return "a file system of another program (FUSE)", true
	case "ceph", "afs":
		return "a network file system", true
	default:
		return "", false
	}
}
