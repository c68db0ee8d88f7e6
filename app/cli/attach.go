package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/app/session"
	"firebreak/data"
	"firebreak/workflow"
)

// attachments is where the files of the log lie that the command is about.
func (r *run) attachments() (*data.Attachments, error) {
	places, err := r.places()
	if err != nil {
		return nil, err
	}
	if r.flags.sample {
		return data.AttachmentsIn(places.SampleAttachments()), nil
	}
	return data.AttachmentsIn(places.Attachments()), nil
}

func (r *run) attachCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use: "attach ENTRY FILE…", Short: "Attach files to a line of the timeline",
		Long: `Attach files to a line of the timeline, up to 25 MB each. The line is named by
the number that show prints, or by its id. A single dash reads the file from the
standard input. The files are copied: what becomes of the originals does not
matter. Each lies under its checksum in the data folder and is on the disk
before the line names it.`,
		Example: `  firebreak attach 4 graph.png trace.txt
  kubectl logs checkout-0 | firebreak attach 4 - --name checkout-0.log`,
		Args: atLeast(2, "Say which line of the timeline, and which files."),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			id, err := r.pick(ctx, latest)
			if err != nil {
				return err
			}
			in, err := r.load(ctx, id)
			if err != nil {
				return err
			}
			entry, err := entryNamed(in, args[0])
			if err != nil {
				return err
			}
			files, err := r.store(ctx, args[1:], name)
			if err != nil {
				return err
			}
			done, err := r.write(ctx, id, wanting(workflow.Attach{Entry: entry, Files: files}))
			if err != nil {
				return err
			}
			return r.say(ctx, done)
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "what the file from the standard input is called (default: stdin)")
	return cmd
}

func (r *run) detachCommand() *cobra.Command {
	return &cobra.Command{
		Use: "detach ENTRY FILE", Short: "Take a file off a line of the timeline; undo brings it back",
		Long: `Take a file off a line of the timeline. The file is named as the line names it,
or by the beginning of its checksum. It stays in the data folder, and undo
brings it back to the line.`,
		Example: "  firebreak detach 4 graph.png\n  firebreak undo",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.changeIn(cmd.Context(), latest, func(in workflow.Incident) ([]workflow.Intent, error) {
				id, err := entryNamed(in, args[0])
				if err != nil {
					return nil, err
				}
				entry, _ := in.Entry(id)
				file, err := fileNamed(entry.Files(), args[1])
				if err != nil {
					return nil, err
				}
				return []workflow.Intent{workflow.Detach{Entry: id, File: file.Attachment}}, nil
			})
		},
	}
}

// entryNamed finds a line of the timeline by its number or its id.
func entryNamed(in workflow.Incident, named string) (workflow.EventID, error) {
	entries := in.Timeline.All()
	ids := make([]string, len(entries))
	for i, e := range entries {
		ids[i] = string(e.ID)
	}
	i, err := numbered(ids, named, "entry", "firebreak show")
	if err != nil {
		return "", err
	}
	return entries[i].ID, nil
}

// fileNamed finds a file by its name or the beginning of its checksum.
func fileNamed(files []workflow.File, named string) (workflow.File, error) {
	var found []workflow.File
	for _, f := range files {
		same := slices.ContainsFunc(found, func(o workflow.File) bool { return o.SHA256 == f.SHA256 })
		if !same && (f.Name == named || f.Shown() == named || len(named) >= 4 && strings.HasPrefix(f.SHA256, strings.ToLower(named))) {
			found = append(found, f)
		}
	}
	switch len(found) {
	case 0:
		return workflow.File{}, nothing("attachment.unknown", "No attachment is called %s. See them with: firebreak attachments", quoted(named))
	case 1:
		return found[0], nil
	default:
		return workflow.File{}, wrongUsage("%d attachments are called %s. Name one by its checksum: firebreak attachments", len(found), quoted(named))
	}
}

// store puts files into the data folder: all of them, or the first error.
func (r *run) store(ctx context.Context, paths []string, name string) ([]workflow.Attachment, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	if name != "" && !slices.Contains(paths, "-") {
		return nil, wrongUsage("--name is for a file from the standard input: give a single dash as the file.")
	}
	files, err := r.attachments()
	if err != nil {
		return nil, err
	}
	var stored []workflow.Attachment
	for _, path := range paths {
		a, err := r.storeOne(ctx, files, path, name)
		if err != nil {
			return nil, err
		}
		stored = append(stored, a)
	}
	return stored, nil
}

