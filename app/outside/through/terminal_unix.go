//go:build unix

package through

import (
	"os"
	"os/exec"
	"sync"
	"syscall"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// terminal says whether a stream of ours is a terminal, and which file that is.
func terminal(stream any) (*os.File, bool) {
	file, is := stream.(*os.File)
	return file, is && file != nil && term.IsTerminal(int(file.Fd()))
}

// suspend is what Ctrl+Z sends.
const suspend = 0x1a

// onTerminal starts the command on a terminal of its own, which is as large as
// ours and behaves as ours does. Ours is raw meanwhile, so that each key reaches
// the command as it was typed: Ctrl+C is made a signal there, once.
func (p Passage) onTerminal(cmd *exec.Cmd, out *os.File, tail *sharedTail) (wait func() error, err error) {
	master, slave, err := pty.Open()
	if err != nil { // no terminals are left: it runs without colours
		return p.onPipes(cmd, tail)
	}
	if state, err := term.GetState(int(out.Fd())); err == nil {
		_ = term.Restore(int(slave.Fd()), state)
	}
	sameSize(out, master)

	cmd.Stdin, cmd.Stdout, cmd.Stderr = p.In, slave, slave
	var errs *stream
	var errEnd *os.File
	if _, is := terminal(p.Err); !is {
		if errs, errEnd, err = carried(p.Err, tail); err != nil {
			_, _ = master.Close(), slave.Close()
			return nil, err
		}
		cmd.Stderr = errEnd
	}
	in, typing := terminal(p.In)
	if typing = typing && inFront(in); typing {
		cmd.Stdin = slave
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 1}

	relay := newRelay(cmd)
	relay.all()
	relay.resize = func() { sameSize(out, master) }
	err = cmd.Start()
	_ = slave.Close()
	if errEnd != nil {
		_ = errEnd.Close()
	}
	if err != nil {
		relay.stop()
		_ = master.Close()
		return nil, err
	}
	var keys *keyboard
	if typing {
		keys = readKeys(in, master, relay)
	}
	go relay.run()
	screen := newStream(master, out, tail)
	go screen.carry()
	if errs != nil {
		go errs.carry()
	}
	return func() error {
		defer master.Close()
		if keys != nil {
			defer keys.stop()
		}
		err := cmd.Wait()
		relay.stop()
		screen.rest()
		if errs != nil {
			errs.rest()
		}
		return err
	}, nil
}

// sameSize makes one terminal as large as another. Both may be read and written
// meanwhile, so neither is taken out of the hands of the runtime.
func sameSize(from, to *os.File) {
	var size *unix.Winsize
	onFile(from, func(fd int) { size, _ = unix.IoctlGetWinsize(fd, unix.TIOCGWINSZ) })
	if size != nil {
		onFile(to, func(fd int) { _ = unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, size) })
	}
}

func onFile(file *os.File, do func(fd int)) {
	if raw, err := file.SyscallConn(); err == nil {
		_ = raw.Control(func(fd uintptr) { do(int(fd)) })
	}
}

// inFront says whether the keyboard is ours now: a job in the background must
// not touch it.
func inFront(tty *os.File) bool {
	group, err := unix.IoctlGetInt(int(tty.Fd()), unix.TIOCGPGRP)
	return err == nil && group == unix.Getpgrp()
}

// keyboard gives keys on to the command's terminal.
type keyboard struct {
	tty    *os.File
	master *os.File
	relay  *relay
	before *term.State
	wake   [2]int // a pipe that ends the reading, so that no key is taken after the command has ended
	ended  chan struct{}

	mu sync.Mutex // of the terminal's state
}

func readKeys(tty, master *os.File, relay *relay) *keyboard {
	k := &keyboard{tty: tty, master: master, relay: relay, ended: make(chan struct{})}
	if err := unix.Pipe(k.wake[:]); err != nil {
		return nil
	}
	unix.CloseOnExec(k.wake[0])
	unix.CloseOnExec(k.wake[1])
	k.raw()
	relay.pause = func(between func()) {
		k.restore()
		between()
		k.raw()
	}
	go k.read()
	return k
}

func (k *keyboard) raw() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if state, err := term.MakeRaw(int(k.tty.Fd())); err == nil {
		k.before = state
	}
}

func (k *keyboard) restore() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.before != nil {
		_ = term.Restore(int(k.tty.Fd()), k.before)
		k.before = nil
	}
}

func (k *keyboard) read() {
	defer close(k.ended)
	buffer := make([]byte, 4<<10)
	for {
		ready := []unix.PollFd{{Fd: int32(k.tty.Fd()), Events: unix.POLLIN}, {Fd: int32(k.wake[0]), Events: unix.POLLIN}}
		if _, err := unix.Poll(ready, -1); err != nil && err != unix.EINTR {
			return
		}
		if ready[1].Revents != 0 {
			return
		}
		if ready[0].Revents == 0 {
			continue
		}
		n, err := unix.Read(int(k.tty.Fd()), buffer)
		if err == unix.EINTR || err == unix.EAGAIN {
			continue
		}
		if err != nil || n == 0 {
			return
		}
		if !k.give(buffer[:n]) {
			return
		}
	}
}

// give writes keys. Where the command lets Ctrl+Z stop it, we stop both: its
// terminal alone would not, because no shell stands behind it.
func (k *keyboard) give(keys []byte) bool {
	from := 0
	for i, key := range keys {
		if key != suspend || !k.suspends() {
			continue
		}
		if _, err := k.master.Write(keys[from:i]); err != nil {
			return false
		}
		from = i + 1
		group := 0
		k.ask(func(fd int) (err error) {
			group, err = unix.IoctlGetInt(fd, unix.TIOCGPGRP)
			return err
		})
		if group > 0 {
			k.relay.stopBoth(group)
		}
	}
	_, err := k.master.Write(keys[from:])
	return err == nil
}

// suspends says whether the command has left Ctrl+Z its usual meaning.
func (k *keyboard) suspends() bool {
	does := false
	k.ask(func(fd int) error {
		state, err := unix.IoctlGetTermios(fd, readTermios)
		does = err == nil && state.Lflag&unix.ISIG != 0 && state.Cc[unix.VSUSP] == suspend
		return err
	})
	return does
}

// ask asks something of the command's terminal, which stays one that can be
// closed while it is read.
func (k *keyboard) ask(question func(fd int) error) {
	onFile(k.master, func(fd int) { _ = question(fd) })
}

func (k *keyboard) stop() {
	_, _ = unix.Write(k.wake[1], []byte{0})
	<-k.ended
	k.restore()
	_ = unix.Close(k.wake[0])
	_ = unix.Close(k.wake[1])
}
