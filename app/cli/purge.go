package cli

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"firebreak/data"
	"firebreak/workflow"
)

// purge is what the flags of purge say.
type purge struct {
	dry, yes bool
	why      string
}

const purgeLong = `Firebreak deletes nothing by itself: what is hidden or undone stays in the log.
To purge is the one way to be rid of something, and it cannot be undone.

  hidden      the words and files of hidden timeline entries: their lines stay,
              and say who purged them; backups made before still hold the words,
              and so do files that a repair set aside in the folder damaged
  everything  all of Firebreak's files on this computer, the backups included

Without --yes nothing is purged, and what would be is counted.`

func (r *run) purgeCommand() *cobra.Command {
	var p purge
	cmd := &cobra.Command{
		Use: "purge", Short: "Blot out hidden words, or take everything off this computer",
		Long: purgeLong, Args: cobra.NoArgs,
		Example: "  firebreak purge --dry-run\n  firebreak purge hidden --why \"a token was pasted\" --yes\n  firebreak purge everything --yes",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !p.dry {
				return wrongUsage("Say what to purge: hidden or everything. Nothing was purged. To see what there is: firebreak purge --dry-run")
			}
			if err := r.purgeHidden(cmd.Context(), p); err != nil {
				return err
			}
			return r.purgeEverything(cmd.Context(), p)
		},
	}
	cmd.PersistentFlags().BoolVar(&p.dry, "dry-run", false, "count what would go, and purge nothing")
	cmd.PersistentFlags().BoolVar(&p.yes, "yes", false, "do it; it cannot be undone")
	hidden := &cobra.Command{
		Use: "hidden", Short: "Blot out the words and files of hidden entries", Args: cobra.NoArgs,
		Example: "  firebreak purge hidden --dry-run\n  firebreak purge hidden --why \"a token was pasted\" --yes",
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.purgeHidden(cmd.Context(), p) },
	}
	hidden.Flags().StringVar(&p.why, "why", "", "the reason, which stays on record")
	cmd.AddCommand(hidden, &cobra.Command{
		Use: "everything", Short: "Take all of Firebreak's files off this computer", Args: cobra.NoArgs,
		Example: "  firebreak purge everything --dry-run\n  firebreak purge everything --yes",
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.purgeEverything(cmd.Context(), p) },
	})
	return cmd
}

// purgedJSON counts what went, or would go.
type purgedJSON struct {
	What    string   `json:"what"`
	Purged  bool     `json:"purged"` // false: it was only counted
	Entries int      `json:"entries,omitempty"`
	Events  int      `json:"events,omitempty"`
	Files   int      `json:"files,omitempty"`
	Bytes   int64    `json:"bytes,omitempty"`
	Paths   []string `json:"paths,omitempty"`
	Backups []string `json:"backups,omitempty"` // that still hold the words
}

func (r *run) purgeHidden(ctx context.Context, p purge) error {
	words, err := r.hiddenWords(ctx)
	if err != nil {
		return err
	}
	places, err := r.places()
	if err != nil {
		return err
	}
	got := purgedJSON{What: "hidden", Entries: len(words.entries), Events: len(words.events), Files: len(words.files)}
	if r.flags.sample { // it has no backups
		return r.blotOut(ctx, p, words, got)
	}
	kept, err := data.Backups(places.Backups())
	if err != nil {
		return err
	}
	for _, b := range kept {
		got.Backups = append(got.Backups, b.Path)
	}
	return r.blotOut(ctx, p, words, got)
}

func (r *run) blotOut(ctx context.Context, p purge, words hiddenWords, got purgedJSON) error {
	if !p.dry && !p.yes && len(words.events) > 0 {
		return wrongUsage("This blots out the words of %s for good. Nothing was purged. Say --yes to do it, or --dry-run to count.",
			counted(len(words.entries), "hidden entry", "hidden entries"))
	}
	if !p.dry && len(words.events) > 0 {
		at, err := r.open(ctx)
		if err != nil {
			return err
		}
		by, err := r.name(ctx)
		if err != nil {
			return err
		}
		if got.Events, err = at.store.Redact(ctx, data.Redaction{Events: words.events, By: by, Why: p.why}); err != nil {
			return err
		}
		if got.Files, err = r.purgeFiles(words.files); err != nil {
			return err
		}
		got.Purged = true
	}
	if r.flags.json {
		return r.printJSON(got)
	}
	r.sayHidden(got)
	return nil
}

