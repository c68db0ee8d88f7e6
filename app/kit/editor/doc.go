// Package editor is the widget in which a long text is written: the source of
// markdown, as it was typed.
//
// The text is a list of blocks: paragraphs, cut where a blank line outside of a
// code fence ends one, and cut further where a paragraph is very long. The text
// is always exactly the blocks one after the other: nothing is normalised, no
// line end, no tab, no byte that is no letter. A key changes one block and looks
// at its two neighbours, so a megabyte is as light as a line.
//
// Only what is in sight is laid out and drawn; see docs/decisions/0019 for why
// no block is a Fyne Entry.
//
// The keys are those of every editor: arrows, Home, End, Page keys and words
// (Ctrl+Left, Ctrl+Right) and paragraphs (Ctrl+Up, Ctrl+Down), each with Shift to select, over as many blocks as one
// likes. Ctrl+] and Ctrl+[ indent and outdent. Tab always leaves: text is typed
// into a form here, and a form is walked by Tab.
package editor
