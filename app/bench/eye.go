package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
)

// eye looks at an X server's screen from outside, so that the programs need no
// door for being measured. It speaks just enough of the protocol to see pixels
// and to press keys.
type eye struct {
	line net.Conn
	root uint32
	keys byte // the number of the extension that presses keys
}

var order = binary.LittleEndian

// The requests that are used.
const (
	queryTree      = 15
	setInputFocus  = 42
	getImage       = 73
	queryExtension = 98
	fakeInput      = 2 // of XTEST
)

func openEye(display string) (*eye, error) {
	line, err := net.Dial("unix", filepath.Join("/", "tmp", ".X11-unix", "X"+display))
	if err != nil {
		return nil, err
	}
	e := &eye{line: line}
	if err := e.greet(); err != nil {
		line.Close()
		return nil, err
	}
	return e, nil
}

// greet opens the conversation and learns the root window and the extension.
func (e *eye) greet() error {
	if _, err := e.line.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(e.line, head); err != nil {
		return err
	}
	body := make([]byte, 4*int(order.Uint16(head[6:])))
	if _, err := io.ReadFull(e.line, body); err != nil {
		return err
	}
	if head[0] != 1 || len(body) < 32 {
		return errors.New("the X server refused the connection")
	}
	vendor, formats := (int(order.Uint16(body[16:]))+3)/4*4, int(body[21])
	at := 32 + vendor + 8*formats
	if len(body) < at+4 {
		return errors.New("the X server has no screen")
	}
	e.root = order.Uint32(body[at:])

	name := "XTEST"
	ask := request(queryExtension, 0, uint32(len(name)))
	head, _, err := e.ask(pad(append(ask, name...)))
	if err != nil {
		return err
	}
	if head[8] == 0 {
		return errors.New("the X server cannot press keys (XTEST)")
	}
	e.keys = head[9]
	return nil
}

// request begins a request: its number, its small value and whole words.
func request(code, value byte, words ...uint32) []byte {
	out := []byte{code, value, 0, 0}
	for _, word := range words {
		out = order.AppendUint32(out, word)
	}
	return out
}

// pad fills a request up to whole words and writes its length into it.
func pad(ask []byte) []byte {
	for len(ask)%4 != 0 {
		ask = append(ask, 0)
	}
	order.PutUint16(ask[2:], uint16(len(ask)/4))
	return ask
}

// ask sends a request and answers its reply: 32 bytes, and what follows them.
func (e *eye) ask(ask []byte) (head, rest []byte, err error) {
	if _, err := e.line.Write(ask); err != nil {
		return nil, nil, err
	}
	for {
		head = make([]byte, 32)
		if _, err := io.ReadFull(e.line, head); err != nil {
			return nil, nil, err
		}
		switch head[0] {
		case 0:
			return nil, nil, fmt.Errorf("the X server refused request %d with error %d", ask[0], head[1])
		case 1:
			rest = make([]byte, 4*int(order.Uint32(head[4:])))
			_, err := io.ReadFull(e.line, rest)
			return head, rest, err
		}
	}
}

// colours counts the colours in a band of the screen.
func (e *eye) colours(top, width, height uint16) (int, error) {
	const allPixels = 2
	_, pixels, err := e.ask(pad(request(getImage, allPixels,
		e.root, uint32(top)<<16, uint32(height)<<16|uint32(width), ^uint32(0))))
	if err != nil {
		return 0, err
	}
	seen := map[uint32]bool{}
	last := ^uint32(0)
	for ; len(pixels) >= 4; pixels = pixels[4:] {
		if pixel := order.Uint32(pixels) & 0xffffff; pixel != last {
			seen[pixel], last = true, pixel
		}
	}
	return len(seen), nil
}

// focus gives the keyboard to the newest window; no window manager does it.
func (e *eye) focus() error {
	head, windows, err := e.ask(pad(request(queryTree, 0, e.root)))
	if err != nil {
		return err
	}
	count := int(order.Uint16(head[16:]))
	if count == 0 || len(windows) < 4*count {
		return errors.New("there is no window")
	}
	const backToRoot = 1
	_, err = e.line.Write(pad(request(setInputFocus, backToRoot, order.Uint32(windows[4*(count-1):]), 0)))
	return err
}

// press holds the keys down in their order and lets them go again. They are
// numbered as on every PC keyboard under X.
func (e *eye) press(keys ...byte) error {
	const down, up = 2, 3
	for _, key := range keys {
		if err := e.fake(down, key); err != nil {
			return err
		}
	}
	for _, key := range keys {
		if err := e.fake(up, key); err != nil {
			return err
		}
	}
	return nil
}

func (e *eye) fake(what, key byte) error {
	event := uint32(what) | uint32(key)<<8
	_, err := e.line.Write(pad(request(e.keys, fakeInput, event, 0, e.root, 0, 0, 0, 0, 0)))
	return err
}
