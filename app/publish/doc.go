// Package publish puts an incident's documents into the user's repository: it
// is the hands of the desk. It decides where each document lies, keeps what
// somebody changed, and says in plain sentences what it did or why not. The
// documents themselves are made by package export, the files are written by
// package repo.
package publish
