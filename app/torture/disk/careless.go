package disk

import "strings"

// headerSize is how many bytes begin a write-ahead log.
const headerSize = 32

// Unsynced is the record as it would be of an engine that never syncs: the
// same writes in the same order. A trial that finds nothing wrong with it finds
// nothing at all.
func Unsynced(record []Op) []Op {
	var left []Op
	for _, op := range record {
		if op.Kind != Sync && op.Kind != SyncFolder {
			left = append(left, op)
		}
	}
	return left
}

// CommitsUnsynced is the record as it would be of an engine that syncs the
// write-ahead log for its first bytes and for checkpoints, and not for each
// commit: synchronous=NORMAL. It must lose the newest commits, and nothing else.
func CommitsUnsynced(record []Op) []Op {
	var left []Op
	for i, op := range record {
		if op.Kind == Sync && strings.HasSuffix(op.File, "-wal") && !beginsLog(record[:i], op.File) && !beginsCheckpoint(record[i+1:], op.File) {
			continue
		}
		left = append(left, op)
	}
	return left
}

// beginsLog says whether the newest change of the log is its header.
func beginsLog(before []Op, log string) bool {
	for i := len(before) - 1; i >= 0; i-- {
		if op := before[i]; op.File == log && op.Kind == Write {
			return op.At == 0 && len(op.Bytes) == headerSize
		}
	}
	return false
}

// beginsCheckpoint says whether the next thing that is written is the database
// itself.
func beginsCheckpoint(after []Op, log string) bool {
	for _, op := range after {
		switch op.Kind {
		case Write, Truncate:
			return op.File == strings.TrimSuffix(log, "-wal")
		case Sync:
			if op.File == log {
				return false
			}
		}
	}
	return false
}
