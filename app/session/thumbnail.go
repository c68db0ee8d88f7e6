package session

import (
	"context"
	"errors"
	"fmt"
	"image"

	"firebreak/workflow"
)

// thumbnailsKept is how many small pictures stay in memory.
const thumbnailsKept = 48

// thumbnails are the small pictures of attached images: one is made at a time.
type thumbnails struct {
	made    map[string]thumbnail
	order   []string // of made, the oldest first
	asked   map[string][]func(image.Image, error)
	waiting []workflow.Attachment
	busy    bool
}

type thumbnail struct {
	picture image.Image
	err     error
}

// Thumbnail answers a small picture of an attached image: at once when it was
// made before, else later on the UI thread. Why there is none is a sentence.
func (d *Desk) Thumbnail(a workflow.Attachment, done func(image.Image, error)) {
	t := &d.attached.pictures
	if made, ok := t.made[a.SHA256]; ok {
		done(made.picture, made.err)
		return
	}
	if t.asked == nil {
		t.made, t.asked = map[string]thumbnail{}, map[string][]func(image.Image, error){}
	}
	if t.asked[a.SHA256] == nil {
		t.waiting = append(t.waiting, a)
	}
	t.asked[a.SHA256] = append(t.asked[a.SHA256], done)
	d.nextThumbnail()
}

func (d *Desk) nextThumbnail() {
	t := &d.attached.pictures
	if t.busy || len(t.waiting) == 0 || d.end.closed {
		return
	}
	a := t.waiting[0]
	t.waiting, t.busy = t.waiting[1:], true
	shelf := d.shelf
	var picture image.Image
	d.beside(func() (err error) {
		picture, err = makeThumbnail(shelf, a)
		return err
	}, func(err error) {
		t.busy = false
		t.keep(a.SHA256, thumbnail{picture, err})
		waiting := t.asked[a.SHA256]
		delete(t.asked, a.SHA256)
		if !d.end.closed {
			for _, done := range waiting {
				done(picture, err)
			}
		}
		d.nextThumbnail()
	})
}

// keep remembers a picture. Damage may be mended later, so a failure to read is
// asked again.
func (t *thumbnails) keep(sha string, made thumbnail) {
	if made.err != nil && !errors.Is(made.err, errNoPicture) {
		return
	}
	t.made[sha] = made
	if t.order = append(t.order, sha); len(t.order) > thumbnailsKept {
		delete(t.made, t.order[0])
		t.order = t.order[1:]
	}
}

func makeThumbnail(shelf Shelf, a workflow.Attachment) (image.Image, error) {
	files, err := filesOf(shelf)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(context.Background(), decodingTime)
	defer stop()
	content, err := files.Read(ctx, a.SHA256)
	if err != nil {
		return nil, err
	}
	return shrunk(ctx, content)
}

// errNoPicture is why an image cannot be shown here, although its bytes are
// whole.
var errNoPicture = errors.New("no picture")

func noPicture(why string, values ...any) error {
	return fmt.Errorf("%w: %s", errNoPicture, fmt.Sprintf(why, values...))
}
