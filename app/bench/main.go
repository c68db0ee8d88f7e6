// Command bench prints the numbers that the program is held to. Each is a
// ratio: what is measured and its floor run by turns in one run, because no
// machine is as fast twice. It judges nobody: a missed target is printed, and
// only a measurement that broke is an error.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
)

// bench is one run.
type bench struct {
	ctx     context.Context
	folder  string // thrown away at the end; on a disk, because some floors are the disk's
	window  string // the built program; "" when there is none
	tags    string // that it was built with
	pairs   int
	profile string // file for a CPU profile of the desk's actions; "" is none
}

// group is a set of numbers that are measured together.
type group struct {
	name    string
	measure func(bench) ([]number, error)
}

func groups() []group {
	return []group{
		{"start", measureStarts},
		{"memory", measureMemory},
		{"desk", measureDesk},
		{"store", measureStore},
		{"increment", measureIncrement},
		{"import", measureImport},
		{"editor", measureEditor},
		{"preview", measurePreview},
		{"export", measureExport},
		{"scope", measureScope},
		{"million", measureMillion},
		{"run", measureRun},
		{"probes", measureProbes},
	}
}

// groupNames lists the groups as they are asked for.
func groupNames() string {
	var names []string
	for _, g := range groups() {
		names = append(names, g.name)
	}
	return strings.Join(names, ", ")
}

// notHere says why a group cannot be measured on this machine, and what to do.
type notHere string

func (n notHere) Error() string { return string(n) }

func main() {
	if os.Getenv(shopVariable) != "" {
		serveShop()
		return
	}
	only := flag.String("only", "", "measure only these groups: "+groupNames())
	pairs := flag.Int("pairs", 9, "how often each start is measured")
	profile := flag.String("profile", "", "write a CPU profile of the desk's actions to this file")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	b := bench{
		ctx: ctx, window: os.Getenv("FIREBREAK_WINDOW"), tags: os.Getenv("FIREBREAK_TAGS"),
		pairs: max(1, *pairs), profile: *profile,
	}
	if err := b.run(*only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run measures the groups that were asked for, all when none was named. A group
// that breaks does not keep the others from being printed.
func (b bench) run(only string) error {
	if _, err := os.Stat("go.mod"); err != nil {
		return errors.New("nothing was measured: start it in the folder that holds go.mod, as make bench does")
	}
	parent, err := filepath.Abs("build")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	b.folder, err = os.MkdirTemp(parent, "bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(b.folder)

	printHead(os.Stdout)
	var broken error
	for _, g := range groups() {
		if only != "" && !strings.Contains(","+only+",", ","+g.name+",") {
			continue
		}
		numbers, err := g.measure(b)
		for _, n := range numbers {
			n.print(os.Stdout)
		}
		var skipped notHere
		switch {
		case errors.As(err, &skipped):
			fmt.Printf("\n%s: skipped. %s\n", g.name, skipped)
		case err != nil:
			broken = errors.Join(broken, fmt.Errorf("the measurement of the %s broke: %w", g.name, err))
		}
		if b.ctx.Err() != nil {
			return errors.Join(broken, errors.New("the run was interrupted"))
		}
	}
	return broken
}
