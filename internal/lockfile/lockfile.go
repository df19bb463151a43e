// Package lockfile gives one process at a time the right to a file. The operating
// system takes the right back when the process dies, so no lock is ever stale.
package lockfile

import "errors"

// ErrHeld says that another process has the lock.
var ErrHeld = errors.New("lock is held")
