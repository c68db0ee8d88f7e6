// Package journal keeps the program's own diary in a file: what it did, how
// long it took, and what failed, in words of the program alone. It never holds
// what a person wrote.
package journal

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gopkg.in/natefinch/lumberjack.v2"
)

// Word is a word of the program's own. A constant in the source becomes one by
// itself, but text that came from anywhere else does not: whoever converts it
// must know that no person wrote it.
type Word string

// Fact is a detail of a line. Only the functions here make one, and none takes
// free text.
type Fact struct{ attr slog.Attr }

// Count is a number.
func Count(name Word, n int) Fact { return Fact{slog.Int(string(name), n)} }

// Took is how long something took.
func Took(d time.Duration) Fact { return Fact{slog.Int64("ms", d.Milliseconds())} }

// Is is a word under a name.
func Is(name, value Word) Fact { return Fact{slog.String(string(name), string(value))} }

// Failed is the kind of an error, never its sentence: that can name a file, or
// hold what was typed.
func Failed(err error) Fact { return Fact{slog.String("error", Kind(err))} }

// Level is how much is written.
type Level string

// The levels. Each writes what the ones before it write.
const (
	Off   Level = "off"
	Error Level = "error"
	Warn  Level = "warn"
	Info  Level = "info" // what holds when nobody says otherwise
	Debug Level = "debug"
)

var severities = map[Level]slog.Level{Error: slog.LevelError, Warn: slog.LevelWarn, Info: slog.LevelInfo, Debug: slog.LevelDebug}

// ReadLevel reads a level as it was typed; "" is Info.
func ReadLevel(typed string) (Level, error) {
	level := Level(typed)
	if typed == "" {
		return Info, nil
	}
	if _, known := severities[level]; !known && level != Off {
		return Info, fmt.Errorf("there is no log level %q. Give one of: off, error, warn, info, debug", typed)
	}
	return level, nil
}

// name is the file that is written now; older ones have their time in the name.
const name = "firebreak.log"

// How much is kept: a few weeks of an ordinary laptop.
const (
	fileMegabytes = 2
	olderFiles    = 4
)

// Journal is an open diary. A nil one writes nothing.
type Journal struct {
	log  *slog.Logger
	file io.Closer
}

// Open opens the diary in a folder. A folder that cannot be written is told,
// and the program goes on without a diary.
func Open(folder string, level Level) (*Journal, error) {
	if level == Off {
		return nil, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(folder, name)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil { // the next files are made like this one
		return nil, err
	}
	to := &lumberjack.Logger{Filename: path, MaxSize: fileMegabytes, MaxBackups: olderFiles}
	return &Journal{log: slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{Level: severities[level]})), file: to}, nil
}

// Close closes the file.
func (j *Journal) Close() error {
	if j == nil {
		return nil
	}
	return j.file.Close()
}

// Debug writes what only somebody who looks for a fault wants to know.
func (j *Journal) Debug(what Word, facts ...Fact) { j.write(slog.LevelDebug, what, facts) }

// Info writes what happens in every run.
func (j *Journal) Info(what Word, facts ...Fact) { j.write(slog.LevelInfo, what, facts) }

// Warn writes what is odd and stops nothing.
func (j *Journal) Warn(what Word, facts ...Fact) { j.write(slog.LevelWarn, what, facts) }

// Error writes what failed.
func (j *Journal) Error(what Word, facts ...Fact) { j.write(slog.LevelError, what, facts) }

func (j *Journal) write(level slog.Level, what Word, facts []Fact) {
	if j == nil {
		return
	}
	attrs := make([]slog.Attr, len(facts))
	for i, f := range facts {
		attrs[i] = f.attr
	}
	j.log.LogAttrs(context.Background(), level, string(what), attrs...)
}
