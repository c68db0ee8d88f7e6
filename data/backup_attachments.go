package data

import "context"

// carriedTable holds the attached files inside a backup that somebody asked for
// by name.
const carriedTable = "carried"

func countCarried(string) int { return 0 }

func (r *restoring) bringFilesBack(context.Context) error { return nil }
