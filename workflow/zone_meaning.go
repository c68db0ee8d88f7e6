package workflow

import "strings"

// ZoneMeaning is one zone that an abbreviation stands for.
type ZoneMeaning struct {
	Name  string // as people write it out: "PST", "India Standard Time"
	Shift int    // seconds east of UTC
}

// ZoneMeanings says what an abbreviation of a zone stands for, in any case of
// letters: nothing when it is not one, one meaning for PST, several for IST.
// Whoever has several must ask, and not choose.
func ZoneMeanings(abbreviation string) []ZoneMeaning {
	if len(abbreviation) > 4 {
		return nil
	}
	abbreviation = strings.ToLower(abbreviation)
	if minutes, ok := stampZones[abbreviation]; ok {
		name := strings.ToUpper(abbreviation)
		if name == "Z" {
			name = "UTC"
		}
		return []ZoneMeaning{{name, minutes * 60}}
	}
	var meanings []ZoneMeaning
	for _, m := range stampZoneMeanings[abbreviation] {
		meanings = append(meanings, ZoneMeaning{m.name, m.minutes * 60})
	}
	return meanings
}