func (r *run) storeOne(ctx context.Context, files *data.Attachments, path, name string) (workflow.Attachment, error) {
	if path == "-" {
		return files.Put(ctx, cmp.Or(name, "stdin"), struct{ io.Reader }{r.In})
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(r.Folder, path)
	}
	in := session.FileAt(path)
	from, err := in.Open()
	if err != nil {
		return workflow.Attachment{}, err
	}
	defer from.Close()
	return files.Put(ctx, in.Name, from)
}

// attachmentJSON is one attachment for a program.
type attachmentJSON struct {
	Entry workflow.EventID `json:"entry"`
	workflow.Attachment
	By    string               `json:"by"`
	State data.AttachmentState `json:"state"`
	Says  string               `json:"says,omitempty"`
}

func (r *run) attachmentsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "attachments", Short: "List the files of the timeline, check them, save one",
		Long: `List the files that are attached to the timeline. Each is read and compared with
its checksum, so the list also says which one is damaged or missing; the exit
code is then 1.`,
		Example: "  firebreak attachments\n  firebreak attachments save graph.png --to ~/Desktop/",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.listAttachments(cmd.Context()) },
	}
	var to string
	save := &cobra.Command{
		Use: "save FILE", Short: "Copy an attachment to a place of your own",
		Long: `Copy an attachment to a place of your own, whole or not at all. It is named as
the timeline names it, or by the beginning of its checksum. A file that is there
is kept. A single dash writes to the standard output.`,
		Example: "  firebreak attachments save graph.png --to ~/Downloads/\n  firebreak attachments save 3fa94c --to - | less",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.saveAttachment(cmd.Context(), args[0], to)
		},
	}
	save.Flags().StringVar(&to, "to", "", "file or folder to write to; - is the standard output (default: the current folder)")
	cmd.AddCommand(save)
	return cmd
}

func (r *run) listAttachments(ctx context.Context) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	files, err := r.attachments()
	if err != nil {
		return err
	}
	list, bad := []attachmentJSON{}, 0
	for _, f := range in.Attachments() {
		one := attachmentJSON{Entry: f.Entry.ID, Attachment: f.Attachment, By: f.By}
		if one.State, err = files.Look(ctx, f.SHA256); err != nil {
			one.Says = err.Error()
			bad++
		}
		list = append(list, one)
	}
	if err := r.sayAttachments(in, list); err != nil || bad == 0 {
		return err
	}
	return &failure{exit: ExitFailed, code: "attachment.damaged", says: fmt.Sprintf(
		"%d of %d attachments are damaged or missing. The timeline is whole. Take them from a backup, or attach the same files again.", bad, len(list))}
}

func (r *run) sayAttachments(in workflow.Incident, list []attachmentJSON) error {
	if r.flags.json {
		return r.printJSON(list)
	}
	if len(list) == 0 {
		r.line("Nothing is attached to %s. Attach a file: firebreak attach ENTRY FILE", quoted(oneLine(in.Triage.Title.Get())))
		return nil
	}
	numbers := map[workflow.EventID]string{}
	for i, e := range in.Timeline.All() {
		numbers[e.ID] = fmt.Sprint(i + 1)
	}
	rows := [][]string{}
	for _, a := range list {
		rows = append(rows, []string{numbers[a.Entry], a.SHA256[:min(12, len(a.SHA256))], workflow.SizeWords(a.Bytes), string(a.State), a.Shown()})
	}
	r.table(rows)
	return nil
}

func (r *run) saveAttachment(ctx context.Context, named, to string) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	var all []workflow.File
	for _, f := range in.Attachments() {
		all = append(all, f.File)
	}
	file, err := fileNamed(all, named)
	if err != nil {
		return err
	}
	files, err := r.attachments()
	if err != nil {
		return err
	}
	if to == "-" {
		content, err := files.Read(ctx, file.SHA256)
		if err == nil {
			_, err = r.Out.Write(content)
		}
		return err
	}
	if to == "" || !filepath.IsAbs(to) {
		to = filepath.Join(r.Folder, to)
	}
	if info, err := os.Stat(to); err == nil && info.IsDir() {
		to = filepath.Join(to, file.FileName())
	}
	if err := files.CopyTo(ctx, file.SHA256, to); err != nil {
		return err
	}
	if r.flags.json {
		return r.printJSON(map[string]string{"path": to, "sha256": file.SHA256})
	}
	r.line("%s%s", pad("Saved", column), oneLine(to))
	return nil
}
