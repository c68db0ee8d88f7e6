package main

import (
	"bytes"
	"errors"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// arrivals tells when a name in a folder was renamed into its place.
type arrivals struct {
	fd int
	at chan time.Time
}

// watchName begins to listen for a name.
func watchName(folder, name string) (*arrivals, error) {
	fd, err := unix.InotifyInit1(unix.IN_CLOEXEC)
	if err != nil {
		return nil, err
	}
	if _, err := unix.InotifyAddWatch(fd, folder, unix.IN_MOVED_TO); err != nil {
		return nil, err
	}
	a := &arrivals{fd: fd, at: make(chan time.Time, 64)}
	go a.listen(name)
	return a, nil
}

func (a *arrivals) listen(name string) {
	buffer := make([]byte, 4096)
	for {
		n, err := unix.Read(a.fd, buffer)
		now := time.Now()
		if err != nil || n <= 0 {
			return
		}
		for at := 0; at+unix.SizeofInotifyEvent <= n; {
			event := (*unix.InotifyEvent)(unsafe.Pointer(&buffer[at]))
			from := at + unix.SizeofInotifyEvent
			at = from + int(event.Len)
			if string(bytes.TrimRight(buffer[from:at], "\x00")) == name {
				a.at <- now
			}
		}
	}
}

// next is when the name arrived.
func (a *arrivals) next() (time.Time, error) {
	select {
	case at := <-a.at:
		return at, nil
	case <-time.After(10 * time.Second):
		return time.Time{}, errors.New("the file was not replaced")
	}
}

func (a *arrivals) close() { _ = unix.Close(a.fd) }
