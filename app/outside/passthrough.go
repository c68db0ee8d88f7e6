package outside

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"firebreak/workflow"
)

// Passage runs a command in the place of this process: what it prints, what it
// is given, signals and its exit code pass as if nobody stood between. Only the
// end of what it prints is kept.
type Passage struct {
	In       io.Reader
	Out, Err io.Writer
	Folder   string               // where it runs; "" is here
	Steady   func() time.Duration // the time that nobody can set
	Scan     func(string) string  // takes out secrets that only their form tells
	Started  func()               // hears that the command runs; nil: nobody
}

// The exit codes of a shell for what could not be run.
const (
	exitNotFound = 127
	exitNotRun   = 126
	exitBySignal = 128
)

const (
	passSize  = 1 << 20                // of a pipe, where the system lets it be so large, and of what is taken at once
	passQuiet = 300 * time.Millisecond // a child that holds the output is heard until it is quiet for so long
)

// Pass runs a command and answers how it ended, and the exit code to end with.
func (p Passage) Pass(words []string) (workflow.Ran, int) {
	began := p.Steady()
	name := words[0]
	if p.Folder != "" && strings.ContainsRune(name, os.PathSeparator) && !filepath.IsAbs(name) {
		name = filepath.Join(p.Folder, name) // ./scripts/test lies where it is run
	}
	path, err := exec.LookPath(name)
	if errors.Is(err, exec.ErrDot) { // as a shell does
		err = nil
	}
	cmd := &exec.Cmd{Path: path, Args: words, Dir: p.Folder}
	tail := &sharedTail{}
	var ran workflow.Ran
	if err == nil {
		err = p.pass(cmd, tail)
	}
	code := 0
	if cmd.Process == nil {
		ran, code = notStarted(startTrouble(words[0], err)), exitNotRun
		if errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
			code = exitNotFound
		}
	} else {
		ran = (&running{}).judge(cmd, err, "")
		code = max(0, ran.Exit)
		if ran.Signal != "" {
			code = exitBySignal + signalNumber(cmd.ProcessState)
		}
	}
	secrets := SecretsHere()
	ran.Took = p.Steady() - began
	ran.Line = Keepable(workflow.JoinCommand(words), secrets, p.Scan)
	ran.Printed, ran.Tail = tail.tail.Printed(), tail.tail.Text(secrets, p.Scan)
	return ran, code
}

// sharedTail is a tail that both outputs are written into.
type sharedTail struct {
	mu   sync.Mutex
	tail Tail
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

// Plain is a text that was printed for a terminal, without what colours it and
// without what was printed over.
func Plain(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		if text[i] != 0x1b {
			out.WriteByte(text[i])
			i++
			continue
		}
		i += escapeAt(text[i:])
	}
	lines := strings.Split(strings.ReplaceAll(out.String(), "\r\n", "\n"), "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, "\r")
		lines[i] = line[strings.LastIndexByte(line, '\r')+1:]
	}
	return strings.Join(lines, "\n")
}

// escapeAt is how long the escape sequence is that a text begins with.
func escapeAt(text string) int {
	if len(text) < 2 {
		return len(text)
	}
	switch text[1] {
	case '[':
		for i := 2; i < len(text); i++ {
			if text[i] >= '@' && text[i] <= '~' {
				return i + 1
			}
			if text[i] < ' ' { // torn
				return i
			}
		}
		return len(text)
	case ']', 'P', '_', '^':
		for i := 2; i < len(text); i++ {
			switch {
			case text[i] == 0x07:
				return i + 1
			case text[i] == 0x1b && i+1 < len(text):
				return i + 2
			case text[i] == '\n':
				return i
			}
		}
		return len(text)
	case '(', ')', '*', '+', '#', ' ':
		return min(3, len(text))
	default:
		return 2
	}
}
