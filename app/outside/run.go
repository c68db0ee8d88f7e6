package outside

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"firebreak/workflow"
)

// How long a command and what it started may take to end.
const (
	endsWithin   = 3 * time.Second        // after it was asked to, and before it is made to
	staysFor     = 500 * time.Millisecond // what it left running may still print after it ended
	lookEvery    = 10 * time.Millisecond
	readAtOnce   = 64 << 10
	withoutLimit = 24 * time.Hour
)

// Runner runs the desk's commands, each in a process group of its own that no
// keyboard belongs to: a command that asks for a password fails instead of
// waiting for one.
type Runner struct {
	Steady func() time.Duration // the time that nobody can set
	Scan   func(string) string  // takes out secrets that only their form tells; nil: those of the environment alone
}

// Installed says whether a program is on the PATH.
func (Runner) Installed(name string) bool { return Installed(name) }

// Keepable is a command as it may be kept, before it is run.
func (r Runner) Keepable(order workflow.RunOrder) string {
	return Keepable(order.Line, SecretsHere(order.Env...), r.Scan)
}

// Run runs a command to its end and gives on what it prints as it comes. It
// always answers how it ended.
func (r Runner) Run(ctx context.Context, order workflow.RunOrder, printed func([]byte)) workflow.Ran {
	began := r.Steady()
	secrets := SecretsHere(order.Env...)
	run := &running{order: order, secrets: secrets, scan: r.Scan, printed: printed}
	ran := run.run(ctx)
	ran.Took = r.Steady() - began
	ran.Line = Keepable(order.Line, secrets, r.Scan)
	ran.Printed, ran.Tail = run.tail.Printed(), run.tail.Text(secrets, r.Scan)
	return ran
}

// Keepable is a command as it may be kept.
func Keepable(line string, secrets Secrets, scan func(string) string) string {
	line = strings.ToValidUTF8(secrets.Redact(line), "\uFFFD")
	if scan != nil {
		line = scan(line)
	}
	return line
}

// running is one command on its way.
type running struct {
	order   workflow.RunOrder
	secrets Secrets
	scan    func(string) string
	printed func([]byte)
	tail    Tail
}

func (r *running) run(ctx context.Context) workflow.Ran {
	path, args, err := r.program()
	if err != nil {
		return notStarted(err)
	}
	reads, writes, err := os.Pipe()
	if err != nil {
		return notStarted(fmt.Errorf("no pipe could be made for what the command prints (%w). Nothing was run", err))
	}
	defer reads.Close()
	cmd := &exec.Cmd{Path: path, Args: args, Dir: r.order.Folder, Stdout: writes, Stderr: writes}
	cmd.Env = append(cmd.Environ(), r.order.Env...)
	aside(cmd)
	err = cmd.Start()
	_ = writes.Close()
	if err != nil {
		return notStarted(startTrouble(args[0], err))
	}
	heard, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(heard)
		r.listen(reads)
	}()
	go func() { ended <- cmd.Wait() }()

	limit := r.order.Limit
	if limit <= 0 {
		limit = withoutLimit
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	var why workflow.RunEnding
	select {
	case err = <-ended:
	case <-ctx.Done():
		why = workflow.RunCancelled
		err = end(cmd, ended)
	case <-timer.C:
		why = workflow.RunTimedOut
		err = end(cmd, ended)
	}
	endRest(cmd, reads, heard)
	return r.judge(cmd, err, why)
}

// listen takes what is printed until nobody can print any more.
func (r *running) listen(from *os.File) {
	buffer := make([]byte, readAtOnce)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			_, _ = r.tail.Write(buffer[:n])
			if r.printed != nil {
				r.printed(buffer[:n])
			}
		}
		if err != nil {
			return
		}
	}
}

// end asks a command to end, and soon makes it.
func end(cmd *exec.Cmd, ended <-chan error) error {
	ask(cmd)
	timer := time.NewTimer(endsWithin)
	defer timer.Stop()
	select {
	case err := <-ended:
		return err
	case <-timer.C:
		force(cmd)
		return <-ended
	}
}

