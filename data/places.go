package data

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/adrg/xdg"
)

// dataDirVariable moves everything to one folder, as --data-dir does.
const dataDirVariable = "FIREBREAK_DATA_DIR"

// Places says where things lie on this computer.
type Places struct {
	Data   string // the databases and what belongs to them; always a local disk
	Config string // what a person may edit
	State  string // what may be thrown away: logs, the lock
	Logs   string
}

// FindPlaces answers the places that the system has for such things: the XDG
// folders on Linux, the Library on macOS, the local (never the roaming)
// application data on Windows. A folder that is named, or set in
// FIREBREAK_DATA_DIR, holds everything instead. Nothing is made yet.
func FindPlaces(named string) (Places, error) {
	if named == "" {
		named = os.Getenv(dataDirVariable)
	}
	if named != "" {
		dir, err := filepath.Abs(named)
		if err != nil {
			return Places{}, fmt.Errorf("the data folder %q cannot be found: %w. Name it with its whole path", named, err)
		}
		return Places{
			Data: dir, Config: filepath.Join(dir, "config"), State: filepath.Join(dir, "state"), Logs: filepath.Join(dir, "state", "logs"),
		}, nil
	}
	p := Places{
		Data:   filepath.Join(xdg.DataHome, "firebreak"),
		Config: filepath.Join(xdg.ConfigHome, "firebreak"),
		State:  filepath.Join(xdg.StateHome, "firebreak"),
	}
	p.Logs = filepath.Join(p.State, "logs")
	if runtime.GOOS == "darwin" {
		p.Logs = filepath.Join(xdg.Home, "Library", "Logs", "firebreak")
	}
	return p, nil
}

// Database is the database of real incidents.
func (p Places) Database() string { return filepath.Join(p.Data, "firebreak.db") }

// SampleDatabase is the one of the sample incident, which is never real.
func (p Places) SampleDatabase() string { return filepath.Join(p.Data, "sample.db") }

// SampleRepository is the folder that the sample's documents go to.
func (p Places) SampleRepository() string { return filepath.Join(p.Data, "sample-repository") }

// Attachments holds the files that timeline entries name.
func (p Places) Attachments() string { return filepath.Join(p.Data, "attachments") }

// SampleAttachments holds those of the sample incident.
func (p Places) SampleAttachments() string { return filepath.Join(p.Data, "sample-attachments") }

// Opened holds copies of attachments that were opened in another program. They
// may be thrown away.
func (p Places) Opened() string { return filepath.Join(p.State, "opened") }

// Backups holds copies of the database.
func (p Places) Backups() string { return filepath.Join(p.Data, "backups") }
