package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"time"
	"unsafe"

	"modernc.org/libc"
	engine "modernc.org/sqlite/lib"

	"firebreak/app/torture/disk"
	"firebreak/data"
)

// upgrade is what a process is told that opens a database and is to die
// meanwhile: before that statement of the engine, or that operation on the
// disk. 0 lets it live.
type upgrade struct {
	Path      string
	Statement int
	Operation int
}

// upgraded counts what an upgrade consists of.
type upgraded struct{ Statements, Operations int }

// upgradeVariable tells a process of this program that it upgrades.
const upgradeVariable = "FIREBREAK_TORTURE_UPGRADE"

// upgradeIn opens a database in a process of its own.
func upgradeIn(ctx context.Context, wish upgrade) (done upgraded, killed bool, err error) {
	told, err := json.Marshal(wish)
	if err != nil {
		return done, false, err
	}
	self, err := os.Executable()
	if err != nil {
		return done, false, err
	}
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(os.Environ(), upgradeVariable+"="+string(told))
	var says bytes.Buffer
	cmd.Stderr = &says
	out, err := cmd.Output()
	switch {
	case err != nil && cmd.ProcessState != nil && cmd.ProcessState.ExitCode() == -1:
		return done, true, ctx.Err()
	case err != nil:
		return done, false, fmt.Errorf("the upgrade did not come to its end: %w: %s", err, says.Bytes())
	}
	return done, false, json.Unmarshal(out, &done)
}

// beUpgrader is main for a process that the migrate trial has started.
func beUpgrader() (code int, is bool) {
	told, is := os.LookupEnv(upgradeVariable)
	if !is {
		return 0, false
	}
	var wish upgrade
	err := json.Unmarshal([]byte(told), &wish)
	if err == nil {
		err = wish.carryOut(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1, true
	}
	return 0, true
}

func (u upgrade) carryOut(ctx context.Context) (err error) {
	var done upgraded
	if err := os.MkdirAll(filepath.Dir(u.Path), 0o700); err != nil {
		return err
	}
	below, err := disk.Insert()
	if err != nil {
		return err
	}
	if err := below.Watch(filepath.Dir(u.Path)); err != nil {
		return err
	}
	var operations atomic.Int64
	below.Break(func(disk.Op) disk.Failure {
		if operations.Add(1) == int64(u.Operation) {
			die()
		}
		return disk.Failure{}
	})
	trace := &tracing{until: u.Statement}
	if err := trace.begin(); err != nil {
		return err
	}
	store, err := data.Open(ctx, u.Path, data.Options{Clock: time.Now})
	if err != nil {
		return err
	}
	if err := store.Close(); err != nil {
		return err
	}
	done.Statements, done.Operations = int(trace.seen.Load()), int(operations.Load())
	return json.NewEncoder(os.Stdout).Encode(done)
}

// die ends this process as kill -9 does.
func die() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		os.Exit(1)
	}
	select {} // the end comes from outside
}

// tracing counts the statements of every connection that is opened after it has
// begun, and dies before one of them.
type tracing struct {
	until int
	seen  atomic.Int64

	// The engine's memory is not seen by the collector, so they are kept here.
	connected func(tls *libc.TLS, db, message, api uintptr) int32
	statement func(tls *libc.TLS, kind uint32, own, statement, text uintptr) int32
}

func (t *tracing) begin() error {
	t.statement = func(*libc.TLS, uint32, uintptr, uintptr, uintptr) int32 {
		if t.seen.Add(1) == int64(t.until) {
			die()
		}
		return engine.SQLITE_OK
	}
	t.connected = func(tls *libc.TLS, db, _, _ uintptr) int32 {
		return engine.Xsqlite3_trace_v2(tls, db, engine.SQLITE_TRACE_STMT, *(*uintptr)(unsafe.Pointer(&t.statement)), 0)
	}
	tls := libc.NewTLS()
	defer tls.Close()
	if code := engine.Xsqlite3_auto_extension(tls, *(*uintptr)(unsafe.Pointer(&t.connected))); code != engine.SQLITE_OK {
		return errors.New("the engine does not let its statements be counted")
	}
	return nil
}
