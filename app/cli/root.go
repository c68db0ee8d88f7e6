package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"firebreak/app/ahead"
	"firebreak/app/outside"
)

// flags are those that every command takes.
type flags struct {
	dataDir  string
	sample   bool
	incident string
	as       string
	json     bool
	noInput  bool
	noColour bool
	utc      bool
	local    bool
	logLevel string // of the window
}

// Main runs the program as its arguments say and answers its exit code.
// Without a command it opens the window.
func Main(ctx context.Context, world World) int {
	r := &run{World: world}
	root := r.command()
	root.SetArgs(world.Args)
	err := root.ExecuteContext(ctx)
	if closing := r.close(); err == nil {
		err = closing
	}
	if world.Begun != nil && r.exit == nil { // it runs, whatever else went wrong
		_, code := outside.Passage{}.Ended(world.Begun)
		r.exit = &code
	}
	if r.exit != nil && err != nil {
		complain(world.Err, err, false)
	}
	for _, exit := range []*int{r.windowExit, r.exit} {
		if exit != nil {
			return *exit
		}
	}
	if err != nil {
		complain(world.Err, err, r.flags.json || asksForJSON(world.Args))
	}
	return exitOf(err)
}

// asksForJSON finds --json where the command line could not be read.
func asksForJSON(args []string) bool {
	for _, arg := range args {
		if arg == "--" {
			return false
		}
		if arg == "--json" {
			return true
		}
	}
	return false
}

const rootLong = `Firebreak is the hotfix workflow for the person who commands an incident:
fix production fast, but not recklessly. It keeps everything on this computer.

Without a command it opens the window. The commands do the same things on the
same data, also while the window is open.

` + exitHelp

// The groups of the help.
const (
	groupStart = "start"
	groupBoard = "board"
	groupFix   = "fix"
	groupAfter = "after"
	groupLook  = "look"
	groupOther = "other"
)

func (r *run) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "firebreak",
		Short: "Run a hotfix from detection to post-mortem",
		Long:  rootLong,
		Example: `  firebreak declare "Checkout fails" --severity SEV1
  firebreak log "rolled back the canary" --at -5m
  firebreak status`,
		Version:           r.versionLine(),
		Args:              r.noSuchCommand,
		SilenceErrors:     true,
		SilenceUsage:      true,
		DisableAutoGenTag: true,
		RunE:              r.openWindow,
		PersistentPreRunE: r.prepare,
	}
	root.SetIn(r.In)
	root.SetOut(r.Out) // before the completion command is made: it keeps it
	root.SetErr(r.Err)
	root.SuggestionsMinimumDistance = 2
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return wrongUsage("%s. See: %s --help", sentence(err.Error()), cmd.CommandPath())
	})
	r.addFlags(root)
	for _, group := range []cobra.Group{
		{ID: groupStart, Title: "When it burns:"},
		{ID: groupBoard, Title: "The board:"},
		{ID: groupFix, Title: "The fix:"},
		{ID: groupAfter, Title: "After the fire:"},
		{ID: groupLook, Title: "To look:"},
		{ID: groupOther, Title: "The program:"},
	} {
		root.AddGroup(&group)
	}
	for _, add := range []struct {
		group    string
		commands []*cobra.Command
	}{
		{groupStart, []*cobra.Command{
			r.declareCommand(), r.logCommand(), r.attachCommand(), r.detachCommand(), r.acknowledgeCommand(), r.severityCommand(), r.triageCommand(), r.assessCommand(), r.tellCommand(),
			r.cancelCommand(), r.reopenCommand(),
		}},
		{groupBoard, []*cobra.Command{r.checkCommand(), r.gateCommand(), r.nextCommand(), r.roleCommand(), r.handoffCommand(), r.assignCommand(), r.decideCommand()}},
		{groupFix, []*cobra.Command{
			r.incrementCommand(), r.causeCommand(), r.fixCommand(), r.scopeCommand(), r.testCommand(), r.runCommand(), r.approveCommand(), r.rollbackReadyCommand(), r.deployCommand(), r.rollbackCommand(), r.probeCommand(), r.verifyCommand(),
			r.allClearCommand(),
		}},
		{groupAfter, []*cobra.Command{r.scheduleCommand(), r.actionCommand(), r.postmortemCommand(), r.redactCommand(), r.exportCommand(), r.importCommand()}},
		{groupLook, []*cobra.Command{r.statusCommand(), r.listCommand(), r.showCommand(), r.searchCommand(), r.attachmentsCommand(), r.historyCommand(), r.correctCommand(), r.undoCommand(), r.redoCommand()}},
		{groupOther, []*cobra.Command{r.playbookCommand(), r.backupCommand(), r.restoreCommand(), r.pathsCommand(), r.doctorCommand(), r.purgeCommand(), r.versionCommand(), r.manCommand()}},
	} {
		for _, cmd := range add.commands {
			cmd.GroupID = add.group
			root.AddCommand(cmd)
		}
	}
	root.SetHelpCommandGroupID(groupOther)
	root.SetCompletionCommandGroupID(groupOther)
	root.InitDefaultCompletionCmd()
	if completion, _, err := root.Find([]string{"completion"}); err == nil && completion != root {
		completion.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() } // else a wrong shell would count as done
	}
	usageErrors(root)
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages ", ".FlagUsagesWrapped 80 "))
	return root
}

