package repo

import (
	"bufio"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"firebreak/workflow"
)

const (
	logPatience = 10 * time.Second
	mostCommits = 500
	mostBody    = 4 << 10
	mostSubject = 1 << 10
	mostPaths   = 1000 // of a commit; where it touches more, none is kept
)

// logged is what was read of a history.
type logged struct {
	all []workflow.CommitFact
	cut string // what is left out, in a sentence
	err error
}

// startLog reads the commits between two, beside whoever asks.
func startLog(ctx context.Context, folder, base, tip string) <-chan logged {
	done := make(chan logged, 1)
	go func() {
		var out logged
		out.all, out.err = commitsBetween(ctx, folder, base, tip, mostCommits+1)
		if len(out.all) > mostCommits {
			out.all = out.all[:mostCommits]
			out.cut = fmt.Sprintf("Only the newest %d commits are read.", mostCommits)
		}
		done <- out
	}()
	return done
}

// commitsBetween lists what leads from base to tip, the newest first, with the
// files that each touches. An empty base is the beginning. A merge has no files of
// its own: git does not compare it with its parents.
func commitsBetween(ctx context.Context, folder, base, tip string, most int) ([]workflow.CommitFact, error) {
	args := []string{
		"-c", "log.showRoot=true", "log", "-z", "--name-only", "--no-renames", "--no-relative", "--no-ext-diff", "--ignore-submodules=dirty", "--no-show-signature", "--no-notes", "--no-color", "--no-decorate", "--encoding=UTF-8", "--date=raw",
		"--max-count=" + strconv.Itoa(most), "--format=tformat:%x00%H%x00%P%x00%an%x00%ad%x00%s%x00%b", tip,
	}
	if base != "" {
		args = append(args, "^"+base)
	}
	var all []workflow.CommitFact
	err := streamGit(ctx, streamed(logPatience, folder), func(in *bufio.Reader) error {
		if _, _, err := readField(in, 1); err != nil { // each commit begins with an empty one
			return err
		}
		for len(all) < most {
			c, more, err := readCommit(in)
			if err != nil || !more {
				return err
			}
			all = append(all, c)
		}
		return nil
	}, append(args, "--")...)
	return all, err
}

// readCommit reads six fields, each with a NUL behind it, and the names of files
// up to the empty one that the next commit begins with; false is the end.
func readCommit(in *bufio.Reader) (c workflow.CommitFact, more bool, err error) {
	var fields [6]string
	for i, most := range [...]int{64, mostBody, mostSubject, 64, mostSubject, mostBody} {
		var ended bool
		if fields[i], ended, err = readField(in, most); err != nil || ended && i == 0 {
			return c, false, err
		}
		fields[i] = strings.ToValidUTF8(fields[i], "\uFFFD")
	}
	paths, err := readPaths(in)
	return workflow.CommitFact{
		ID: fields[0], Parents: len(strings.Fields(fields[1])), Author: fields[2], At: rawStamp(fields[3]),
		Subject: fields[4], Body: strings.TrimSpace(fields[5]), Paths: paths,
	}, true, err
}

// readPaths reads the names behind a commit; the first has the end of a line in
// front. Of a few it would be said that nothing else is touched, so too many are
// as good as none.
func readPaths(in *bufio.Reader) ([]string, error) {
	var paths []string
	for n := 0; ; n++ {
		name, ended, err := readField(in, mostNameBytes)
		switch {
		case err != nil:
			return nil, err
		case ended || name == "":
			if n > mostPaths {
				return nil, nil
			}
			return paths, nil
		case n == 0:
			name = strings.TrimPrefix(name, "\n")
		}
		if n < mostPaths {
			paths = append(paths, name)
		}
	}
}

// readField reads up to a NUL and keeps the beginning of it.
func readField(in *bufio.Reader, most int) (text string, ended bool, err error) {
	var kept []byte
	for {
		c, err := in.ReadByte()
		switch {
		case err != nil && len(kept) == 0:
			return "", true, nil
		case err != nil || c == 0:
			return string(kept), false, nil
		case len(kept) < most:
			kept = append(kept, c)
		}
	}
}

// rawStamp reads "1732543920 +0100".
func rawStamp(raw string) workflow.Stamp {
	seconds, zone, _ := strings.Cut(raw, " ")
	at, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return workflow.UnknownStamp(raw)
	}
	hours, wrong := strconv.Atoi(zone)
	if wrong != nil || hours < -1500 || hours > 1500 {
		hours = 0
	}
	offset := (hours/100*60 + hours%100) * 60
	where := time.UTC
	if offset != 0 {
		where = time.FixedZone("", offset)
	}
	return workflow.StampAt(time.Unix(at, 0), where)
}
