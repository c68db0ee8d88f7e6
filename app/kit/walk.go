package kit

import "fyne.io/fyne/v2"

// TextsIn lists the texts under an object in reading order, for tests of screens
// that ask what a person would read.
func TextsIn(object fyne.CanvasObject) []string {
	if object == nil || !object.Visible() {
		return nil
	}
	var texts []string
	if _, plain := object.(*fyne.Container); !plain {
		if a, ok := object.(fyne.Accessible); ok {
			return append(texts, a.AccessibilityLabel())
		}
	}
	for _, child := range childrenOf(object) {
		texts = append(texts, TextsIn(child)...)
	}
	return texts
}
