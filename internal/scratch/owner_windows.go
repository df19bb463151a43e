package scratch

import "io/fs"

// isOwn reports whether a file belongs to the user who runs padan. Here the
// permissions of the folder decide.
func isOwn(fs.FileInfo) bool { return true }
