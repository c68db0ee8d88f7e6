// Package instance lets one window at a time work on a data folder: a second
// start asks the first window to come to the front, and ends.
package instance
