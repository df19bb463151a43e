//go:build unix && !linux

package main

// growOnASmallDisk needs a file system of a given size.
func (v *victim) growOnASmallDisk() { v.t.Skip("only on Linux") }
