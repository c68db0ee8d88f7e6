package instance

import (
	"encoding/json"
	"os"
	"runtime"
	"time"
)

// Note is what a window leaves beside its lock while it runs: how to reach it,
// and what to say about it when it did not end properly.
type Note struct {
	Process  int       `json:"process"`
	Socket   string    `json:"socket,omitempty"` // "": it cannot be reached
	Version  string    `json:"version"`
	Platform string    `json:"platform"`
	Seen     time.Time `json:"-"` // when it last said that it was alive
}

// readNote reads what a window left; nil when there is nothing to read.
func readNote(path string) *Note {
	info, err := os.Stat(path)
	if err != nil || info.Size() > longest {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	n := Note{Seen: info.ModTime()}
	if json.Unmarshal(text, &n) != nil {
		return &Note{Seen: info.ModTime()} // torn by a power cut: it was there all the same
	}
	return &n
}

// write puts the note in place in one step: a reader sees all of it or none.
func (n Note) write(path string) error {
	n.Process, n.Platform = os.Getpid(), runtime.GOOS+"/"+runtime.GOARCH
	text, err := json.Marshal(n)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
