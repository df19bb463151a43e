package fault

// All are the faults that padan is tested against, in the order of RELIABILITY.md.
var All = []Fault{
	{"kill", "The program is killed", "kill -9 at a moment drawn from each of as many equal parts of the time that the undisturbed command takes; " +
		"then padan check, the same command again, and the outcome byte for byte against that of the undisturbed one"},
	{"kill_night", "A night is killed half-way", "kill -9 of padan run in some of thirty nights; the next start goes on"},
	{"interrupt", "Ctrl-C, once", "SIGINT at moments drawn as for kill -9, to a process of its own"},
	{"interrupt_twice", "Ctrl-C, twice", "a second SIGINT right behind the first"},
	{"full_pages", "The disk is full: the database", "SQLite's max_page_count, one page more each time, until the work fits"},
	{"full_limit", "The disk is full: a limit on files", "ulimit -f, raised step by step until the command succeeds"},
	{"full_disk", "The disk is full: a small file system", "a tmpfs filled to the last byte"},
	{"full_writes", "The disk is full: every write of a report", "a file that takes n writes and fails the next, for each n"},
	{"full_output", "The disk is full: the output", "standard output to /dev/full"},
	{"read_only", "Nothing may be written", "a file system for reading only"},
	{"newer", "A database of a newer padan", "its version raised; every command"},
	{"older", "A database of an older padan", "one kept from each schema that was released"},
	{"corrupt_page", "A damaged page", "each page of the database in turn overwritten with noise"},
	{"corrupt_bit", "A flipped bit", "one bit of each pack of persons, records and links, in turn"},
	{"two_writers", "Two padans write", "two processes started at the same moment; one while another holds the lock"},
	{"two_reports", "Two reports into one folder", "a report while another writes there"},
	{"clock", "The clock jumps", "back to 1970 and on to 2038, between commands and within them"},
	{"file_changes", "A file changes while it is read", "grown, cut, emptied, overwritten in place with the same size and time, replaced, its folder replaced, removed: when it is open, when it is hashed, amid reading"},
	{"stale_handle", "A file on a network drive goes stale", "simulated, without a network: a source whose n-th read fails, or all from the n-th on, for each n; five kinds of file"},
	{"stdin_closed", "No standard input", "closed, and at its end"},
	{"broken_pipe", "Nobody reads the output", "a pipe whose reader is gone"},
	{"goroutines", "Something stays behind", "goroutines counted after every fault inside a process"},
}
