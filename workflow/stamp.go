package workflow

import "time"

// Certainty says how sure a Stamp is.
type Certainty string

// The three certainties of a time.
const (
	Exact   Certainty = "exact"
	About   Certainty = "about"   // "~13:30": shown and counted with a ≈
	Unknown Certainty = "unknown" // "14:??": ordered by what is known, never counted
)

// Stamp is when something happened in the world: an instant, the zone it was
// told in, how sure it is, and the text as typed, which is never thrown away.
type Stamp struct {
	Time  time.Time `json:"time,omitzero"`   // UTC; zero when nothing at all is known
	End   time.Time `json:"end,omitzero"`    // UTC; the end of a range, or the latest that an unknown time can be
	Zone  string    `json:"zone,omitempty"`  // as told: "UTC", "PST", "+01:00", "Europe/Berlin"; empty means the display zone of its day
	Shift int       `json:"shift,omitempty"` // seconds east of UTC at that instant in that zone
	Sure  Certainty `json:"sure"`
	Typed string    `json:"typed,omitempty"` // exactly what the person typed; empty when a clock gave it
}
