// Package match links records that describe the same person.
//
// It reads two Tables (central and regional), makes candidate pairs by blocking
// rules, drops those whose weight a bound shows to be too small to matter, compares
// each other pair field by field, weighs the comparison vector after Fellegi and
// Sunter (sums of log2(m/u), in bits), decides, assigns one to one and names every
// conflict. It has no input or output, no clock and no
// randomness: the same tables, model and options give the same Result, whatever
// the number of workers.
//
// Terms: a record is one person row of a source; a candidate pair is a central
// and a regional record that share the key of a blocking rule; a comparison has
// ordered agreement levels, level 0 being "missing"; a comparison vector holds
// one level per comparison; a weight is in bits; a link is a pair decided to be
// one person.
package match