func (r *run) addFlags(root *cobra.Command) {
	declareFlags(root.PersistentFlags(), ahead.Common, map[string]any{
		"data-dir": &r.flags.dataDir, "sample": &r.flags.sample, "incident": &r.flags.incident, "as": &r.flags.as, "json": &r.flags.json,
		"no-input": &r.flags.noInput, "no-color": &r.flags.noColour, "utc": &r.flags.utc, "local": &r.flags.local,
	})
	root.Flags().StringVar(&r.flags.logLevel, "log-level", "", "how much the window logs: off, error, warn, info, debug (also FIREBREAK_LOG)")
	root.MarkFlagsMutuallyExclusive("utc", "local")
}

// declareFlags declares flags whose rows stand elsewhere: into says where the
// value of each goes.
func declareFlags(f *pflag.FlagSet, rows []ahead.Flag, into map[string]any) {
	for _, row := range rows {
		if row.Switch {
			f.BoolVarP(into[row.Name].(*bool), row.Name, row.Short, false, row.Help)
		} else {
			f.StringVarP(into[row.Name].(*string), row.Name, row.Short, "", row.Help)
		}
	}
}

// noSuchCommand refuses a word that is no command, and offers those that are near.
func (r *run) noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	says := "There is no command " + quoted(args[0]) + "."
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		says += " Did you mean: " + strings.Join(near, ", ") + "?"
	}
	return wrongUsage("%s See: firebreak --help", says)
}

// usageErrors makes every complaint about arguments and flags one of usage.
func usageErrors(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			err := check(cmd, args)
			if err == nil || exitOf(err) == ExitUsage {
				return err
			}
			return wrongUsage("%s. See: %s --help", sentence(err.Error()), cmd.CommandPath())
		}
	}
	for _, child := range cmd.Commands() {
		usageErrors(child)
	}
}

// sentence begins with a capital letter and ends without a full stop.
func sentence(text string) string {
	text = strings.TrimRight(text, ".\n")
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// logLevel is how much the window logs.
func (r *run) logLevel() string {
	if r.flags.logLevel != "" {
		return r.flags.logLevel
	}
	return r.Env("FIREBREAK_LOG")
}

// openWindow is what the program does without a command.
func (r *run) openWindow(cmd *cobra.Command, _ []string) error {
	if r.OpenWindow == nil {
		if err := cmd.Help(); err != nil {
			return err
		}
		return &failure{exit: ExitNoWindow, code: "window.none", says: "This Firebreak was built without a window: use the commands above, or build it with make build."}
	}
	places, err := r.places()
	if err != nil {
		return err
	}
	exit := r.OpenWindow(cmd.Context(), Window{Places: places, Sample: r.flags.sample, Incident: r.flags.incident, Name: r.nameBefore(), LogLevel: r.logLevel()})
	r.windowExit = &exit
	return nil
}
