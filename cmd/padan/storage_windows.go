package main

import (
	"syscall"

	"golang.org/x/sys/windows"
)

// storageErrors: no space or no quota, a device fails or is gone, it is
// protected against writing.
var storageErrors = [...]syscall.Errno{
	windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED, windows.ERROR_FILE_TOO_LARGE,
	windows.ERROR_WRITE_FAULT, windows.ERROR_IO_DEVICE, windows.ERROR_CRC, windows.ERROR_SECTOR_NOT_FOUND, windows.ERROR_NOT_READY,
	windows.ERROR_DEV_NOT_EXIST, windows.ERROR_WRITE_PROTECT,
}
