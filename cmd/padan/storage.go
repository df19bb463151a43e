package main

import (
	"errors"
	"syscall"
)

// isStorageError reports whether the system said that a storage is full, broken
// or not to be written at all, whichever file it was.
func isStorageError(err error) bool {
	var code syscall.Errno
	if !errors.As(err, &code) {
		return false
	}
	for _, known := range storageErrors {
		if code == known {
			return true
		}
	}
	return false
}
