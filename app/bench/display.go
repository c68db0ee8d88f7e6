package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// display is an X server of our own: the same for every run, drawn in software,
// and no window jumps at the person at this machine.
type display struct {
	name   string // ":7"
	server *exec.Cmd
	eye    *eye
}

func openDisplay(ctx context.Context) (*display, error) {
	path, err := exec.LookPath("Xvfb")
	if err != nil {
		return nil, notHere("It needs a display of its own: apt-get install xvfb libgl1-mesa-dri.")
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	server := exec.CommandContext(ctx, path, "-displayfd", "3", "-screen", "0", "1280x900x24", "+extension", "GLX", "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{write}
	err = server.Start()
	write.Close()
	if err != nil {
		return nil, err
	}
	d := &display{server: server}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		d.close()
		return nil, errors.New("the display did not start: run Xvfb by hand to see why")
	}
	d.name = ":" + strings.TrimSpace(number)
	if d.eye, err = openEye(strings.TrimSpace(number)); err != nil {
		d.close()
		return nil, fmt.Errorf("the display %s could not be looked at: %w", d.name, err)
	}
	return d, nil
}

func (d *display) close() {
	if d.eye != nil {
		d.eye.line.Close()
	}
	_ = d.server.Process.Kill()
	_ = d.server.Wait()
}
