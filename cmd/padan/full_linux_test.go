package main

import (
	"fmt"
	"io/fs"
	"syscall"
)

// growOnASmallDisk gives the command again and again, each time with more space on the
// file system, until it succeeds.
func (v *victim) growOnASmallDisk() {
	v.t.Helper()
	disk := v.t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, ""); err != nil {
		v.t.Skip("this test may not mount a file system: ", err)
	}
	v.t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			v.t.Error(err)
		}
	})
	v.t.Chdir(disk)
	limit := func(bytes int64) {
		if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, fmt.Sprint("size=", bytes)); err != nil {
			v.t.Fatal(err)
		}
	}
	used := func() int64 {
		var s syscall.Statfs_t
		if err := syscall.Statfs(disk, &s); err != nil {
			v.t.Fatal(err)
		}
		return int64(s.Blocks-s.Bfree) * s.Bsize
	}
	const plenty = 1 << 30
	v.restore()
	before := used()
	v.run(v.command, v.codes...)
	need := used() - before + journal(v)
	v.grow("full_disk", need, func(bytes int64) int {
		limit(before + bytes + 1)
		defer limit(plenty)
		return statusOf(v.process().Run())
	})
}

// journal is what the database may need beside itself while it is written.
func journal(v *victim) (bytes int64) {
	eachFile(v.t, func(info fs.FileInfo) {
		if info.Name() == "padan.db" {
			bytes = info.Size()
		}
	})
	return bytes
}
