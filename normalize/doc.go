// Package normalize turns Indonesian personal data as typed into one comparable form.
//
// Every step is a pure function of its text: the same cells give the same
// Person, whatever came before. Nothing here reads files, clocks or databases,
// and nothing is ever refused: what cannot be used becomes a missing value and
// an Issue that says why.
//
// Terms:
//   - NIK: the 16-digit number of a person (Nomor Induk Kependudukan).
//   - KK: the 16-digit number of a family card (Kartu Keluarga); a household.
//   - Strict spelling folds only the spellings that are the same name for
//     practically everybody (RIZKY, RIZQI); Loose spelling folds further and
//     serves candidates only (RIZKI, RISKI).
package normalize
