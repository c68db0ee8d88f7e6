package data

import (
	"encoding/binary"

	"firebreak/workflow"
)

// usualPageSize is the engine's own choice, and so the size of our pages.
const usualPageSize = 4096

// pageReader answers a page by its number, from 1; nil when there is none.
type pageReader func(number uint32) []byte

// carve finds events in a page without asking the engine: it cannot reach a
// page below one that is destroyed. Only a row whose seal is whole is found, so
// nothing is made up. pages is for texts that go on in other pages.
func carve(page []byte, number uint32, pages pageReader, found func(row)) {
	head := 0
	if number == 1 {
		head = 100
	}
	const leafOfTable = 0x0D
	if len(page) < head+8 || page[head] != leafOfTable {
		return
	}
	cells := int(binary.BigEndian.Uint16(page[head+3:]))
	var room []byte
	for i := range cells {
		at := head + 8 + 2*i
		if at+2 > len(page) {
			return
		}
		cell := int(binary.BigEndian.Uint16(page[at:]))
		if cell >= len(page) {
			continue
		}
		if r, is := carveRow(page, cell, pages); is && r.trusted(&room) {
			found(r)
		}
	}
}

// trusted says whether a row proves itself. A redacted one cannot, by its
// nature; it is taken so that its words never come back.
func (r *row) trusted(room *[]byte) bool {
	event, wrong := r.event(room)
	if wrong == "" {
		r.device = string(event.Device)
	}
	return wrong == "" && r.seq > 0
}

// carveRow reads a cell as a row of the table of events.
func carveRow(page []byte, at int, pages pageReader) (r row, is bool) {
	size, at, ok := varint(page, at)
	if !ok || size > 64<<20 {
		return row{}, false
	}
	n, at, ok := varint(page, at)
	if !ok || n == 0 {
		return row{}, false
	}
	record, ok := recordAt(page, at, int(size), pages)
	if !ok {
		return row{}, false
	}
	r, ok = eventOf(record)
	r.n = n
	return r, ok
}

// recordAt puts a record together that may go on in overflow pages.
func recordAt(page []byte, at, size int, pages pageReader) ([]byte, bool) {
	usable := len(page)
	local := size
	if most := usable - 35; size > most {
		least := (usable-12)*32/255 - 23
		if local = least + (size-least)%(usable-4); local > most {
			local = least
		}
	}
	if at+local > len(page) {
		return nil, false
	}
	record := append(make([]byte, 0, min(size, 1<<16)), page[at:at+local]...)
	if local == size {
		return record, true
	}
	if at+local+4 > len(page) {
		return nil, false
	}
	next := binary.BigEndian.Uint32(page[at+local:])
	for steps := 0; len(record) < size; steps++ {
		more := pages(next)
		if len(more) != usable || steps > size/(usable-4)+1 {
			return nil, false
		}
		next = binary.BigEndian.Uint32(more)
		record = append(record, more[4:4+min(usable-4, size-len(record))]...)
	}
	return record, true
}

// The columns of an event, behind its number: what kind of value each must be.
const eventColumns = 10

// eventOf takes a record apart when it can be an event: ten columns, the last
// three of them 16 bytes each.
func eventOf(record []byte) (r row, is bool) {
	headSize, at, ok := varint(record, 0)
	if !ok || headSize > uint64(len(record)) {
		return row{}, false
	}
	var kinds [eventColumns]uint64
	count := 0
	for ; at < int(headSize); count++ {
		if count == eventColumns {
			return row{}, false
		}
		if kinds[count], at, ok = varint(record, at); !ok {
			return row{}, false
		}
	}
	const noValue, sixteenBytes = 0, 12 + 2*sealSize
	if count != eventColumns || kinds[0] != noValue || kinds[7] != sixteenBytes || kinds[8] != sixteenBytes || kinds[9] != sixteenBytes {
		return row{}, false
	}
	var columns [eventColumns][]byte
	at = int(headSize)
	for i, kind := range kinds {
		size := sizeOfKind(kind)
		if size < 0 || size > len(record)-at {
			return row{}, false
		}
		columns[i], at = record[at:at+size], at+size
	}
	r = row{
		id: string(columns[1]), seq: uint64(integer(kinds[3], columns[3])),
		incident: string(columns[4]), kind: string(columns[5]), payload: columns[6],
	}
	r.seal = seal{salt: sum(columns[7]), prev: sum(columns[8]), sum: sum(columns[9])}
	return r, true
}

// sizeOfKind is how many bytes a value of a serial type takes; -1: there is no
// such type.
func sizeOfKind(kind uint64) int {
	switch {
	case kind <= 4:
		return int(kind)
	case kind == 5:
		return 6
	case kind == 6, kind == 7:
		return 8
	case kind == 8, kind == 9:
		return 0
	case kind < 12, kind > 1<<30:
		return -1
	default:
		return int(kind-12) / 2
	}
}

func integer(kind uint64, bytes []byte) int64 {
	if kind == 9 {
		return 1
	}
	var n int64
	for i, b := range bytes {
		if i == 0 {
			n = int64(int8(b))
			continue
		}
		n = n<<8 | int64(b)
	}
	return n
}

// varint reads one of SQLite's numbers of 1 to 9 bytes, and where it ends.
func varint(bytes []byte, at int) (n uint64, end int, ok bool) {
	for i := range 9 {
		if at < 0 || at+i >= len(bytes) {
			return 0, 0, false
		}
		b := bytes[at+i]
		if i == 8 {
			return n<<8 | uint64(b), at + 9, true
		}
		if n = n<<7 | uint64(b&0x7f); b < 0x80 {
			return n, at + i + 1, true
		}
	}
	return 0, 0, false
}

// deviceOf is who wrote an event, as its own text says.
func deviceOf(payload []byte) workflow.DeviceID {
	event, err := workflow.Decode(payload)
	if err != nil {
		return ""
	}
	return event.Device
}
