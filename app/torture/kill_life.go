package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"sync"
	"time"
)

// aim says when a writer is killed: so long after it has said something. The
// zero aim spares it.
type aim struct {
	says  string
	what  string // what it is about to do then; "": anything
	after time.Duration
}

// life is a writer from its start to its end, as its parent sees it.
type life struct {
	job   job
	aim   aim
	cmd   *exec.Cmd
	stdin io.Closer
	fire  sync.Once
	ended chan struct{}

	words  []word // read it once ended is closed
	killed bool
	failed error
}

// patience is how long a writer may live when it never comes to where it is
// to be killed.
const patience = 2 * time.Second

// start starts a writer, and sees to its end.
func start(ctx context.Context, j job, at aim) (*life, error) {
	told, err := json.Marshal(j)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	r := &life{job: j, aim: at, ended: make(chan struct{})}
	r.cmd = exec.CommandContext(ctx, self)
	r.cmd.Env = append(os.Environ(), writerVariable+"="+string(told))
	r.cmd.Stderr = os.Stderr
	if r.stdin, err = r.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := r.cmd.Start(); err != nil {
		return nil, err
	}
	if at.says != "" && !j.Hangs {
		time.AfterFunc(patience, r.kill)
	}
	go r.listen(out)
	return r, nil
}

// listen hears a writer out. The last line may be cut off by its death.
func (r *life) listen(out io.Reader) {
	defer close(r.ended)
	lines := bufio.NewReaderSize(out, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break
		}
		var heard word
		if err := json.Unmarshal(line, &heard); err != nil {
			r.failed = fmt.Errorf("writer %s said %q", r.job.Name, line)
			break
		}
		r.words = append(r.words, heard)
		if heard.Says == r.aim.says && (r.aim.what == "" || r.aim.what == heard.What) {
			time.AfterFunc(r.aim.after, r.kill)
		}
	}
	_ = r.cmd.Wait() // how it ended is in its words
	r.killed = r.cmd.ProcessState.ExitCode() == -1
}

func (r *life) kill() { r.fire.Do(func() { _ = r.cmd.Process.Kill() }) }

// stop lets a writer end as a person ends it.
func (r *life) stop() { _ = r.stdin.Close() }

// fault is what went wrong in a writer's life that must not.
func (r *life) fault() error {
	if r.failed != nil {
		return r.failed
	}
	for _, heard := range r.words {
		if heard.Says == saysFault {
			return fmt.Errorf("writer %s: %s", r.job.Name, heard.Reason)
		}
	}
	closed := slices.ContainsFunc(r.words, func(w word) bool { return w.Says == saysClosed })
	if !r.killed && !closed {
		return fmt.Errorf("writer %s ended without a word: %s", r.job.Name, r.cmd.ProcessState)
	}
	return nil
}

// unanswered is what the writer was doing when it was killed; nil: nothing.
func (r *life) unanswered() *word {
	for i := len(r.words) - 1; i >= 0; i-- {
		switch r.words[i].Says {
		case saysWill:
			return &r.words[i]
		case saysDid, saysNo:
			return nil
		}
	}
	return nil
}
