package workflow

import "fmt"

// RuleError is a refusal by the workflow: the request was understood and is
// not allowed as things stand. Says is one or two sentences for the person who
// asked; it names what to do. Nothing has changed when one is returned.
type RuleError struct {
	Code  string // stable, for programs: "severity.reason-missing"
	Field string // the input that the sentence belongs under; empty for the whole request
	Says  string
}

// Error is what the person reads.
func (e *RuleError) Error() string { return e.Says }

// refuse builds a RuleError that belongs to the whole request.
func refuse(code, format string, args ...any) error {
	return &RuleError{Code: code, Says: fmt.Sprintf(format, args...)}
}

// refuseField builds a RuleError that belongs under one input.
func refuseField(code, field, format string, args ...any) error {
	return &RuleError{Code: code, Field: field, Says: fmt.Sprintf(format, args...)}
}
