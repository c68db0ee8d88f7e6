// Package export writes an incident as the documents that leave the program:
// the assessment, the post-mortem, the increment in SpecWeave's form, the
// hand-off sheet, the status, and the timeline as data.
//
// Everything here is a pure function of the incident: the same incident gives
// the same bytes on every machine, in every zone, at every time. Times are
// written in UTC. What people typed cannot break a document: see package
// markdown.
package export
