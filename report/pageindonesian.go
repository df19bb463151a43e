package report

import "padan/match"

// indonesianPage holds the texts of the page in Indonesian.
var indonesianPage = pageTexts{
	Title: "Laporan pemadanan data", Skip: "Langsung ke isi", Contents: "Isi laporan",
	Summary: "Ringkasan", Recap: "Rekap menurut wilayah", Areas: "Persentase padan menurut wilayah",
	Why: "Mengapa tidak padan, dan apa yang harus diputuskan", Weights: "Sebaran bobot", Trend: "Perkembangan antarproses",
	Examples: "Contoh pasangan",
	Intro: "Halaman ini berdiri sendiri dan dapat dibuka tanpa internet. Isinya angka gabungan; pada contoh pasangan, " +
		"NIK, nomor KK, dan nama disamarkan, tanggal lahir tinggal tahunnya, dan alamat tidak ditampilkan.",
	PrintHint: "Yang dicetak adalah yang terbuka di layar.",

	Outcome:      "Hasil",
	Holds:        "Semua jumlah cocok: tidak ada baris yang hilang.",
	Broken:       "JUMLAH TIDAK COCOK: jangan pakai laporan ini; jalankan padan check.",
	Account:      "%s: %d baris = %d ditolak + %d dilewati + %d jiwa.",
	Division:     "%d jiwa = %d padan + %d konflik + %d tidak padan + %d ganda.",
	Threshold:    "%.2f bit (peluang %s)",
	Sources:      "Sumber: %d berkas pusat, %d berkas daerah",
	Digest:       "SHA-256 (awal)",
	RecapPersons: "Jiwa menurut wilayah dan hasil", RecapCards: "KK menurut wilayah dan hasil",
	OpenLevels: "Buka sampai", SortHint: "Pilih judul kolom untuk mengurutkan, nama wilayah untuk membukanya.",
	Area:      "Wilayah",
	Figures:   "Angkanya dalam tabel",
	RateTitle: "%s: %% padan",
	RateDesc:  "%s: pusat %s, daerah %s.",
	RateNote: "Setiap wilayah satu garis dari 0 sampai 100 %. Angkanya: pusat, lalu daerah. Kecamatan yang terendah berdiri paling atas; " +
		"jumlah jiwanya ada di rekap.",
	PairHead: "%s · %s bit",
	AllAreas: "Semua kota", NoAreas: "Belum ada jiwa di kedua sisi.",
	ReasonTitle: "Alasan tidak padan",
	ReasonDesc:  "Jumlah jiwa yang tidak padan menurut alasan, di pusat dan di daerah. Terbanyak: %s (pusat %d, daerah %d).",
	NoReasons:   "Tidak ada jiwa yang tidak padan.",
	KindTitle:   "Konflik dan catatan",
	KindDesc:    "Jumlah kasus menurut jenis, yang paling penting dahulu: %d jenis, %d kasus. Satu orang dapat berada dalam beberapa kasus.",
	NoKinds:     "Tidak ada konflik dan catatan.",
	WeightTitle: "Bobot pasangan padan dan pasangan yang ditinjau",
	WeightDesc: "Jumlah pasangan menurut bobot dalam bit: %d padan dan %d perlu ditinjau, bobot %.0f sampai %.0f. " +
		"Skala tegaknya logaritma: setiap garis sepuluh kali garis di bawahnya. Makin ke kanan, makin kuat buktinya.",
	WeightAxis: "bobot (bit)", WeightLinks: "padan", WeightReviews: "perlu ditinjau",
	NoWeights: "Tidak ada pasangan.",
	LinkLine:  "ambang padan %.2f", ReviewLine: "ambang tinjau %.2f",
	TrendTitle: "% padan pada proses-proses terakhir",
	TrendDesc:  "Persentase jiwa yang padan pada %d proses terakhir. Pusat: %s menjadi %s. Daerah: %s menjadi %s.",
	TrendAxis:  "nomor proses",

	ExamplesNote: "Bobot awal (peluang sepasang orang acak) ditambah bobot setiap perbandingan menjadi bobot pasangan. " +
		"Satu bit lebih berarti dua kali lebih mungkin orang yang sama. Garis putus-putus: ambang tinjau dan ambang padan.",
	NoExamples: "Tidak ada pasangan untuk ditampilkan.",
	LinkPairs:  "Pasangan padan: yang di dekat ambang dahulu, lalu yang terkuat", Reviews: "Perlu ditinjau", Conflicts: "Konflik",
	Records: "Data yang dibandingkan", Waterfall: "Dari mana bobotnya", BirthYear: "Tahun lahir",
	Found: "Temuan", Bits: "Bit", Sum: "Jumlah", Prior: "peluang awal sepasang orang acak", Total: "Bobot",
	Missing:       "Tidak dibandingkan, karena kosong di salah satu sisi: %s.",
	StrongestPair: "Kasus ini terdiri atas %d data, %d di antaranya ditampilkan. Bobotnya dari pasangan yang terkuat.",

	Comparisons: [match.ComparisonCount]string{
		match.CompareNIK: "NIK", match.CompareKK: "No. KK", match.CompareName: "Nama", match.CompareBirthDate: "Tanggal lahir",
		match.CompareSex: "Jenis kelamin", match.CompareArea: "Wilayah", match.CompareStreet: "Jalan", match.CompareMother: "Nama ibu",
		match.CompareBirthPlace: "Tempat lahir", match.CompareRelation: "Hubungan keluarga", match.CompareIdentifier: "Nomor lain",
	},
	Footer: "Dibuat dengan padan %s. Berisi data pribadi yang disamarkan; simpan dan bagikan menurut UU Nomor 27 Tahun 2022.",
}
