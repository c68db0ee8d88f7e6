// Package app puts the house together and opens its two faces: the window and
// the commands. DESIGN.md says why it is built as it is.
package app
