// Package hashid puts keyed hashes in the place of NIK and KK numbers, so that two
// offices can have their lists matched without handing over the numbers.
//
// A hash is an HMAC-SHA256 of the number in comparable form, under a key that the
// offices share and nobody else has. The key is what protects the numbers: birth
// date, sex and region make up 12 of the 16 digits of a NIK, so that whoever has
// the key, or any hash without one, finds the number by trying the serials. Hashes
// of two keys have nothing in common.
package hashid
