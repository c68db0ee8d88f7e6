package instance

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"
)

// longest is more than an ask or an answer ever takes.
const longest = 64 << 10

// longestPath is what every system takes as the path of a socket, its ending
// zero included.
const longestPath = 100

// reply is what a window says to another start.
type reply struct {
	Starting bool `json:"starting,omitempty"` // it has no window yet; it will do it
	Raised   bool `json:"raised,omitempty"`   // it has come to the front
}

// open begins to listen and leaves the note. A system without such sockets, or
// without a place for one, only means that nobody can reach this window.
func (h *Held) open(at Place, key string) {
	if h.before != nil {
		sweep(h.before.Socket)
	}
	for _, parent := range meetings(at.Meeting) {
		if h.listen(parent, key) == nil {
			break
		}
	}
	n := Note{Version: at.Version}
	if h.door != nil {
		n.Socket = h.door.Addr().String()
	}
	_ = n.write(h.note) // without it the next start cannot reach this one, and says so
	if h.door != nil {
		go h.serve()
	}
}

// meetings are the folders where the socket may lie, the best first.
func meetings(named string) []string {
	if named != "" {
		return []string{named}
	}
	var all []string
	if own := os.Getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(own) {
		all = append(all, own)
	}
	return append(all, os.TempDir(), "/tmp")
}

// listen makes a folder that is only this person's, and the socket in it. A
// fresh folder cannot have been laid ready by somebody else.
func (h *Held) listen(parent, key string) error {
	folder, err := os.MkdirTemp(parent, "firebreak-"+key+"-")
	if err != nil {
		return err
	}
	path := filepath.Join(folder, "s")
	if len(path) > longestPath {
		_ = os.Remove(folder)
		return errors.New("the path is too long for a socket")
	}
	door, err := net.Listen("unix", path)
	if err != nil {
		_ = os.Remove(folder)
		return err
	}
	h.door, h.folder = door, folder
	return nil
}

// sweep removes the socket that a killed window left, and its folder when
// nothing else is in it.
func sweep(socket string) {
	if filepath.Base(socket) != "s" {
		return
	}
	if info, err := os.Lstat(socket); err == nil && info.Mode()&os.ModeSocket != 0 {
		_ = os.Remove(socket)
		_ = os.Remove(filepath.Dir(socket))
	}
}

func (h *Held) close() {
	if h.door == nil {
		return
	}
	_ = h.door.Close() // removes the socket
	_ = os.Remove(h.folder)
}

func (h *Held) serve() {
	for {
		caller, err := h.door.Accept()
		if err != nil {
			return // closed
		}
		go h.hear(caller)
	}
}

// hear answers one caller. The answer that matters comes from the window
// itself, so a window that hangs is noticed.
func (h *Held) hear(caller net.Conn) {
	late := time.AfterFunc(2*h.wait, func() { _ = caller.Close() })
	defer func() {
		late.Stop()
		_ = caller.Close()
	}()
	var ask Ask
	if json.NewDecoder(io.LimitReader(caller, longest)).Decode(&ask) != nil {
		return
	}
	raised := make(chan struct{})
	if !h.pass(ask, func() { close(raised) }) {
		_ = json.NewEncoder(caller).Encode(reply{Starting: true})
		return
	}
	select {
	case <-raised:
		_ = json.NewEncoder(caller).Encode(reply{Raised: true})
	case <-time.After(2 * patience):
	}
}

// pass gives an ask to the window; false when there is none yet.
func (h *Held) pass(ask Ask, done func()) bool {
	h.mu.Lock()
	answer := h.answer
	if answer == nil {
		h.waiting = append(h.waiting, ask)
	}
	h.mu.Unlock()
	if answer != nil {
		answer(ask, done)
	}
	return answer != nil
}

// Answer says who does what other starts ask for. It is called on a thread of
// its own and calls done once the window has come to the front; what was asked
// before is asked now.
func (h *Held) Answer(answer func(ask Ask, done func())) {
	h.mu.Lock()
	waiting := h.waiting
	h.answer, h.waiting = answer, nil
	h.mu.Unlock()
	for _, ask := range waiting {
		answer(ask, func() {})
	}
}

// tell asks the window that holds a folder. It is false when nobody could be
// asked: the window may be closing, or have no socket.
func tell(note string, ask Ask, data string, patience time.Duration) (answered bool, err error) {
	n := readNote(note)
	if n == nil || n.Socket == "" {
		return false, nil
	}
	door, err := net.DialTimeout("unix", n.Socket, patience)
	if err != nil {
		return false, nil
	}
	defer door.Close()
	late := time.AfterFunc(patience, func() { _ = door.Close() })
	var said reply
	failed := errors.Join(json.NewEncoder(door).Encode(ask), json.NewDecoder(bufio.NewReader(io.LimitReader(door, longest))).Decode(&said))
	inTime := late.Stop()
	switch {
	case failed != nil && inTime:
		return false, nil // it hung up: it is closing
	case failed != nil:
		return true, silent(note, data)
	}
	if said.Starting {
		return true, &Elsewhere{Says: fmt.Sprintf("Firebreak is starting on %s already.", data)}
	}
	return true, &Elsewhere{Says: fmt.Sprintf("Firebreak is open on %s already; its window was brought to the front.", data)}
}
