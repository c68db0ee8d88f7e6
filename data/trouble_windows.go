package data

import (
	"syscall"

	"golang.org/x/sys/windows"
)

// kindsOfErrno are the numbers by which the system says what is wrong.
func kindsOfErrno() map[syscall.Errno]kind {
	return map[syscall.Errno]kind{
		windows.ERROR_DISK_FULL: kindFull, windows.ERROR_HANDLE_DISK_FULL: kindFull, windows.ERROR_DISK_QUOTA_EXCEEDED: kindQuota,
		windows.ERROR_WRITE_PROTECT: kindReadOnly, windows.ERROR_ACCESS_DENIED: kindDenied,
		windows.ERROR_CRC: kindDisk, windows.ERROR_IO_DEVICE: kindDisk, windows.ERROR_GEN_FAILURE: kindDisk,
		windows.ERROR_NOT_READY: kindMissing, windows.ERROR_FILE_NOT_FOUND: kindMissing, windows.ERROR_PATH_NOT_FOUND: kindMissing,
		windows.ERROR_BAD_NETPATH: kindMissing, windows.ERROR_NETNAME_DELETED: kindMissing,
		windows.ERROR_SHARING_VIOLATION: kindLocked, windows.ERROR_LOCK_VIOLATION: kindLocked, windows.ERROR_USER_MAPPED_FILE: kindLocked,
		windows.ERROR_NOT_ENOUGH_MEMORY: kindNoMemory, windows.ERROR_OUTOFMEMORY: kindNoMemory,
	}
}
