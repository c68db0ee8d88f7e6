// Package view holds the screens. A pane owns its widgets, is shown states and
// asks for changes; it knows no store, starts no goroutine and reads no clock.
package view
