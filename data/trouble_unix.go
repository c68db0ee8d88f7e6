//go:build !windows

package data

import "syscall"

// kindsOfErrno are the numbers by which the system says what is wrong.
func kindsOfErrno() map[syscall.Errno]kind {
	return map[syscall.Errno]kind{
		syscall.ENOSPC: kindFull, syscall.EDQUOT: kindQuota, syscall.EFBIG: kindFull,
		syscall.EROFS: kindReadOnly, syscall.EACCES: kindDenied, syscall.EPERM: kindDenied,
		syscall.EIO: kindDisk, syscall.ENXIO: kindDisk, syscall.ENODEV: kindDisk, syscall.ESTALE: kindDisk,
		syscall.ENOENT: kindMissing, syscall.ENOTDIR: kindMissing,
		syscall.EBUSY: kindLocked, syscall.ETXTBSY: kindLocked, syscall.EAGAIN: kindLocked,
		syscall.ENOMEM: kindNoMemory,
	}
}
