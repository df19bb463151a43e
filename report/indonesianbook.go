package report

// indonesianBookWords say the codes of the recap workbook in Indonesian.
var indonesianBookWords = bookWords{
	severities: []string{1: "1: untuk diketahui", 2: "2: betulkan di sumbernya", 3: "3: dapat memberi atau mengambil bantuan"},
	properties: map[GroupBy]string{BySex: "Jenis kelamin", ByAge: "Umur", ByName: "Nama", ByNIK: "NIK"},
	groups: map[GroupBy]map[string]string{
		BySex:  {"male": "laki-laki", "female": "perempuan", "unknown": "tidak diketahui"},
		ByAge:  {"0-4": "0 s.d. 4 tahun", "5-17": "5 s.d. 17 tahun", "18-59": "18 s.d. 59 tahun", "60+": "60 tahun ke atas", "unknown": "tidak diketahui"},
		ByName: {"1": "satu kata", "2": "dua kata", "3+": "tiga kata atau lebih", "unknown": "kosong"},
		ByNIK:  {"whole": "utuh", "doubtful": "meragukan (rusak atau sementara)", "missing": "tidak ada"},
	},
	skips: map[string]string{
		"title": "judul di atas tabel", "header": "judul kolom", "repeated_header": "judul kolom yang diulang", "numbering": "nomor kolom (1) (2) (3)",
		"total": "jumlah", "blank": "kosong", "group": "nama wilayah untuk baris di bawahnya", "family": "kepala keluarga untuk baris di bawahnya",
		"footer": "tanggal, tanda tangan, catatan kaki", "continuation": "lanjutan baris di atasnya", "after_end": "di bawah tanda akhir ###",
		"hidden_row": "baris tersembunyi", "other_sheet": "lembar yang bukan daftar orang", "hidden_sheet": "lembar tersembunyi",
	},
	fields: map[string]string{
		rowSubject: "baris", "nik": "NIK", "kk": "No. KK", "name": "nama", "birth_date": "tanggal lahir", "birth_place": "tempat lahir",
		"birth_place_date": "tempat, tanggal lahir", "birth_day": "hari lahir", "birth_month": "bulan lahir", "birth_year": "tahun lahir", "sex": "jenis kelamin",
		"relation": "hubungan keluarga", "mother": "nama ibu", "father": "nama ayah", "head": "nama kepala keluarga", "address": "alamat", "hamlet": "dusun",
		"rt": "RT", "rw": "RW", "rt_rw": "RT/RW", "kelurahan": "kelurahan", "kecamatan": "kecamatan", "kota": "kota", "province": "provinsi",
		"area_code": "kode wilayah", "central_id": "ID pusat", "marital": "status kawin", "status": "keterangan", "number": "nomor urut",
		"surname": "nama keluarga", "house": "nomor rumah", "middle_name": "nama tengah", "address2": "alamat baris kedua", "postcode": "kode pos",
		"identifier": "nomor lain",
	},
	issues: map[string]string{
		"empty": "kosong", "placeholder": "isian asal (0, 1111..., TIDAK ADA)", "temporary": "nomor sementara", "masked": "disamarkan",
		"scientific": "ditulis 3,17401E+15, angkanya hilang", "numeric_cell": "sel angka, digit terakhir dapat hilang", "short": "kurang dari 16 angka",
		"long": "lebih dari 16 angka", "region": "kode wilayah tidak dikenal", "date": "tanggal di dalamnya tidak mungkin", "swapped": "NIK dan No. KK tertukar",
		"punctuation": "bertanda baca, sudah dibersihkan", "float_text": "berakhiran .0, sudah dibersihkan", "letters": "huruf di antara angka, sudah dibaca sebagai angka",
		"unreadable": "tidak terbaca", "unknown": "tidak dikenal", "date_impossible": "tidak ada di kalender", "date_month_first": "bulan mendahului hari, dibaca demikian",
		"date_unreadable": "tidak terbaca", "date_range": "di luar jangkauan", "completed": "dilengkapi dari baris di atasnya",
		"rt:date": "diubah menjadi tanggal oleh aplikasi lembar kerja", "rw:date": "diubah menjadi tanggal oleh aplikasi lembar kerja", "rt_rw:date": "diubah menjadi tanggal oleh aplikasi lembar kerja",
	},
}
