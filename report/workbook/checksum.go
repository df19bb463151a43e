package workbook

import "hash/crc32"

// joinedSum is the CRC-32 of two texts after each other, from those of both and
// the length of the second: a sum is linear over GF(2), and every byte that follows
// multiplies it by x to the power of 8 (Hardy and Adler, crc32_combine of zlib, 2004).
func joinedSum(first, second uint32, length int64) uint32 {
	factor := uint32(1) << 31 // 1: the bits of a polynomial stand in reverse
	for power := oneByte; length > 0; length >>= 1 {
		if length&1 == 1 {
			factor = timesModulo(factor, power)
		}
		power = timesModulo(power, power)
	}
	return timesModulo(first, factor) ^ second
}

// oneByte is x to the power of 8.
const oneByte = uint32(1) << 23

// timesModulo multiplies two polynomials modulo that of the checksum.
func timesModulo(a, b uint32) uint32 {
	product := uint32(0)
	for ; a != 0; a <<= 1 {
		if a>>31 == 1 {
			product ^= b
		}
		carry := b & 1
		b >>= 1
		if carry == 1 {
			b ^= crc32.IEEE
		}
	}
	return product
}