// purgeFiles takes files away, and the copies of them that the backups share.
func (r *run) purgeFiles(shas []string) (int, error) {
	places, err := r.places()
	if err != nil {
		return 0, err
	}
	if r.flags.sample {
		return data.AttachmentsIn(places.SampleAttachments()).Purge(shas...)
	}
	if _, err := data.AttachmentsIn(filepath.Join(places.Backups(), "attachments")).Purge(shas...); err != nil {
		return 0, err
	}
	return data.AttachmentsIn(places.Attachments()).Purge(shas...)
}

func (r *run) sayHidden(got purgedJSON) {
	switch {
	case got.Entries == 0:
		r.line("No hidden entry holds words that could be purged.")
		return
	case got.Purged:
		r.line("The words of %s and %s are gone from the log and from search.", counted(got.Entries, "hidden entry", "hidden entries"), counted(got.Files, "file", "files"))
	default:
		r.line("The words of %s, in %s, and %s would go.", counted(got.Entries, "hidden entry", "hidden entries"),
			counted(got.Events, "change of the log", "changes of the log"), counted(got.Files, "file", "files"))
	}
	if len(got.Backups) > 0 {
		r.line("%s made before may still hold them: delete those that need not be kept.", counted(len(got.Backups), "backup", "backups"))
		for _, path := range got.Backups {
			r.line("  %s", path)
		}
	}
}

// hiddenWords are those of all incidents.
type hiddenWords struct {
	entries []workflow.EventID
	events  []workflow.EventID
	files   []string // checksums that nothing else names
}

func (r *run) hiddenWords(ctx context.Context) (hiddenWords, error) {
	var words hiddenWords
	at, err := r.open(ctx)
	if err != nil {
		return words, err
	}
	all, err := at.shelf.List(ctx)
	if err != nil {
		return words, err
	}
	hidden, named := map[string]bool{}, map[string]int{}
	for _, row := range all {
		in, err := r.load(ctx, row.ID)
		if err != nil {
			return words, err
		}
		for _, h := range in.Purgeable() {
			words.entries = append(words.entries, h.Entry)
			words.events = append(words.events, h.Events...)
			for _, f := range h.Files {
				hidden[f.SHA256] = true
			}
		}
		for _, f := range in.Attachments() {
			if entry, _ := in.Entry(f.Entry.ID); !entry.Hidden.Get() {
				named[f.SHA256]++
			}
		}
		for _, s := range workflow.KnownSections() {
			for _, f := range in.Review.Files(s) {
				named[f.SHA256]++
			}
		}
	}
	for sha := range hidden {
		if named[sha] == 0 {
			words.files = append(words.files, sha)
		}
	}
	return words, nil
}

func (r *run) purgeEverything(ctx context.Context, p purge) error {
	places, err := r.places()
	if err != nil {
		return err
	}
	got := purgedJSON{What: "everything"}
	for _, b := range places.Belongings() {
		got.Paths = append(got.Paths, b.Path)
		got.Bytes += b.Bytes
	}
	switch {
	case len(got.Paths) == 0:
		return nothing("purge.nothing", "There is nothing of Firebreak on this computer: %s is empty.", places.Data)
	case !p.dry && !p.yes:
		return wrongUsage("This takes every incident, every backup and every setting off this computer (%s), for good. Nothing was purged. Say --yes to do it, or --dry-run to see what would go.", sizeWords(got.Bytes))
	case !p.dry:
		if err := places.Erase(ctx); err != nil {
			return err
		}
		got.Purged = true
	}
	if r.flags.json {
		return r.printJSON(got)
	}
	verb := "would go"
	if got.Purged {
		verb = "are gone"
	}
	r.line("All of Firebreak's files on this computer %s: %s in %s.", verb, sizeWords(got.Bytes), counted(len(got.Paths), "place", "places"))
	for _, path := range got.Paths {
		r.line("  %s", path)
	}
	return nil
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
