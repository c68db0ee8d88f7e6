package app

import (
	"fmt"
	"os"
	"sync"
	"time"
)

// zoneFile is what the system points at another zone when somebody travels. Go
// reads it once, at the start. Windows has none; there a restart is needed.
const zoneFile = "/etc/localtime"

// zones knows the machine's zone while the program runs.
type zones struct {
	file string

	mu   sync.Mutex
	mark string // of the file when it was last read
	zone *time.Location
}

func newZones(file string) *zones {
	z := &zones{file: file, zone: time.Local}
	z.mark = z.look()
	return z
}

// now is the machine's zone. A file that cannot be read leaves the last one in
// force.
func (z *zones) now() *time.Location {
	z.mu.Lock()
	defer z.mu.Unlock()
	mark := z.look()
	if mark == z.mark || mark == "" {
		return z.zone
	}
	rules, err := os.ReadFile(z.file)
	if err != nil {
		return z.zone
	}
	// Named as Go names its own, so that stamps keep the offset: the file does
	// not say what it is called.
	if zone, err := time.LoadLocationFromTZData("Local", rules); err == nil {
		z.mark, z.zone = mark, zone
	}
	return z.zone
}

// look tells one state of the file from another without reading it; "" when the
// zone is not taken from it.
func (z *zones) look() string {
	if _, set := os.LookupEnv("TZ"); set {
		return ""
	}
	info, err := os.Stat(z.file)
	if err != nil {
		return ""
	}
	target, _ := os.Readlink(z.file)
	return fmt.Sprintf("%s %d %d", target, info.Size(), info.ModTime().UnixNano())
}