// endRest ends what a command has left running, and stops waiting for what
// holds its output and cannot be reached.
func endRest(cmd *exec.Cmd, reads *os.File, heard <-chan struct{}) {
	if !hears(heard, staysFor) {
		ask(cmd)
		hears(heard, staysFor)
	}
	ask(cmd)
	for waited := time.Duration(0); !gone(cmd) && waited < staysFor; waited += lookEvery {
		time.Sleep(lookEvery)
	}
	force(cmd)
	if !hears(heard, staysFor) {
		_ = reads.Close()
		<-heard
	}
}

func hears(heard <-chan struct{}, within time.Duration) bool {
	timer := time.NewTimer(within)
	defer timer.Stop()
	select {
	case <-heard:
		return true
	case <-timer.C:
		return false
	}
}

// program finds what is to be run. A path is one from the folder that it runs
// in.
func (r *running) program() (path string, args []string, err error) {
	o := r.order
	if info, err := os.Stat(o.Folder); o.Folder != "" && (err != nil || !info.IsDir()) {
		return "", nil, fmt.Errorf("the folder %s is not there any more. Nothing was run. Choose the repository again", o.Folder)
	}
	args = o.Words
	if o.Shell {
		args = []string{"sh", "-c", o.Line}
	}
	if len(args) == 0 || args[0] == "" {
		return "", nil, errors.New("there is no command to run. Nothing was run")
	}
	name := args[0]
	if filepath.Base(name) != name && !filepath.IsAbs(name) {
		name = filepath.Join(o.Folder, name)
	}
	if path, err = exec.LookPath(name); err != nil {
		return "", nil, startTrouble(args[0], err)
	}
	return path, args, nil
}

// startTrouble says in a sentence why a command did not start.
func startTrouble(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("the command %s may not be run: it is not executable. Nothing was run", name)
	case errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the command %s is not installed on this machine, or not on the PATH. Nothing was run", name)
	case errors.Is(err, syscall.E2BIG):
		return fmt.Errorf("the command is too long for this system: %s was not run. Give it fewer words", name)
	case errors.Is(err, syscall.ENOEXEC):
		return fmt.Errorf("the command %s is no program for this machine. Nothing was run. A script needs its first line, such as #!/bin/sh", name)
	default:
		return fmt.Errorf("the command %s could not be run: %w. Nothing was run", name, err)
	}
}

func notStarted(err error) workflow.Ran {
	return workflow.Ran{Ending: workflow.RunNotStarted, Exit: -1, Says: upperFirst(err.Error()) + "."}
}

// judge says how a command ended.
func (r *running) judge(cmd *exec.Cmd, err error, why workflow.RunEnding) workflow.Ran {
	ran := workflow.Ran{Ending: workflow.RunExited, Exit: -1}
	state := cmd.ProcessState
	if state == nil {
		ran.Ending, ran.Says = workflow.RunSignalled, fmt.Sprintf("How it ended is not known (%v). Look at what it did before you run it again.", err)
		return ran
	}
	ran.Exit, ran.Signal = state.ExitCode(), signalOf(state)
	switch {
	case why == workflow.RunTimedOut:
		ran.Ending, ran.Says = why, fmt.Sprintf("It took longer than %s and was ended. What it had done until then stands.", workflow.Briefly(r.order.Limit))
	case why == workflow.RunCancelled:
		ran.Ending, ran.Says = why, "It was cancelled. What it had done until then stands."
	case ran.Signal != "":
		ran.Ending, ran.Says = workflow.RunSignalled, fmt.Sprintf("It was ended from outside by a signal (%s).", ran.Signal)
	case ran.Exit != 0:
		ran.Says = fmt.Sprintf("It ended with the exit code %d.", ran.Exit)
	}
	if ran.Ending != workflow.RunExited {
		ran.Exit = -1
	}
	return ran
}

func upperFirst(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
