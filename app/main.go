package app

import (
	"context"

	"firebreak/app/cli"
	"firebreak/app/keep"
	"firebreak/app/outside"
	"firebreak/app/outside/through"
	"firebreak/app/publish"
	"firebreak/app/session"
)

// Main runs the program: the window, or the command that was asked for. It
// answers the exit code. Begun is the command of firebreak run, where it was
// started ahead of the program; else nil.
func Main(version string, begun *through.Command) int {
	world := cli.Here()
	world.Begun = begun
	world.Version = version
	world.Prober = outside.NewProber(world.Now, outside.Runner{Steady: session.WallClock{}.Steady}.Run)
	world.Hands = func(ledger *keep.Shelf) session.Hands { return publish.New(ledger, ledger.Files()) }
	if openWindow != nil {
		world.OpenWindow = func(_ context.Context, with cli.Window) int {
			return openWindow(WindowOptions{Places: with.Places, Sample: with.Sample, Open: with.Incident, Name: with.Name, Version: version, LogLevel: with.LogLevel})
		}
	}
	return cli.Main(context.Background(), world)
}
