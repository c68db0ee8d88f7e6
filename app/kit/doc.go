// Package kit holds Firebreak's widgets. They know nothing of incidents: words,
// states and callbacks come in, taps and keys go out. All of them take their colours
// from the roles of package look on every Refresh, are worked by keyboard alone, and
// show the focus by a ring.
//
// Under test, set the theme first: app.Settings().SetTheme(look.New(look.Dark, 1)).
//
// Layout (each knows the height that a width makes; see HeightFor):
//
//	Column    from top to bottom          Column(gap, objects...)
//	Row       side by side, centred; TopRow hangs them from the top, FullRow fills
//	Grow      takes the room left over in a Row or Column
//	Wrap      side by side, new line where the width ends
//	Grid      equal columns, 4 → 2 → 1 where it gets narrow
//	Inset     room around an object
//	Scroller  scrolls up and down, brings the focus into view
//	Responsive  one arrangement when wide, another when narrow
//	Columns   main part and side part; the side goes below when narrow
//	Fixed     a width of its own, times the text scale
//
// To read:
//
//	Text      label with role, size, weight; Wrapped, Cut; NewCaption, NewHeading, NewMono
//	Icon      one of our drawings in a role
//	Picture   a small picture in a box
//	Chip      word, shape and fill: severity, state
//	Badge     a small count
//	Panel     card with border and heading
//	Meter     time used of a time allowed, in word, shape, colour and bar
//	Strip     message with an action and a close button
//	Empty     what belongs here, and one button
//	Tone      neutral, good, warn, bad: the shape and colours for the above
//
// To press and type:
//
//	Button    NewPrimary (48 px), NewButton, NewQuiet; key hint; SetOff says why it is off
//	Segmented big choices, one of which holds
//	Choice    label and a list of options to drop down
//	Check     a tick with a label that wraps
//	Field     label, text, help or error; NewLongField grows; pastes over 16 KB are guarded
//	editor.Editor  text of any length, in kit/editor
//	Rows      list of any length with heights of its own, selection by ID
//	Bar       header and status items; spare ones go where it gets narrow
//	RailItem  leads to a screen; a mark, a fill and bold show where one is
//
// Over the content:
//
//	Layers    root of a window, with a stack of Layer sheets; Escape closes, focus returns
//	Palette   search field and commands, for a Layer
//
// Keys that a focused widget does not use go to the canvas's OnTypedKey, which Fyne
// itself would only call when nothing has the focus; Layers.Install listens there.
// A focused Field offers TextUndoer to Edit > Undo and Submitter to the main action;
// Layers.Submit presses the default button of the top layer. Children of a widget are
// told by Parent, and TextsIn reads a screen aloud to a test.
//
// The focus ring is drawn by each widget itself: see Ring for why.
package kit
