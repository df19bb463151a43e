package store

import (
	"encoding/json"
	"fmt"

	"padan/match"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// unknownRule stands for a blocking rule that this version does not know.
const unknownRule uint8 = 255

// ruleNumbers maps the codes of this version's blocking rules to their numbers.
func ruleNumbers() map[string]uint8 {
	numbers := map[string]uint8{}
	for rule := uint8(0); match.RuleCode(rule) != ""; rule++ {
		numbers[match.RuleCode(rule)] = rule
	}
	return numbers
}

// readRules maps the keys of the table rule to this version's numbers.
func readRules(conn *sqlite.Conn) (map[int64]uint8, error) {
	numbers := ruleNumbers()
	rules := map[int64]uint8{}
	err := sqlitex.ExecuteTransient(conn, "SELECT id, code FROM rule", &sqlitex.ExecOptions{
		ResultFunc: func(stmt *sqlite.Stmt) error {
			rule, ok := numbers[stmt.ColumnText(1)]
			if !ok {
				rule = unknownRule
			}
			rules[stmt.ColumnInt64(0)] = rule
			return nil
		},
	})
	return rules, err
}

// saveRules gives every blocking rule a key and returns the keys by number.
func saveRules(conn *sqlite.Conn) (map[uint8]int64, error) {
	numbers := ruleNumbers()
	for rule := uint8(0); int(rule) < len(numbers); rule++ {
		err := sqlitex.Execute(conn, "INSERT INTO rule (code) VALUES (?) ON CONFLICT DO NOTHING",
			&sqlitex.ExecOptions{Args: []any{match.RuleCode(rule)}})
		if err != nil {
			return nil, err
		}
	}
	rules, err := readRules(conn)
	keys := map[uint8]int64{}
	for key, rule := range rules {
		keys[rule] = key
	}
	return keys, err
}

func encodeRules(counts []match.RuleCount) ([]byte, error) {
	stored := make([]storedRule, len(counts))
	for i, c := range counts {
		stored[i] = storedRule{Rule: match.RuleCode(c.Rule), Pairs: c.Pairs, New: c.New, Refined: c.Refined, Dropped: c.Dropped}
	}
	return json.Marshal(stored)
}

func decodeRules(text []byte) ([]match.RuleCount, error) {
	var stored []storedRule
	if err := json.Unmarshal(text, &stored); err != nil {
		return nil, err
	}
	numbers := ruleNumbers()
	counts := make([]match.RuleCount, len(stored))
	for i, c := range stored {
		rule, ok := numbers[c.Rule]
		if !ok {
			rule = unknownRule
		}
		counts[i] = match.RuleCount{Rule: rule, Pairs: c.Pairs, New: c.New, Refined: c.Refined, Dropped: c.Dropped}
	}
	return counts, nil
}

// decision is an outcome with its reason.
type decision struct {
	outcome match.Outcome
	reason  match.Reason
}

// letters are those that stand for decisions in outcome_pack, in the order in
// which they are given out.
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// decisionCodes lists this version's decisions by their two codes.
func decisionCodes() map[[2]string]decision {
	known := map[[2]string]decision{}
	for _, outcome := range match.Outcomes {
		for _, reason := range append(match.Reasons(), match.ReasonNone) {
			known[[2]string{outcome.String(), reason.String()}] = decision{outcome, reason}
		}
	}
	return known
}

// readDecisions returns the decision of each letter.
func readDecisions(conn *sqlite.Conn) (map[byte]decision, error) {
	known := decisionCodes()
	byLetter := map[byte]decision{}
	err := sqlitex.ExecuteTransient(conn, "SELECT letter, outcome, reason FROM outcome_code", &sqlitex.ExecOptions{
		ResultFunc: func(stmt *sqlite.Stmt) error {
			letter := stmt.ColumnText(0)
			d, ok := known[[2]string{stmt.ColumnText(1), stmt.ColumnText(2)}]
			if len(letter) != 1 || !ok {
				return &SchemaError{Problem: fmt.Sprintf("outcome code %q is of another version", letter)}
			}
			byLetter[letter[0]] = d
			return nil
		},
	})
	return byLetter, err
}

// saveDecisions returns the letter of each decision and gives new ones to those
// that have none.
func saveDecisions(conn *sqlite.Conn, decisions []decision) (map[decision]byte, error) {
	byLetter, err := readDecisions(conn)
	if err != nil {
		return nil, err
	}
	byDecision := map[decision]byte{}
	for letter, d := range byLetter {
		byDecision[d] = letter
	}
	for _, d := range decisions {
		if _, ok := byDecision[d]; ok {
			continue
		}
		letter := letters[len(byDecision)]
		byDecision[d] = letter
		err := sqlitex.Execute(conn, "INSERT INTO outcome_code (letter, outcome, reason) VALUES (?, ?, ?)",
			&sqlitex.ExecOptions{Args: []any{string(letter), d.outcome.String(), d.reason.String()}})
		if err != nil {
			return nil, err
		}
	}
	return byDecision, nil
}

// kindsByCode is the inverse of match.ConflictKind.String.
func kindsByCode() map[string]match.ConflictKind {
	kinds := map[string]match.ConflictKind{}
	for _, kind := range match.ConflictKinds() {
		kinds[kind.String()] = kind
	}
	return kinds
}
