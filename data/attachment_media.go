package data

import (
	"bytes"
	"unicode/utf8"
)

// anyMedia is the kind of bytes that say nothing about themselves.
const anyMedia = "application/octet-stream"

// mediaOf says what a file is by its first bytes. A name is only what somebody
// called it.
func mediaOf(head []byte) string {
	for _, known := range []struct{ begins, media string }{
		{"\x89PNG\r\n\x1a\n", "image/png"},
		{"\xff\xd8\xff", "image/jpeg"},
		{"GIF87a", "image/gif"},
		{"GIF89a", "image/gif"},
		{"%PDF-", "application/pdf"},
		{"PK\x03\x04", "application/zip"},
		{"\x1f\x8b", "application/gzip"},
	} {
		if bytes.HasPrefix(head, []byte(known.begins)) {
			return known.media
		}
	}
	if len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP" {
		return "image/webp"
	}
	if isText(head) {
		return "text/plain"
	}
	return anyMedia
}

// isText says whether bytes read as UTF-8 text; the last letter may be cut off.
func isText(head []byte) bool {
	for i := 0; i < len(head); {
		r, size := utf8.DecodeRune(head[i:])
		if r == utf8.RuneError && size == 1 {
			return len(head) == headSize && !utf8.FullRune(head[i:])
		}
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\x1b' {
			return false
		}
		i += size
	}
	return true
}
