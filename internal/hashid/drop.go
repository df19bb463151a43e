package hashid

import (
	"slices"

	"padan/normalize"
)

// droppable are the fields that may be left out of a list, each with all that it
// takes along. The numbers are what the list is for.
var droppable = map[normalize.Field]struct {
	fields []normalize.Field
	drop   func(p *normalize.Person)
}{
	normalize.FieldName: {
		[]normalize.Field{normalize.FieldName},
		func(p *normalize.Person) { p.Name.Words, p.Name.Alias = "", "" },
	},
	normalize.FieldFather:     {[]normalize.Field{normalize.FieldFather}, func(p *normalize.Person) { p.Name.Father = "" }},
	normalize.FieldMother:     {[]normalize.Field{normalize.FieldMother}, func(p *normalize.Person) { p.Mother = normalize.Name{} }},
	normalize.FieldBirthDate:  {[]normalize.Field{normalize.FieldBirthDate}, func(p *normalize.Person) { p.BirthDate = 0 }},
	normalize.FieldBirthPlace: {[]normalize.Field{normalize.FieldBirthPlace}, func(p *normalize.Person) { p.BirthPlace = "" }},
	normalize.FieldSex:        {[]normalize.Field{normalize.FieldSex}, func(p *normalize.Person) { p.Sex = normalize.SexMissing }},
	normalize.FieldRelation: {
		[]normalize.Field{normalize.FieldRelation},
		func(p *normalize.Person) { p.Relation = normalize.RelationMissing },
	},
	normalize.FieldStatus: {[]normalize.Field{normalize.FieldStatus}, func(p *normalize.Person) { p.Status = normalize.StatusUnknown }},
	normalize.FieldAddress: {
		[]normalize.Field{normalize.FieldAddress, normalize.FieldHouse, normalize.FieldRT, normalize.FieldRW},
		func(p *normalize.Person) { p.Address = normalize.Address{} },
	},
	normalize.FieldKelurahan: {
		[]normalize.Field{normalize.FieldKelurahan, normalize.FieldAreaCode, normalize.FieldProvince, normalize.FieldPostcode},
		func(p *normalize.Person) { p.Area = normalize.Area{} },
	},
	normalize.FieldIdentifier: {[]normalize.Field{normalize.FieldIdentifier}, func(p *normalize.Person) { p.Identifier = "" }},
}

// Droppable lists the fields that may be dropped, in the order of Field.
func Droppable() []normalize.Field {
	var fields []normalize.Field
	for f := range droppable {
		fields = append(fields, f)
	}
	slices.Sort(fields)
	return fields
}

// Dropped returns the fields that are empty when some are dropped: an address takes
// house, RT and RW along, a kelurahan all that tells the area.
func Dropped(fields []normalize.Field) []normalize.Field {
	var all []normalize.Field
	for _, f := range fields {
		all = append(all, droppable[f].fields...)
	}
	return all
}

// Drop leaves fields out of a person whose numbers are hashed. Where birth date or
// sex go, the date part of the NIK goes too, and only that it contradicts them
// stays.
func Drop(p *normalize.Person, fields []normalize.Field) {
	if slices.Contains(fields, normalize.FieldBirthDate) || slices.Contains(fields, normalize.FieldSex) {
		if p.ContradictsNIK() {
			p.NIK.Stated |= normalize.StatedContradicts
		}
		p.NIK.Stated = p.NIK.Stated.WithoutDate()
	}
	for _, f := range fields {
		if d, ok := droppable[f]; ok {
			d.drop(p)
		}
	}
}
