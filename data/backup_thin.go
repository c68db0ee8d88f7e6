package data

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// KeepBackups is how many backups of a database are kept.
const KeepBackups = 48

// How backups grow sparse with age: all of the last three hours, then the newest
// of each hour for a day, of each day for a week, and of each week. At one every
// quarter of an hour that reaches two months back.
const (
	keepAllFor    = 3 * time.Hour
	keepHourlyFor = 24 * time.Hour
	keepDailyFor  = week
	week          = 7 * 24 * time.Hour
)

const (
	// Backups before a migration or a restore are the way back from a large
	// step. They are no part of the rhythm.
	keepMarked    = 6
	keepMarkedFor = 30 * 24 * time.Hour
	// Copies of a damaged database may hold what a sound one lacks, and must
	// never push a sound one out.
	keepDamaged = 3
	// An unfinished copy that is this old was left behind by a process that was
	// killed.
	partialAge = time.Hour
)

// Thin removes the backups of a database that are too many or too old, and
// answers which. The newest one that was read to its end and found sound is
// never removed, and no sound one for the sake of a damaged one.
func Thin(dir, database string, now time.Time, keep int) (removed []Backup, err error) {
	sweepPartials(dir, databaseName(database), now)
	for _, b := range superfluous(named(dir, databaseName(database)), now, keep) {
		if err := os.Remove(b.Path); err != nil && !os.IsNotExist(err) {
			return removed, explain("Old backups cannot be removed", b.Path, err)
		}
		removed = append(removed, b)
	}
	return removed, nil
}

// superfluous picks what Thin removes from a list that is sorted, the newest
// first.
func superfluous(list []Backup, now time.Time, keep int) (gone []Backup) {
	seen := map[int64]bool{}
	var rhythm []Backup
	var damaged, marked int
	var sound bool
	for i, b := range list {
		switch {
		case b.Verdict == VerdictDamaged:
			if damaged++; damaged > keepDamaged {
				gone = append(gone, b)
			}
		case b.Verdict == VerdictSound && !sound:
			sound = true // the newest sound one
			seen[slot(b.At, now)] = true
			keep--
		case strings.HasPrefix(string(b.Why), "before-"):
			if marked++; marked > keepMarked || age(b.At, now) > keepMarkedFor {
				gone = append(gone, b)
			}
		case i > 0 && seen[slot(b.At, now)]:
			gone = append(gone, b)
		default:
			seen[slot(b.At, now)] = true
			rhythm = append(rhythm, b)
		}
	}
	return append(gone, beyond(rhythm, now, keep)...)
}

// beyond is what is left of a list when the nearest in time are kept.
func beyond(rhythm []Backup, now time.Time, keep int) (gone []Backup) {
	for len(rhythm) > max(keep, 0) {
		farthest := 0
		for i := range rhythm {
			if age(rhythm[i].At, now) >= age(rhythm[farthest].At, now) {
				farthest = i
			}
		}
		gone = append(gone, rhythm[farthest])
		rhythm = append(rhythm[:farthest:farthest], rhythm[farthest+1:]...)
	}
	return gone
}

// age is how far away a backup is. One that comes from the future, because the
// clock was set back, grows sparse in the same way: it must not push out what
// is made now.
func age(at, now time.Time) time.Duration { return now.Sub(at).Abs() }

// slot is the stretch of time of which one backup is kept.
func slot(at, now time.Time) int64 {
	switch past := age(at, now); {
	case past <= keepAllFor:
		return at.UnixNano() // its own
	case past <= keepHourlyFor:
		return at.Unix() / int64(time.Hour/time.Second)
	case past <= keepDailyFor:
		return -at.Unix() / int64(24*time.Hour/time.Second)
	default:
		return -at.Unix()/int64(week/time.Second) - 1<<40
	}
}

// sweepPartials removes unfinished copies that nobody writes any more.
func sweepPartials(dir, database string, now time.Time) {
	found, err := filepath.Glob(filepath.Join(globbed(dir), globbed(database)+"-*"+backupSuffix+partialSuffix))
	if err != nil {
		return
	}
	for _, path := range found {
		if info, err := os.Stat(path); err == nil && now.Sub(info.ModTime()) > partialAge {
			_ = os.Remove(path)
		}
	}
}
