// Package session is the running desk without a screen: it turns what somebody
// wants into events on disk, in order, and shows the state that the disk holds.
// It knows neither Fyne nor SQLite; threads, time, the log and everything
// outside come in as values.
package session
