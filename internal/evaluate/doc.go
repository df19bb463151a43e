// Package evaluate measures a run of match against a known truth, or, where no
// truth is known, by a sample that persons judge and by the overlap of blocking
// rules. Rates are shares from 0 to 1; weights are in bits.
package evaluate
