package app

import "time"

// localZone is the machine's zone.
func localZone() *time.Location { return time.Local }
