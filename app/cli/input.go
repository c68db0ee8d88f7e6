package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

// inputLimit bounds what is read from the standard input.
const inputLimit = 16 << 20

// text joins the words of a command line, or reads the standard input when
// they are a single dash. Bytes that are no text become the mark for that.
func (r *run) text(words []string) (string, error) {
	text := strings.Join(words, " ")
	if len(words) == 1 && words[0] == "-" {
		read, err := io.ReadAll(io.LimitReader(r.In, inputLimit+1))
		if err != nil {
			return "", fmt.Errorf("the standard input cannot be read: %w. Nothing was written", err)
		}
		if len(read) > inputLimit {
			return "", wrongUsage("The standard input holds more than 16 MB. Nothing was written: send the important lines.")
		}
		text = strings.TrimRight(string(read), "\r\n")
	}
	return strings.ToValidUTF8(text, "\uFFFD"), nil
}

// textAt reads what is to be written down, and when it happened.
func (r *run) textAt(ctx context.Context, words []string, at string) (string, workflow.Stamp, error) {
	text, err := r.text(words)
	if err != nil {
		return "", workflow.Stamp{}, err
	}
	stamp, err := r.stamp(ctx, at)
	return text, stamp, err
}

// atLeast says what is missing when there are too few words.
func atLeast(n int, missing string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < n {
			return wrongUsage("%s See: %s --help", missing, cmd.CommandPath())
		}
		return nil
	}
}

// atFlag adds the flag for the time at which something happened.
func atFlag(cmd *cobra.Command, at *string) {
	cmd.Flags().StringVar(at, "at", "", "when it happened: 14:32, -5m, ~13:30, yesterday 23:50 (default: now)")
}

// oneOf answers the only name whose flag is set.
func oneOf(cmd *cobra.Command, names ...string) (string, error) {
	chosen := ""
	for _, name := range names {
		if set, _ := cmd.Flags().GetBool(name); !set {
			continue
		}
		if chosen != "" {
			return "", wrongUsage("Give --%s or --%s, not both. See: %s --help", chosen, name, cmd.CommandPath())
		}
		chosen = name
	}
	if chosen == "" {
		return "", wrongUsage("Say how it went: --%s. See: %s --help", strings.Join(names, " or --"), cmd.CommandPath())
	}
	return chosen, nil
}
