package intake

import "errors"

// ErrChanged tells of a file that was written to while it was read. It comes as
// *sheet.Error.
var ErrChanged = errors.New("the file changed while it was read")

// WarnOtherSide is the code of the warning that the same bytes are loaded on the
// other side; the other codes are those of package table.
const WarnOtherSide = "other_side"

// ErrMixed tells of lists that do not go together: clear numbers beside hashed
// ones, or hashes of two keys. Of a file it comes as *sheet.Error.
var ErrMixed = errors.New("lists with another kind of numbers")
