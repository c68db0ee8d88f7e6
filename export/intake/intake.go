// Package intake reads timelines out of documents from elsewhere. It is a
// grammar, not a list of cases, and it repairs nothing: what is ambiguous is
// said to be, and what is not understood comes back word for word.
package intake

import (
	"time"

	"firebreak/workflow"
)

// Read reads a document. Name is the file's name, or a word for where a pasted
// text comes from. Now is for dates without a year. It never fails and never
// panics: what it does not understand is in Rest.
func Read(name string, content []byte, as workflow.ReadAs, now time.Time) workflow.Reading {
	return workflow.Reading{Source: name, Form: as.Form, Rest: []workflow.Unread{{Line: 1, Text: string(content), Why: "no form was recognised"}}}
}
