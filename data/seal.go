package data

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
)

// sealSize is how many bytes a salt and a sum have.
const sealSize = 16

// seal is what makes damage to an event visible. Each sum takes in the sum of
// the same device's event before it, and each row repeats that earlier sum: so
// a row can be checked alone, and a row that is missing leaves a gap between
// two neighbours. The salt makes the words of a redacted event unguessable
// from the sum that stays behind.
type seal struct {
	salt, prev, sum []byte
}

// sealed closes an event's bytes under the sum before it; nil is the first.
func sealed(prev []byte, seq uint64, payload string) seal {
	s := seal{salt: make([]byte, sealSize), prev: prev}
	if prev == nil {
		s.prev = make([]byte, sealSize)
	}
	rand.Read(s.salt)
	s.sum = s.over(seq, payload)
	return s
}

// over is the sum of an event that has this salt and predecessor.
func (s seal) over(seq uint64, payload string) []byte {
	buf := make([]byte, 0, 2*sealSize+8+len(payload))
	buf = append(buf, s.prev...)
	buf = binary.BigEndian.AppendUint64(buf, seq)
	buf = append(buf, s.salt...)
	buf = append(buf, payload...)
	sum := sha256.Sum256(buf)
	return sum[:sealSize]
}
