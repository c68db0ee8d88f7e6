// Package through runs a command in the place of this process: what it prints,
// what it is given, signals and its exit code pass as if nobody stood between.
// It knows nothing of incidents and imports next to nothing, because a command
// can be started with it before the rest of the program is made ready.
package through

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Passage is what a command is given in the place of this process.
type Passage struct {
	In       io.Reader
	Out, Err io.Writer
	Folder   string               // where it runs; "" is here
	Steady   func() time.Duration // the time that nobody can set
}

const (
	passSize  = 1 << 20                // of a pipe, where the system lets it be so large, and of what is taken at once
	passQuiet = 300 * time.Millisecond // a child that holds the output is heard until it is quiet for so long
)

// Command is a command on its way.
type Command struct {
	words  []string
	cmd    *exec.Cmd
	fault  error        // why it was not started
	wait   func() error // until it has ended and nobody prints any more
	tail   *sharedTail
	steady func() time.Duration
	began  time.Duration
}

// Ended is how a command ended.
type Ended struct {
	Words []string
	Cmd   *exec.Cmd // as it ended; its process is nil when it was not started
	Err   error
	Code  int // of its signal; 0 when it ended by itself
	Took  time.Duration
	Tail  *Ring // the end of what it printed
}

// Begin starts a command. It answers at once, also when it could not be started.
func (p Passage) Begin(words []string) *Command {
	c := &Command{words: words, tail: &sharedTail{}, steady: p.Steady, began: p.Steady()}
	name := words[0]
	if p.Folder != "" && strings.ContainsRune(name, os.PathSeparator) && !filepath.IsAbs(name) {
		name = filepath.Join(p.Folder, name) // ./scripts/test lies where it is run
	}
	path, err := exec.LookPath(name)
	if errors.Is(err, exec.ErrDot) { // as a shell does
		err = nil
	}
	c.cmd = &exec.Cmd{Path: path, Args: words, Dir: p.Folder}
	if err == nil {
		c.wait, err = p.pass(c.cmd, c.tail)
	}
	c.fault = err
	return c
}

// Runs says whether it was started.
func (c *Command) Runs() bool { return c.fault == nil }

// Wait hears a command to its end.
func (c *Command) Wait() Ended {
	err := c.fault
	if err == nil {
		err = c.wait()
	}
	ended := Ended{Words: c.words, Cmd: c.cmd, Err: err, Took: c.steady() - c.began, Tail: &c.tail.tail}
	if c.cmd.ProcessState != nil {
		ended.Code = signalNumber(c.cmd.ProcessState)
	}
	return ended
}

// sharedTail is a tail that both outputs are written into.
type sharedTail struct {
	mu   sync.Mutex
	tail Ring
}

func (s *sharedTail) take(data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = s.tail.Write(data)
}

// stream is one output of the command on its way to ours.
type stream struct {
	from  *os.File
	to    io.Writer
	tail  *sharedTail
	heard chan struct{} // closed at its end
	any   chan struct{} // something came
}

// carry gives on what comes. When nobody reads ours any more, the command hears
// of it at its next word, as it would without us.
func (s *stream) carry() {
	defer close(s.heard)
	buffer := make([]byte, passSize)
	for {
		n, err := s.from.Read(buffer)
		if n > 0 {
			s.tail.take(buffer[:n])
			select {
			case s.any <- struct{}{}:
			default:
			}
			if _, broken := s.to.Write(buffer[:n]); broken != nil {
				_ = s.from.Close()
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// rest hears what is still printed after the command has ended.
func (s *stream) rest() {
	for {
		timer := time.NewTimer(passQuiet)
		select {
		case <-s.heard:
			timer.Stop()
			return
		case <-s.any:
			timer.Stop()
		case <-timer.C:
			_ = s.from.Close()
			<-s.heard
			return
		}
	}
}

// carried begins to carry an output of the command. The end that the command
// writes into is ours to close once it runs.
func carried(to io.Writer, tail *sharedTail) (*stream, *os.File, error) {
	reads, writes, err := os.Pipe()
	if err != nil {
		return nil, nil, fmt.Errorf("no pipe could be made for what the command prints: %w", err)
	}
	widen(writes)
	return newStream(reads, to, tail), writes, nil
}

func newStream(from *os.File, to io.Writer, tail *sharedTail) *stream {
	return &stream{from: from, to: to, tail: tail, heard: make(chan struct{}), any: make(chan struct{}, 1)}
}
