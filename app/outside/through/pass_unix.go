//go:build unix

package through

import (
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// pass starts the command, and answers what waits for its end. At a terminal it gets one of its own, so that colours
// and progress stay as they are; otherwise a pipe for each output.
func (p Passage) pass(cmd *exec.Cmd, tail *sharedTail) (func() error, error) {
	// A broken pipe must reach the command, and not end us.
	broken := make(chan os.Signal, 1)
	signal.Notify(broken, syscall.SIGPIPE)
	begin := p.onPipes
	if out, is := terminal(p.Out); is {
		begin = func(cmd *exec.Cmd, tail *sharedTail) (func() error, error) { return p.onTerminal(cmd, out, tail) }
	}
	wait, err := begin(cmd, tail)
	if err != nil {
		signal.Stop(broken)
		return nil, err
	}
	return func() error {
		defer signal.Stop(broken)
		return wait()
	}, nil
}

func (p Passage) onPipes(cmd *exec.Cmd, tail *sharedTail) (wait func() error, err error) {
	out, outEnd, err := carried(p.Out, tail)
	if err != nil {
		return nil, err
	}
	errs, errEnd, err := carried(p.Err, tail)
	if err != nil {
		return nil, err
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = p.In, outEnd, errEnd
	relay := newRelay(cmd)
	if !hasTerminal() {
		// Nobody's keyboard reaches the command: what reaches us is given on, and
		// what is sent to a whole group comes once.
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		relay.all()
	} else {
		relay.unlessTyped()
	}
	err = cmd.Start()
	_ = outEnd.Close()
	_ = errEnd.Close()
	if err != nil {
		relay.stop()
		return nil, err
	}
	go out.carry()
	go errs.carry()
	go relay.run()
	return func() error {
		err := cmd.Wait()
		relay.stop()
		out.rest()
		errs.rest()
		return err
	}, nil
}

// widen makes a pipe as large as the system lets it be.
func widen(pipe *os.File) {
	raw, err := pipe.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) { enlarge(fd, passSize) })
}

// hasTerminal says whether this process belongs to somebody's terminal.
func hasTerminal() bool {
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return false
	}
	_ = tty.Close()
	return true
}

// signalNumber is the number of the signal that ended a command.
func signalNumber(state *os.ProcessState) int {
	if status, is := state.Sys().(syscall.WaitStatus); is {
		return int(status.Signal())
	}
	return 0
}

// relay gives signals that reach us on to the command.
type relay struct {
	cmd    *exec.Cmd
	heard  chan os.Signal
	ended  chan struct{}
	done   chan struct{}
	typed  bool                 // those from the keyboard reach the command by themselves
	resize func()               // the window has another size
	pause  func(between func()) // gives the terminal back while we are stopped
}

func newRelay(cmd *exec.Cmd) *relay {
	return &relay{cmd: cmd, heard: make(chan os.Signal, 16), ended: make(chan struct{}), done: make(chan struct{}), pause: func(between func()) { between() }}
}

// all hears everything that can be given on.
func (r *relay) all() {
	signal.Notify(r.heard, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGWINCH, syscall.SIGTSTP)
}

// unlessTyped leaves what the keyboard sends to the command's group, which is
// ours, to the system: the command gets it once, and we live on to hear how it
// took it. Stopping stops us both.
func (r *relay) unlessTyped() {
	r.typed = true
	signal.Notify(r.heard, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGUSR1, syscall.SIGUSR2)
}

func (r *relay) run() {
	defer close(r.done)
	for {
		select {
		case <-r.ended:
			return
		case heard := <-r.heard:
			r.give(heard.(syscall.Signal))
		}
	}
}

func (r *relay) give(heard syscall.Signal) {
	switch {
	case r.typed && (heard == syscall.SIGINT || heard == syscall.SIGQUIT):
	case heard == syscall.SIGTSTP:
		r.stopBoth(r.cmd.Process.Pid)
	case heard == syscall.SIGWINCH && r.resize != nil:
		r.resize()
	default:
		_ = r.cmd.Process.Signal(heard)
	}
}

// stopBoth stops the command's group and then us, until somebody wakes us.
func (r *relay) stopBoth(group int) {
	_ = unix.Kill(-group, unix.SIGSTOP)
	r.pause(func() { _ = unix.Kill(os.Getpid(), unix.SIGSTOP) })
	_ = unix.Kill(-group, unix.SIGCONT)
	if r.resize != nil {
		r.resize()
	}
}

func (r *relay) stop() {
	signal.Stop(r.heard)
	select {
	case <-r.ended:
	default:
		close(r.ended)
	}
}
