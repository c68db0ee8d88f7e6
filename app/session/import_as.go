package session

import (
	"fmt"
	"strings"
	"time"

	"firebreak/workflow"
)

// CheckReadAs refuses what cannot be a zone or a day, before a document is read
// with it.
func CheckReadAs(as workflow.ReadAs) error {
	if _, err := time.Parse(time.DateOnly, as.Day); as.Day != "" && err != nil {
		return &workflow.RuleError{Code: "import.day", Field: "day", Says: fmt.Sprintf("%q is no day. Type the day of the first entry as 2024-11-25.", as.Day)}
	}
	zone := strings.TrimSpace(as.Zone)
	if zone == "" {
		return nil
	}
	if strings.Contains(zone, "/") {
		if _, err := time.LoadLocation(zone); err != nil {
			return &workflow.RuleError{Code: "import.zone", Field: "zone", Says: fmt.Sprintf("%q is no zone that this computer knows. Type it as Europe/Berlin, or its offset, such as +01:00.", zone)}
		}
		return nil
	}
	at, err := workflow.ParseStamp("2024-11-25 14:32 "+zone, workflow.StampRef{Now: time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC), Zone: time.UTC})
	if err != nil || at.Zone == "" || at.IsRange() {
		says := fmt.Sprintf("%q is no zone. Type UTC, CET, Europe/Berlin, or an offset such as +01:00.", zone)
		if err != nil && strings.Contains(err.Error(), " can be ") { // an abbreviation with several meanings
			says = err.Error()
		}
		return &workflow.RuleError{Code: "import.zone", Field: "zone", Says: says}
	}
	return nil
}
