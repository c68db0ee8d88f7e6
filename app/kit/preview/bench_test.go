package preview

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"firebreak/app/look"
)

var sizes = []int{10 << 10, 100 << 10, 1 << 20}

func BenchmarkParse(b *testing.B) {
	for _, size := range sizes {
		text := megabyte()[:size-1000]
		b.Run(fmt.Sprint(size>>10, "KB"), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Parse(text)
			}
		})
	}
}

// BenchmarkKeystroke is a character typed into the first paragraph, in sight.
func BenchmarkKeystroke(b *testing.B) {
	for _, size := range sizes {
		text := megabyte()[:size-1000]
		b.Run(fmt.Sprint(size>>10, "KB"), func(b *testing.B) {
			view := benchView()
			for n := 0; b.Loop(); n++ {
				view.SetMarkdown(strings.Replace(text, "paragraph", fmt.Sprint("paragraph", n), 1))
			}
		})
	}
}

func BenchmarkFirstLook(b *testing.B) {
	text := megabyte()
	for b.Loop() {
		benchView().SetMarkdown(text)
	}
}

func BenchmarkScrollAPage(b *testing.B) {
	view := benchView()
	view.SetMarkdown(megabyte())
	for b.Loop() {
		view.scrollTo(view.scroll.Offset.Y + 350)
	}
}

func BenchmarkResize(b *testing.B) {
	view := benchView()
	view.SetMarkdown(megabyte())
	for n := 0; b.Loop(); n++ {
		view.Resize(fyne.NewSize(500+float32(n%2)*40, 400))
	}
}

func benchView() *View {
	app := test.NewApp()
	app.Settings().SetTheme(look.New(look.Dark, 1))
	view := New()
	window := test.NewWindow(view)
	window.Resize(fyne.NewSize(600, 400))
	return view
}
