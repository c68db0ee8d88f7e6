//go:build nogui

package app

import "firebreak/data"

// This build has no window; the commands do the whole job.
var openWindow func(WindowOptions) int

// WindowOptions say what the window opens on.
type WindowOptions struct {
	Places   data.Places
	Sample   bool
	Open     string
	Name     string
	Version  string
	LogLevel string
}
