package page

import (
	"bytes"
	"encoding/base64"
	"net/url"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"firebreak/export"
	"firebreak/workflow"
)

// How much of pictures goes into a page: mail programs and browsers choke on
// more. A larger one lies beside the page and is linked.
const (
	PictureLimit  = 4 << 20  // bytes of one picture
	PicturesLimit = 16 << 20 // bytes of all of them
)

// Files are the attachments of a post-mortem. The zero value only names them.
type Files struct {
	export.Files
	// Read answers the bytes of an attachment by its checksum; nil when there is
	// nowhere to read from.
	Read func(sha string) ([]byte, error)
	// Alone says that nothing lies beside the page: what is not a part of it is
	// named and not linked.
	Alone bool
}

// pictures finds what an image in the text shows.
type pictures struct {
	at    map[string]workflow.Attachment // by the path that the text links to
	read  func(sha string) ([]byte, error)
	alone bool
	spent int
}

func picturesOf(in workflow.Incident, files Files) *pictures {
	out := &pictures{at: map[string]workflow.Attachment{}, read: files.Read, alone: files.Alone}
	if files.Folder == "" {
		return out
	}
	for _, file := range export.AttachmentFiles(in, files.Folder) {
		out.at[file.Path] = file.Attachment
	}
	return out
}

// image writes a picture of an attachment as a part of the page. Any other is
// named, with a link to where it lies: the page loads nothing.
func (p *printer) image(n *ast.Image) {
	alt := allText(n, p.source)
	address := string(util.URLEscape(n.Destination, true))
	attached, known := p.pictures.find(address)
	why := "not loaded"
	if known {
		var data string
		if data, why = p.pictures.inline(attached); data != "" {
			p.say(`<img alt="`, escape(alt), `" src="`, data, `">`)
			return
		}
	}
	p.say(`<span class="picture-left-out">Picture: `)
	if leadsSafely(address) && !(known && p.pictures.alone) {
		p.say(`<a href="`, escape(address), `" rel="noopener noreferrer">`, escape(orElse(alt, address)), "</a>")
	} else {
		p.words(orElse(alt, address))
	}
	p.say(" (", why, ")</span>")
}

// find answers the attachment that an address leads to.
func (p *pictures) find(address string) (workflow.Attachment, bool) {
	path, err := url.PathUnescape(address)
	if err != nil {
		path = address
	}
	a, known := p.at[path]
	return a, known
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// inline is a picture as an address that holds it, or why it is left out.
func (p *pictures) inline(a workflow.Attachment) (data, why string) {
	switch {
	case p.read == nil:
		return "", "not in this page"
	case a.Bytes > PictureLimit:
		return "", "too large for this page, " + workflow.SizeWords(a.Bytes)
	case p.spent+int(a.Bytes) > PicturesLimit:
		return "", "left out, because this page has " + workflow.SizeWords(int64(p.spent)) + " of pictures already"
	}
	content, err := p.read(a.SHA256)
	if err != nil {
		return "", "not there any more, or damaged"
	}
	media := mediaOf(content)
	if media == "" || len(content) > PictureLimit {
		return "", "not a picture that every browser shows"
	}
	p.spent += len(content)
	return "data:" + media + ";base64," + base64.StdEncoding.EncodeToString(content), ""
}

// mediaOf is what the first bytes say, whatever the file is called. A drawing
// in SVG can hold more than a picture and is not among them.
func mediaOf(content []byte) string {
	switch {
	case bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png"
	case bytes.HasPrefix(content, []byte("\xFF\xD8\xFF")):
		return "image/jpeg"
	case bytes.HasPrefix(content, []byte("GIF87a")), bytes.HasPrefix(content, []byte("GIF89a")):
		return "image/gif"
	case len(content) > 12 && bytes.HasPrefix(content, []byte("RIFF")) && string(content[8:12]) == "WEBP":
		return "image/webp"
	}
	return ""
}
