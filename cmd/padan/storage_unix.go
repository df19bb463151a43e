//go:build !windows

package main

import "syscall"

// storageErrors: no space, a quota or the greatest size of a file is reached, a
// device fails, a file system is for reading only, a file on a network is gone.
var storageErrors = [...]syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG, syscall.EIO, syscall.EROFS, syscall.ESTALE}
