package normalize

import "testing"

func TestPartsAreJoined(t *testing.T) {
	fields := []Field{FieldName, FieldMiddleName, FieldSurname, FieldAddress, FieldHouse, FieldAddress2}
	at := map[Field]int{}
	for i, f := range fields {
		at[f] = i
	}
	columns := NewColumns(at)
	for _, tt := range []struct {
		cells         []string
		name, address string
	}{
		{[]string{"Maribel", "Ann", "Oakhurst", "Wattle Grove", "12", "Flat 3"}, "Maribel Ann Oakhurst", "Wattle Grove NO 12, Flat 3"},
		{[]string{"Maribel", " ", "Oakhurst", "", "", "Flat 3"}, "Maribel Oakhurst", "Flat 3"},
		{[]string{"", "", "Oakhurst", "Wattle Grove"}, "Oakhurst", "Wattle Grove"},
		{[]string{"Maribel", "", "", "", "12", ""}, "Maribel", "NO 12"},
	} {
		v := columns.Values(tt.cells)
		if v[FieldName] != tt.name || v[FieldAddress] != tt.address {
			t.Errorf("%q: %q and %q", tt.cells, v[FieldName], v[FieldAddress])
		}
	}
}
