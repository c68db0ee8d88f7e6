package session

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"firebreak/workflow"
)

// Paper is a document from elsewhere as text, before anything of it is
// understood.
type Paper struct {
	Name string
	Text []byte // valid UTF-8
	Note string // what had to be done to make it text; empty: nothing
}

// PaperLimit is how many bytes a document can have that is imported.
const PaperLimit = 16 << 20

// DocumentAt is the document at a path, which may begin with "~".
func DocumentAt(path string) Incoming {
	in := FileAt(path)
	path = atHome(path)
	in.Open = func() (io.ReadCloser, error) {
		return openAs(path, "Not imported", "Nothing was changed", "Choose the documents in it one by one")
	}
	return in
}

// Stream is a document that a program writes, such as the standard input.
func Stream(name string, from io.Reader) Incoming {
	return Incoming{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(from), nil }}
}

// ReadPaper reads a document whole. What is no text, or too much, is refused in
// a sentence.
func ReadPaper(in Incoming) (Paper, error) {
	from, err := in.Open()
	if err != nil {
		return Paper{}, err
	}
	defer from.Close()
	content, err := io.ReadAll(io.LimitReader(from, PaperLimit+1))
	switch {
	case err != nil:
		return Paper{}, sentence(fmt.Sprintf("Not imported: %s cannot be read: %v. Nothing was changed. Check that you may read it.", in.Name, plain(err)))
	case len(content) > PaperLimit:
		return Paper{}, sentence(fmt.Sprintf("Not imported: %s has more than %s, the most that is imported at once. Nothing was changed: cut out the part about the incident, and import that.", in.Name, workflow.SizeWords(PaperLimit)))
	}
	text, note, err := asText(content)
	if err != nil {
		return Paper{}, sentence(fmt.Sprintf("Not imported: %s %v. Nothing was changed.", in.Name, err))
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return Paper{}, sentence(fmt.Sprintf("Not imported: %s is empty.", in.Name))
	}
	return Paper{Name: in.Name, Text: text, Note: note}, nil
}

// The refusals of what is no text; a name stands before them.
var (
	errPDF    = errors.New("is a PDF. Import the markdown it was made from, or copy its text and paste it")
	errPacked = errors.New("is an archive or an office file. Save it as text, markdown or CSV, or copy its text and paste it")
	errBinary = errors.New("is no text. Save it as text, markdown, CSV or JSON, or copy its text and paste it")
)

// asText makes UTF-8 of a document's bytes. UTF-16, as some programs of Windows
// write it, is known by its mark.
func asText(content []byte) (text []byte, note string, err error) {
	switch {
	case bytes.HasPrefix(content, []byte("%PDF-")):
		return nil, "", errPDF
	case bytes.HasPrefix(content, []byte("PK\x03\x04")), bytes.HasPrefix(content, []byte("\x1f\x8b")):
		return nil, "", errPacked
	case bytes.HasPrefix(content, []byte("\xff\xfe")):
		return fromUTF16(content[2:], binary.LittleEndian), "", nil
	case bytes.HasPrefix(content, []byte("\xfe\xff")):
		return fromUTF16(content[2:], binary.BigEndian), "", nil
	case bytes.IndexByte(content, 0) >= 0:
		return nil, "", errBinary
	case utf8.Valid(content):
		return content, "", nil
	}
	return bytes.ToValidUTF8(content, []byte("\uFFFD")),
		"Some bytes are no UTF-8 text and stand as \uFFFD. Save the document as UTF-8 to have its letters right.", nil
}

func fromUTF16(content []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(content)/2)
	for i := range units {
		units[i] = order.Uint16(content[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}
