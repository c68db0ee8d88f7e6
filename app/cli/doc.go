// Package cli is the terminal: every command does what the window does, on the
// same store, while the window may be open. It never touches the toolkit.
package cli
