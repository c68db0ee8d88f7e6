package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"firebreak/data"
	"firebreak/export"
	"firebreak/workflow"
)

// looking is what of the log of changes is asked for.
type looking struct {
	entry string // of the timeline, by number or id
	by    string
	kind  string
	limit int
	words []string
}

func (r *run) historyCommand() *cobra.Command {
	var want looking
	cmd := &cobra.Command{
		Use: "history [WORDS]", Short: "Show every change: who, when, where, and what was before",
		Long: `Show every change of the incident, the newest first: who made it, when it was
written down, on which device, and each field before and after. What was undone
stays in the list and says so. Words leave only the changes that have them all.
With --json each change is one line of JSON.`,
		Example: "  firebreak history --limit 20\n  firebreak history severity --by Bob\n  firebreak history --entry 4\n  firebreak history --json > changes.jsonl",
		RunE: func(cmd *cobra.Command, args []string) error {
			want.words = args
			return r.history(cmd.Context(), want)
		},
	}
	f := cmd.Flags()
	f.IntVar(&want.limit, "limit", 0, "at most so many; 0 is all")
	f.StringVar(&want.entry, "entry", "", "only the changes of this line of the timeline: its number, or its id")
	f.StringVar(&want.by, "by", "", "only the changes of this person")
	f.StringVar(&want.kind, "kind", "", "only this kind of change, such as severity or entry")
	return cmd
}

// history prints the log of changes.
func (r *run) history(ctx context.Context, want looking) error {
	id, log, err := r.wholeLog(ctx)
	if err != nil {
		return err
	}
	in := workflow.Fold(id, log.Events)
	zone := time.UTC
	if !r.flags.json {
		if zone, err = r.zone(ctx); err != nil {
			return err
		}
	}
	lines, err := wanted(in, in.Audit(zone), want)
	if err != nil {
		return err
	}
	if r.flags.json {
		return r.historyJSON(id, lines, log.Damaged)
	}
	if len(lines) == 0 {
		r.line("No change fits.")
	}
	for _, line := range lines {
		r.printChange(line, zone)
	}
	for _, d := range log.Damaged {
		r.line("%s", r.paint(red, pad("Damaged", under)+fmt.Sprintf("place %d of the log: %s", d.Position, oneLine(d.Says))))
		r.line("%s", wrapped("", under, fit(oneLine(d.Payload), 4*width)))
	}
	return nil
}

// wanted leaves what was asked for, the newest first.
func wanted(in workflow.Incident, lines []workflow.AuditLine, want looking) ([]workflow.AuditLine, error) {
	var entry workflow.EventID
	if want.entry != "" {
		found, err := entryOf(in, want.entry)
		if err != nil {
			return nil, err
		}
		entry = found
	}
	words := strings.Fields(strings.ToLower(strings.Join(want.words, " ")))
	var out []workflow.AuditLine
	for _, line := range slices.Backward(lines) {
		switch {
		case want.limit > 0 && len(out) == want.limit:
			return out, nil
		case entry != "" && !line.Touches(entry),
			want.by != "" && !strings.EqualFold(line.By, want.by),
			want.kind != "" && !strings.Contains(string(line.Kind), strings.ToLower(want.kind)),
			!line.Fits(words):
		default:
			out = append(out, line)
		}
	}
	return out, nil
}

// entryOf finds a line of the timeline by its number or its id; one that was
// undone has no number any more, but its id is still in the log.
func entryOf(in workflow.Incident, named string) (workflow.EventID, error) {
	entries := in.Timeline.All()
	ids := make([]string, len(entries))
	for i, e := range entries {
		ids[i] = string(e.ID)
	}
	i, err := numbered(ids, named, "entry", "firebreak show")
	if err == nil {
		return entries[i].ID, nil
	}
	if in.Has(workflow.EventID(named)) {
		return workflow.EventID(named), nil
	}
	return "", err
}

// under is where what belongs to a change begins.
const under = 18

