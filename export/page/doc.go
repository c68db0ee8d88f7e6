// Package page writes the post-mortem as one HTML file that needs nothing else:
// no script, no other file, no network. It is for mailing, for archiving and
// for printing; the browser makes the PDF.
//
// It says what the markdown says, section for section, because both are made
// from the same texts. Two things are added: a header with the figures of the
// front matter, and the timeline as a picture. The same incident gives the same
// bytes on every machine, in every zone, at every time.
//
// Nothing that people typed can become markup here: the text is parsed as
// markdown and every word is escaped on its way out. HTML in it is shown as
// typed. A policy in the page's head forbids what is not in the page, should a
// mistake in this package let it through.
package page
