package workflow

import (
	"slices"
	"strings"
	"time"
)

// Channel is where an update went.
type Channel string

// The three lines of the assessment's communication block.
const (
	StakeholderChannel Channel = "channel"     // "posted in #incidents"
	StatusPageChannel  Channel = "status-page" // "status page updated"
	OnCallChannel      Channel = "on-call"     // "on-call notified"
)

// Channels lists the channels in the user's order.
func Channels() []Channel { return []Channel{StakeholderChannel, StatusPageChannel, OnCallChannel} }

// Told is what was done, in words.
func (c Channel) Told() string {
	switch c {
	case StatusPageChannel:
		return "status page updated"
	case OnCallChannel:
		return "on-call notified"
	default:
		return "posted in the incident channel"
	}
}

// Update is something that people were told.
type Update struct {
	Entry   EventID // its line in the timeline, which holds the stamp
	Channel Channel
	Text    string
	By      string
	At      Stamp
}

// SentUpdates lists the updates by when they went out; hidden ones, and those
// that turned out to be something else, are left out. Times follow the
// corrections of their timeline entries.
func (in Incident) SentUpdates() []Update {
	var out []Update
	for _, u := range in.Updates {
		i := in.entryAt(u.Entry)
		if i < 0 {
			continue
		}
		entry := in.Timeline.entries[i]
		if entry.Hidden.Get() || entry.Kind.Get() != UpdateEntry {
			continue
		}
		u.At = entry.At.Get()
		if !entry.Machine {
			u.Text = entry.Text.Get()
		}
		out = append(out, u)
	}
	slices.SortStableFunc(out, func(a, b Update) int { return a.At.Order(b.At) })
	return out
}

// Tell records that people were told something. Nothing is sent from here.
type Tell struct {
	Channel Channel
	Text    string
	At      Stamp
}

func (t Tell) when() Stamp { return t.At }

func (t Tell) decide(in Incident, _ Env) ([]Body, error) {
	if !slices.Contains(Channels(), t.Channel) {
		return nil, refuseField("update.channel", "channel", "An update goes to the channel, the status-page or on-call, not to %q.", string(t.Channel))
	}
	if len(t.Text) > EditLimit {
		return nil, refuseField("note.too-long", "text", "An update holds %d KB. The text is still in its field: shorten it.", EditLimit>>10)
	}
	return []Body{UpdateSent{Channel: t.Channel, Text: strings.TrimSpace(t.Text)}}, nil
}

// UpdateSent is something that people were told.
type UpdateSent struct {
	Channel Channel `json:"channel"`
	Text    string  `json:"text,omitempty"`
}

// Kind is "update.sent@1".
func (UpdateSent) Kind() Kind { return "update.sent@1" }

func (u UpdateSent) apply(in *Incident, e Event) {
	told := u.Channel.Told()
	text := strings.ToUpper(told[:1]) + told[1:]
	if u.Text != "" {
		text += ": " + u.Text
	}
	in.record(e, UpdateEntry, text)
	in.Updates = append(in.Updates, Update{Entry: e.ID, Channel: u.Channel, Text: u.Text, By: e.Actor})
}

// Urgency is how near something due is.
type Urgency string

// The three urgencies: always shown as word, shape and colour.
const (
	OnTime Urgency = "on time"
	Soon   Urgency = "soon" // from 80% of the interval
	Late   Urgency = "late"
)

// Cadence is where the stakeholder updates stand.
type Cadence struct {
	Last    time.Time     // of the last update, or of detection; UTC
	Told    bool          // whether there was any update yet
	Every   time.Duration // the interval that holds now; 0: none is due
	Due     time.Time     // zero when none is due
	Urgency Urgency
}

// Cadence answers when the next update is due. After all-clear none is.
func (in Incident) Cadence(now time.Time) Cadence {
	c := Cadence{Urgency: OnTime}
	if at, ok := in.MilestoneAt(Detected); ok && at.Known() {
		c.Last = at.Time
	}
	level := in.Effective()
	c.Every = level.FirstUpdate
	for _, u := range in.SentUpdates() {
		if u.Channel != OnCallChannel && u.At.Known() {
			c.Last, c.Told, c.Every = u.At.Time, true, level.Cadence
		}
	}
	if c.Every == 0 || c.Last.IsZero() || !in.Open() {
		c.Every = 0
		return c
	}
	c.Due = c.Last.Add(c.Every)
	c.Urgency = urgency(c.Last, c.Due, now)
	return c
}

// Response is the response clock: time since detection against the level's
// response time, until somebody acknowledged.
type Response struct {
	Since   time.Duration // since detection
	Within  time.Duration // the level's limit; 0: none
	Met     bool          // acknowledged in time or out of it
	Urgency Urgency
}

// Response answers the response clock at a moment.
func (in Incident) Response(now time.Time) Response {
	r := Response{Within: in.Effective().Within, Urgency: OnTime}
	detected, ok := in.MilestoneAt(Detected)
	if !ok || !detected.Known() {
		return r
	}
	end := now
	if over, ok := in.MilestoneAt(AllClear); ok && over.Known() {
		end = over.Time
	}
	r.Since = max(end.Sub(detected.Time), 0)
	if in.Reached(Acknowledged) {
		r.Met = true
		return r
	}
	if r.Within > 0 && in.Open() {
		r.Urgency = urgency(detected.Time, detected.Time.Add(r.Within), now)
	}
	return r
}

// urgency turns to soon at 80% of the interval and to late at its end.
func urgency(from, due, now time.Time) Urgency {
	switch {
	case !now.Before(due):
		return Late
	case now.Sub(from) >= due.Sub(from)*8/10:
		return Soon
	default:
		return OnTime
	}
}
