package data

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
)

// sealSize is how many bytes a salt and a sum have.
const sealSize = 16

// sum is a salt or a checksum, both of the same size.
type sum [sealSize]byte

// Scan takes what lies in a column. Anything that is no sum becomes one that
// matches nothing: damage is to be shown, and must not end the reading.
func (s *sum) Scan(column any) error {
	*s = sum{}
	if bytes, ok := column.([]byte); ok {
		copy(s[:], bytes)
	}
	return nil
}

// seal is what makes damage to an event visible. Each sum takes in the sum of
// the same device's event before it, and each row repeats that earlier sum: so
// a row can be checked alone, and a row that is missing leaves a gap between
// two neighbours. The salt makes the words of a redacted event unguessable
// from the sum that stays behind.
type seal struct {
	salt, prev, sum sum
}

// sealed closes an event's bytes under the sum before it, which is zero for a
// device's first event.
func sealed(prev sum, seq uint64, payload []byte) seal {
	s := seal{prev: prev}
	rand.Read(s.salt[:])
	s.sum = s.over(seq, payload, nil)
	return s
}

// over is the sum of an event that has this salt and predecessor. It works in
// room, so that a long log does not ask for memory row by row.
func (s seal) over(seq uint64, payload []byte, room *[]byte) sum {
	if room == nil {
		room = new([]byte)
	}
	buf := append((*room)[:0], s.prev[:]...)
	buf = binary.BigEndian.AppendUint64(buf, seq)
	buf = append(buf, s.salt[:]...)
	buf = append(buf, payload...)
	*room = buf
	whole := sha256.Sum256(buf)
	return sum(whole[:sealSize])
}
