package specweave

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// mostOfARange keeps a slip such as AC-US1-01..99999 from filling the memory.
const mostOfARange = 200

// criteriaIDs reads a list of criteria; AC-US2-01..03 stands for three.
func criteriaIDs(text []byte) []string {
	var ids []string
	for len(text) > 0 {
		at := bytes.Index(text, []byte("AC-"))
		if at < 0 {
			break
		}
		if at > 0 && (isLetter(text[at-1]) || isDigit(text[at-1]) || text[at-1] == '-') {
			text = text[at+3:]
			continue
		}
		text = text[at:]
		end := criterionID(text)
		if end < 0 {
			text = text[3:]
			continue
		}
		first := string(text[:end])
		text = text[end:]
		last, length := rangeEnd(text)
		ids = append(ids, first)
		switch other := string(bytes.TrimPrefix(text[:length], []byte(".."))); {
		case length == 0:
		case strings.HasPrefix(other, "AC-") && family(other) != family(first):
			ids = append(ids, other) // from one story into another: only the ends are certain
		default:
			ids = append(ids, between(first, last)...)
		}
		text = text[length:]
	}
	return ids
}

// criterionID is where an id such as AC-US1-01 ends, or -1. Each part behind a
// hyphen holds letters or digits, and one of them a digit.
func criterionID(text []byte) int {
	if !bytes.HasPrefix(text, []byte("AC-")) {
		return -1
	}
	at, number := 2, false
	for at+1 < len(text) && text[at] == '-' && (isLetter(text[at+1]) || isDigit(text[at+1])) {
		for at++; at < len(text) && (isLetter(text[at]) || isDigit(text[at])); at++ {
			number = number || isDigit(text[at])
		}
	}
	if !number {
		return -1
	}
	return at
}

// rangeEnd reads "..03" or "..AC-US2-03".
func rangeEnd(text []byte) (last, length int) {
	if !bytes.HasPrefix(text, []byte("..")) {
		return 0, 0
	}
	at := 2
	if end := criterionID(text[at:]); end > 0 {
		at += bytes.LastIndexByte(text[at:at+end], '-') + 1
	}
	digits := at
	for at < len(text) && isDigit(text[at]) && at-digits < 6 {
		at++
	}
	last, err := strconv.Atoi(string(text[digits:at]))
	if err != nil {
		return 0, 0
	}
	return last, at
}

// family is an id without its number.
func family(id string) string { return id[:strings.LastIndexByte(id, '-')+1] }

// between are the ids behind first, up to the number last.
func between(first string, last int) []string {
	cut := strings.LastIndexByte(first, '-') + 1
	number, err := strconv.Atoi(first[cut:])
	if err != nil {
		return nil
	}
	var ids []string
	for n := number + 1; n <= last && len(ids) < mostOfARange; n++ {
		ids = append(ids, fmt.Sprintf("%s%0*d", first[:cut], len(first)-cut, n))
	}
	return ids
}
