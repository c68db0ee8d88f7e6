package through

// ringSize is how much is held: more than is kept in the end, so that a secret
// can be seen whole where the rest was cut off.
const ringSize = 64 << 10

// Ring holds the end of what was written, however much that is.
type Ring struct {
	ring    []byte
	at      int // where the next byte goes, once the ring is full
	printed int64
}

// Write takes what was printed; it never fails.
func (t *Ring) Write(data []byte) (int, error) {
	n := len(data)
	t.printed += int64(n)
	if t.ring == nil {
		t.ring = make([]byte, 0, ringSize)
	}
	if n >= ringSize {
		t.ring, t.at = append(t.ring[:0], data[n-ringSize:]...), 0
		return n, nil
	}
	if free := ringSize - len(t.ring); free > 0 {
		take := min(free, len(data))
		t.ring, data = append(t.ring, data[:take]...), data[take:]
	}
	for len(data) > 0 {
		took := copy(t.ring[t.at:], data)
		t.at, data = (t.at+took)%ringSize, data[took:]
	}
	return n, nil
}

// Printed counts the bytes.
func (t *Ring) Printed() int64 { return t.printed }

// End is the end of it.
func (t *Ring) End() string { return string(t.ring[t.at:]) + string(t.ring[:t.at]) }
