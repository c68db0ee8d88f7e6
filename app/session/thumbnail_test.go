package session_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	pictures "image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type image = pictures.Image

func drawn(width, height int) pictures.Image {
	picture := pictures.NewPaletted(pictures.Rect(0, 0, width, height), color.Palette{color.White, color.RGBA{200, 30, 30, 255}})
	for x := range width {
		picture.SetColorIndex(x, height/2, 1)
	}
	return picture
}

func encoded(t *testing.T, kind string, picture pictures.Image) string {
	t.Helper()
	var out bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&out, picture)
	case "jpeg":
		err = jpeg.Encode(&out, picture, nil)
	case "gif":
		err = gif.Encode(&out, picture, nil)
	}
	require.NoError(t, err)
	return out.String()
}

// thumbnail asks for the small picture of some bytes.
func (s *stand) thumbnail(name, content string) (picture pictures.Image, said error) {
	s.t.Helper()
	require.NoError(s.t, s.attach("", text(name, content)))
	files := s.state().NoteFiles()
	said = errors.New("nobody answered")
	s.desk.Thumbnail(files[len(files)-1], func(p pictures.Image, err error) { picture, said = p, err })
	s.pump()
	return picture, said
}

func TestAPictureIsMadeSmallInItsProportions(t *testing.T) {
	s := boxStand(t)
	for kind, size := range map[string]pictures.Point{"png": {1920, 1080}, "jpeg": {900, 1800}, "gif": {40, 20}} {
		picture, err := s.thumbnail(kind, encoded(t, kind, drawn(size.X, size.Y)))
		require.NoError(t, err, kind)
		want := map[string]pictures.Point{"png": {480, 270}, "jpeg": {240, 480}, "gif": {40, 20}}[kind]
		assert.Equal(t, want, picture.Bounds().Size(), kind)
	}
	picture, err := s.thumbnail("thin", encoded(t, "png", drawn(20000, 2)))
	require.NoError(t, err)
	assert.Equal(t, pictures.Point{480, 1}, picture.Bounds().Size())
}

func TestAPictureIsMadeOnce(t *testing.T) {
	s := boxStand(t)
	first, err := s.thumbnail("a.png", encoded(t, "png", drawn(10, 10)))
	require.NoError(t, err)
	a := s.state().NoteFiles()[0]
	s.shelf.files.content = nil
	answered := false
	s.desk.Thumbnail(a, func(p pictures.Image, err error) { answered = p == first && err == nil })
	assert.True(t, answered, "at once, without asking the disk")
}

// bomb is a small PNG that claims to be large.
func bomb(width, height uint32) string {
	var out bytes.Buffer
	out.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		_ = binary.Write(&out, binary.BigEndian, uint32(len(data)))
		out.WriteString(kind)
		out.Write(data)
		_ = binary.Write(&out, binary.BigEndian, crc32.ChecksumIEEE(append([]byte(kind), data...)))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	chunk("IHDR", append(head, 8, 6, 0, 0, 0))
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, _ = w.Write(make([]byte, 1<<20))
	_ = w.Close()
	chunk("IDAT", packed.Bytes())
	chunk("IEND", nil)
	return out.String()
}

func TestBrokenAndHostilePicturesAreSaidAndHarmNothing(t *testing.T) {
	whole := encoded(t, "png", drawn(300, 200))
	s := boxStand(t)
	for name, content := range map[string]string{
		"empty": "", "text": "not a picture", "a head alone": whole[:8], "cut off": whole[:len(whole)/2],
		"another": whole[:40] + "\xff\xff\xff\xff" + whole[44:], "too large": bomb(60_000, 60_000), "too wide": bomb(1<<31-1, 1),
		"a bomb": bomb(20_000, 20_000), "a lie": bomb(4_000, 4_000), "no jpeg": "\xff\xd8\xff\xe0\x00\x10JFIF", "no gif": "GIF89a\xff\xff\xff\xff\x00\x00\x00",
	} {
		picture, err := s.thumbnail(name, content)
		assert.Error(t, err, name)
		assert.Nil(t, picture, name)
	}
	_, err := s.thumbnail("whole", whole)
	assert.NoError(t, err, "the next one is shown")
}
