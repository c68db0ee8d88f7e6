package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// What running a command through the program may cost.
const (
	runStartTarget = 20.0 // milliseconds more until the command's first byte
	runFlowTarget  = 1.1  // the output over a plain pipe
	runStarts      = 41
	runFlows       = 5
)

func measureRun(b bench) ([]number, error) {
	program := filepath.Join(b.folder, "firebreak-run")
	build := exec.CommandContext(b.ctx, "go", "build", "-tags", "nogui", "-o", program, ".")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return nil, fmt.Errorf("the program for the terminal was not built: %w", err)
	}
	data := filepath.Join(b.folder, "run-data")
	if err := exec.CommandContext(b.ctx, program, "--data-dir", data, "declare", "Auth Outage", "--severity", "SEV1").Run(); err != nil {
		return nil, err
	}
	start, err := b.runStart(program, data)
	if err != nil {
		return nil, err
	}
	flow, err := b.runFlow(program, data)
	return []number{start, flow}, err
}

// runStart is the time from exec to the command's first byte, through the
// program and without it, by turns.
func (b bench) runStart(program, data string) (number, error) {
	words := []string{"echo", "x"}
	var more, bare []float64
	for pair := range runStarts + 1 {
		var plain, through time.Duration
		turns := []func() error{
			func() (err error) { plain, err = b.firstByte(words...); return err },
			func() (err error) {
				through, err = b.firstByte(append([]string{program, "--data-dir", data, "run", "--"}, words...)...)
				return err
			},
		}
		if pair%2 == 1 { // neither always comes after what the other left behind
			slices.Reverse(turns)
		}
		for _, turn := range turns {
			if err := turn(); err != nil {
				return number{}, err
			}
		}
		if pair > 0 { // the first only warms the disk
			more, bare = append(more, milliseconds(through-plain)), append(bare, milliseconds(plain))
		}
	}
	return number{
		what: "firebreak run: start, ms more than the command", ratios: more, target: runStartTarget,
		how: fmt.Sprintf("from exec to the first byte of echo, which takes %.1f ms by itself; an incident is open; %d pairs", median(bare), len(more)),
	}, nil
}

func (b bench) firstByte(words ...string) (time.Duration, error) {
	cmd := exec.CommandContext(b.ctx, words[0], words[1:]...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	_, err = out.Read(make([]byte, 1))
	took := time.Since(began)
	if err != nil {
		return 0, fmt.Errorf("%s printed nothing: %w", words[0], err)
	}
	return took, cmd.Wait()
}

// runFlow is a gigabyte through the program over a gigabyte through cat.
func (b bench) runFlow(program, data string) (number, error) {
	const flood = "head -c 1073741824 /dev/zero"
	shell := func(script string) (time.Duration, error) {
		cmd := exec.CommandContext(b.ctx, "sh", "-c", script, program, data)
		began := time.Now()
		err := cmd.Run()
		return time.Since(began), err
	}
	var ratios, plain, through []float64
	for pair := range runFlows + 1 {
		pipe, err := shell(flood + " | cat >/dev/null")
		if err != nil {
			return number{}, err
		}
		ours, err := shell(`"$0" --data-dir "$1" run --no-record -- ` + flood + ` >/dev/null`)
		if err != nil {
			return number{}, err
		}
		if pair > 0 {
			ratios = append(ratios, float64(ours)/float64(pipe))
			plain, through = append(plain, milliseconds(pipe)), append(through, milliseconds(ours))
		}
	}
	return number{
		what: "firebreak run: 1 GB of output / a plain pipe", ratios: ratios, target: runFlowTarget,
		how: fmt.Sprintf("%.0f ms beside %.0f ms for head | cat; %d pairs", median(through), median(plain), len(ratios)),
	}, nil
}
