package intake

import (
	"html"
	"strings"

	"firebreak/workflow"
)

// slackSkips are the messages that nobody wrote, with what a count calls them.
var slackSkips = map[string]string{
	"channel_join": "joining", "channel_leave": "leaving", "group_join": "joining", "group_leave": "leaving",
	"bot_add": "bots", "bot_remove": "bots", "pinned_item": "pins", "unpinned_item": "pins", "channel_archive": "the channel",
	"channel_unarchive": "the channel", "channel_name": "the channel", "huddle_thread": "huddles", "tombstone": "deleted messages",
}

// readSlack reads a day of a channel as Slack exports it.
func (d *document) readSlack(text string) {
	d.members = map[string]string{}
	var messages []object
	d.eachObject(text, func(o object) { messages = append(messages, o) })
	for _, o := range messages {
		d.member(o.data)
	}
	skipped := 0
	for _, o := range messages {
		sub, _ := o.data["subtype"].(string)
		if _, skip := slackSkips[sub]; skip {
			skipped++
			continue
		}
		e := d.slackDraft(o)
		if e == nil {
			d.rest = append(d.rest, workflow.Unread{Line: o.line, Text: clean(string(o.raw)), Why: "is no message with a time"})
			continue
		}
		d.drafts = append(d.drafts, e)
	}
	if skipped > 0 {
		d.notes = append(d.notes, plural(skipped, "message")+" about joining, leaving and the like skipped.")
	}
}

// people takes the names of a list of users.
func (d *document) people(users []any) {
	for _, u := range users {
		user, ok := u.(map[string]any)
		id, _ := user["id"].(string)
		if !ok || id == "" || d.members == nil {
			continue
		}
		profile, _ := user["profile"].(map[string]any)
		for _, from := range []map[string]any{profile, user} {
			if name := nameOfValue(from); name != "" && name != id {
				d.members[id] = name
				break
			}
		}
	}
}

// member takes the name that a message shows for its author.
func (d *document) member(data map[string]any) {
	id, _ := data["user"].(string)
	profile, ok := data["user_profile"].(map[string]any)
	if id == "" || !ok {
		return
	}
	for _, field := range []string{"display_name", "real_name", "name"} {
		if name, _ := profile[field].(string); name != "" {
			d.members[id] = name
			return
		}
	}
}

func (d *document) slackDraft(o object) *draft {
	ts, _ := o.data["ts"].(string)
	t, ok := sinceEpoch(ts)
	text := d.slackWords(o.data)
	if !ok || text == "" {
		return nil
	}
	e := &draft{line: o.line + lineOfKey(o.raw, "ts"), lines: []string{text}}
	e.at(t, ts)
	id, _ := o.data["user"].(string)
	e.who = d.members[id]
	for _, field := range []string{"username", "user", "bot_id"} {
		if name, _ := o.data[field].(string); e.who == "" {
			e.who = name
		}
	}
	if thread, _ := o.data["thread_ts"].(string); thread != "" && thread != ts {
		e.notes = append(e.notes, "A reply in a thread.")
	}
	return e
}

// slackWords is what a message says, with what is attached to it.
func (d *document) slackWords(data map[string]any) string {
	var out []string
	if text, _ := data["text"].(string); text != "" {
		out = append(out, d.slackText(text))
	}
	attached, _ := data["attachments"].([]any)
	for _, a := range attached {
		fields, _ := a.(map[string]any)
		for _, name := range []string{"title", "text", "fallback"} {
			text, _ := fields[name].(string)
			if text = d.slackText(text); text != "" && (name != "fallback" || len(out) == 0) {
				out = append(out, text)
			}
		}
	}
	files, _ := data["files"].([]any)
	for _, f := range files {
		fields, _ := f.(map[string]any)
		if name := nameOfValue(fields); name != "" {
			out = append(out, "(file: "+name+")")
		}
	}
	return strings.Join(out, "\n\n")
}

// slackText makes markdown of Slack's own mark-up: <@U1>, <#C1|ops>,
// <https://…|label> and entities.
func (d *document) slackText(text string) string {
	var out strings.Builder
	for {
		before, after, ok := strings.Cut(text, "<")
		out.WriteString(html.UnescapeString(before))
		if !ok {
			return out.String()
		}
		inner, rest, ok := strings.Cut(after, ">")
		if !ok {
			out.WriteString("<" + html.UnescapeString(after))
			return out.String()
		}
		out.WriteString(d.slackLink(inner))
		text = rest
	}
}

func (d *document) slackLink(inner string) string {
	target, label, labelled := strings.Cut(inner, "|")
	target, label = html.UnescapeString(target), html.UnescapeString(label)
	switch {
	case target == "":
		return "<" + html.UnescapeString(inner) + ">"
	case target[0] == '@':
		if name := d.members[target[1:]]; name != "" {
			return "@" + name
		}
		if labelled {
			return "@" + strings.TrimPrefix(label, "@")
		}
		return target
	case target[0] == '#':
		if labelled && label != "" {
			return "#" + label
		}
		return target
	case target[0] == '!':
		if labelled {
			return label
		}
		return "@" + target[1:]
	}
	address := strings.TrimPrefix(target, "mailto:")
	if !labelled || label == address {
		return address
	}
	return "[" + strings.NewReplacer("[", `\[`, "]", `\]`).Replace(label) + "](" + target + ")"
}
