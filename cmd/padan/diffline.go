package main

import "padan/match"

// changeLine is a person who changed, as scripts read it.
type changeLine struct {
	Record        recordLine    `json:"record"`                  // of the run after, or of the run before if the person is gone
	Earlier       *recordLine   `json:"record_before,omitempty"` // if it is another one
	Change        string        `json:"change"`
	Cause         string        `json:"cause"`
	Area          uint64        `json:"area_code"` // ten digits, 0 = unknown
	Before        *standingLine `json:"before,omitempty"`
	After         *standingLine `json:"after,omitempty"`
	PartnerBefore *recordLine   `json:"partner_before,omitempty"`
	PartnerAfter  *recordLine   `json:"partner_after,omitempty"`
}

// standingLine is what a run decided about a person.
type standingLine struct {
	Outcome string `json:"outcome"`
	Reason  string `json:"reason,omitempty"`
}

func newChangeLine(c *match.ChangeCase) changeLine {
	before, after := &c.Records[match.Before], &c.Records[match.After]
	line := changeLine{
		Record: newRecordLine(after), Change: c.Change.Kind.String(), Cause: c.Change.Cause.String(), Area: c.Change.Area(),
		Before: newStandingLine(&c.Change.Standing[match.Before]), After: newStandingLine(&c.Change.Standing[match.After]),
		PartnerBefore: partnerLine(&c.Partners[match.Before]), PartnerAfter: partnerLine(&c.Partners[match.After]),
	}
	switch {
	case line.After == nil:
		line.Record = newRecordLine(before)
	case line.Before != nil && before.ID != after.ID:
		earlier := newRecordLine(before)
		line.Earlier = &earlier
	}
	return line
}

func newStandingLine(s *match.Standing) *standingLine {
	if !s.Known {
		return nil
	}
	return &standingLine{s.Outcome.String(), s.Reason.String()}
}

// partnerLine is nil for a person who is not linked.
func partnerLine(r *match.Record) *recordLine {
	if r.ID == 0 {
		return nil
	}
	line := newRecordLine(r)
	return &line
}