// printChange prints one change: what and when, who and where, and each field
// before and after.
func (r *run) printChange(line workflow.AuditLine, zone *time.Location) {
	who := oneLine(line.By) + " on " + shortDevice(line.Device)
	says := fit(oneLine(line.Says), width-under)
	if u := line.Undone; u != nil {
		says = r.paint(faint, "(undone) "+fit(oneLine(line.Says), width-under-9))
		who += fmt.Sprintf("; undone %s by %s on %s", recordedClock(u.Recorded, zone), oneLine(u.By), shortDevice(u.Device))
	}
	r.line("%s%s", pad(recordedClock(line.Recorded, zone), under), says)
	r.line("%s", r.paint(faint, wrapped("", under, who)))
	for _, e := range line.Edits {
		what := oneLine(e.Field)
		if e.Subject != line.Subject {
			what = fit(oneLine(e.Subject.Words()), 40) + ", " + what
		}
		r.line("%s", wrapped("", under, what+": "+valueWords(e.Before)+" -> "+valueWords(e.After)))
		if e.Seen != "" {
			r.line("%s", wrapped("", under, "(its author took it for "+valueWords(e.Seen)+")"))
		}
	}
}

func recordedClock(at time.Time, zone *time.Location) string {
	return at.In(zone).Format("01-02 15:04:05") + zoneMark(workflow.StampAt(at, zone), zone)
}

// valueWords is a value in a line; nothing has a sign.
func valueWords(value string) string {
	if value == "" {
		return "–"
	}
	return fit(oneLine(value), 2*width)
}

// shortDevice is enough of a device's id to tell it from the others.
func shortDevice(id workflow.DeviceID) string {
	text := oneLine(string(id))
	return text[:min(len(text), shortest)]
}

// damagedJSON is an event that cannot be trusted, as it was found.
type damagedJSON struct {
	Kind     string           `json:"kind"` // "damaged"
	Position uint64           `json:"position"`
	Event    workflow.EventID `json:"event,omitempty"`
	Says     string           `json:"says"`
	Found    string           `json:"as_found"`
}

// historyJSON prints one line of JSON for each change, and for each event that
// is damaged.
func (r *run) historyJSON(id workflow.IncidentID, lines []workflow.AuditLine, damaged []data.Damage) error {
	encoder := json.NewEncoder(r.Out)
	encoder.SetEscapeHTML(false)
	for _, line := range lines {
		if err := encoder.Encode(export.AuditRowOf(id, line)); err != nil {
			return err
		}
	}
	for _, d := range damaged {
		if err := encoder.Encode(damagedJSON{"damaged", d.Position, d.ID, d.Says, d.Payload}); err != nil {
			return err
		}
	}
	return nil
}

// exportAudit prints the whole log of changes as JSON lines, oldest first.
func (r *run) exportAudit(ctx context.Context, x exporting) error {
	if x.format != "" && x.format != "jsonl" {
		return wrongUsage("The audit is exported as JSON lines: leave --format out, or say jsonl.")
	}
	id, log, err := r.wholeLog(ctx)
	if err != nil {
		return err
	}
	in, err := r.release(ctx, workflow.Fold(id, log.Events), x.allowed, true)
	if err != nil {
		return err
	}
	for i := range log.Damaged {
		if len(in.Judgements()) > 0 { // nobody can tell what is in its bytes
			log.Damaged[i].Payload = "left out, because something of this incident is redacted"
		}
	}
	return r.historyJSON(id, in.Audit(nil), log.Damaged)
}

// wholeLog reads the log of the incident that the command is about, with what
// is damaged in it.
func (r *run) wholeLog(ctx context.Context) (workflow.IncidentID, data.Log, error) {
	id, err := r.pick(ctx, latest)
	if err != nil {
		return "", data.Log{}, err
	}
	at, err := r.open(ctx)
	if err != nil {
		return "", data.Log{}, err
	}
	log, err := at.store.Load(ctx, id)
	return id, log, err
}
