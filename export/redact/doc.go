// Package redact finds secrets and personal data in what people wrote about an
// incident, before any of it leaves, and puts markers in their place.
//
// Secrets are found by the rules of gitleaks, which are kept up by many people,
// without its generic rule, and by a few of our own for what is pasted in an
// outage and has no prefix: a password in a URL, on a command line, behind a
// colon. Personal data is ours alone: mail addresses and card numbers, and by
// choice IP addresses and telephone numbers.
//
// The rules are read when the first text is looked at, never before: that takes
// some thirty milliseconds. Events never change, so each is looked at once.
package redact
