package view

import (
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// keyRow is a row of the key list: a command of the table, or a key that works
// inside one kind of control and is no command.
type keyRow struct {
	group, keys, does, where string
}

// heldKeys are the keys that a focused control has for itself.
func heldKeys() []keyRow {
	const lists, fields, text = "In a list", "In a field", "In the text of a post-mortem"
	const board, entries, actions = "In the board's list", "In the timeline's list", "In the list of action items"
	const imports = "In the list of an import"
	return []keyRow{
		{board, "Enter, Space", "Mark the step done, or open it again", "list"},
		{board, "S", "Skip the step, with a reason", "list"},
		{board, "E", "Write down evidence", "list"},
		{board, "A", "Give the step to somebody", "list"},
		{board, "N", "Write a note about the step", "list"},
		{board, "O", "Open the step again", "list"},
		{board, "C", "Confirm the phase", "list"},
		{board, "Ins", "Add a step for this incident", "list"},
		{entries, "Enter, E", "Edit the entry", "list"},
		{entries, "Ins", "Add an entry here", "list"},
		{entries, "Del", "Hide the entry, or show it again", "list"},
		{entries, "P", "Pin the entry, or let go of it", "list"},
		{entries, "M", "Make the entry a milestone", "list"},
		{entries, "N", "Write a note", "list"},
		{actions, "D", "Done", "list"},
		{actions, "X", "Drop", "list"},
		{actions, "O", "Open again", "list"},
		{imports, "Space", "Take the row, or leave it out", "import sheet"},
		{imports, "M", "Change what the row becomes", "import sheet"},
		{imports, "A, N, S", "Take all, none, only the sure ones", "import sheet"},
		{lists, "Up, Down", "Next and previous row", "list"},
		{lists, "Home, End, PgUp, PgDn", "First, last, a page up, a page down", "list"},
		{lists, "Enter", "Open the row, or do what its button does", "list"},
		{lists, "1 to 5", "Choose a level", "severity sheet"},
		{text, "Enter", "Begin the next item in a list; in an empty item, end the list", "field"},
		{text, "Ctrl+], Ctrl+[", "Indent the selected lines, or take it back", "field"},
		{text, "Ctrl+Left, Ctrl+Right", "Go by words; with Shift, select", "field"},
		{text, "Ctrl+Up, Ctrl+Down", "Go by paragraphs; with Shift, select", "field"},
		{text, "Ctrl+Home, Ctrl+End", "Go to the beginning or the end of the text", "field"},
		{text, "Tab", "Leave the text for the next control", "field"},
		{fields, "Enter", "Submit a field of one line; a new line in a longer one", "field"},
		{fields, "Ctrl+Enter", "Submit what was typed", "field"},
		{fields, "Esc", "Leave the field; the text stays", "field"},
		{"Everywhere", "Tab, Shift+Tab", "Next and previous control", "all"},
		{"Everywhere", "Space, Enter", "Press the button that has the focus", "all"},
		{"Everywhere", "Left, Right", "Choose among big buttons", "all"},
	}
}

// keyRows is the whole key list, in the order of the menus.
func keyRows() []keyRow {
	var rows []keyRow
	for _, menu := range menuOrder() {
		for _, c := range Commands() {
			if c.Menu == menu {
				rows = append(rows, keyRow{menu, strings.ReplaceAll(c.Keys, ", ", " or "), c.Label, c.Where})
			}
		}
	}
	return append(rows, heldKeys()...)
}

func menuOrder() []string { return []string{"Incident", "Go", "Edit", "View", "Help", "File"} }

func (r keyRow) fits(words string) bool {
	all := strings.ToLower(r.group + " " + r.keys + " " + r.does + " " + r.where)
	for _, word := range strings.Fields(strings.ToLower(words)) {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}

func (r keyRow) id() string { return r.group + "/" + r.keys + "/" + r.does }

func (s *Shell) openKeys() {
	rows := map[string]keyRow{}
	for _, r := range keyRows() {
		rows[r.id()] = r
	}
	list := kit.NewRows(newKeyRow, func(id string, o fyne.CanvasObject) { rows[id].show(o.(*fyne.Container)) })
	none := kit.NewText("").In(look.Muted).Wrapped()
	filter := kit.NewField("").Placeholder("Find a key or what it does")
	find := func(typed string) {
		items := keyItems(typed)
		list.SetItems(items)
		show(none, len(items) == 0)
		none.SetText("No key for “" + typed + "”. The palette (Ctrl+K) has every command.")
	}
	filter.OnChanged = find
	filter.OnKey = func(key *fyne.KeyEvent) bool { return steer(list, key) }
	find("")
	body := kit.Column(look.Space3, filter, none, kit.Grow(atLeast(420, list)),
		kit.NewCaption("Ctrl is Cmd on a Mac. Commands without a key are in the palette. Settings switches single letters off.").Wrapped())
	s.openSheet(&kit.Layer{ID: "keys", Title: "Key list", Body: body, First: filter.Target(), Width: 680}, nil)
}

// keyItems are the rows that fit what was typed, under their headings.
func keyItems(typed string) []kit.Item {
	var items []kit.Item
	group := ""
	for _, r := range keyRows() {
		if !r.fits(typed) {
			continue
		}
		if r.group != group {
			group = r.group
			items = append(items, kit.Item{ID: group, Header: true})
		}
		items = append(items, kit.Item{ID: r.id()})
	}
	return items
}

func newKeyRow() fyne.CanvasObject {
	return kit.Inset(look.Space3, look.Space2, kit.Row(look.Space3,
		kit.Grow(kit.NewText("").Cut()), kit.NewCaption(""), kit.Fixed(190, kit.NewMono("").Cut())))
}

func (r keyRow) show(o *fyne.Container) {
	row := o.Objects[0].(*fyne.Container)
	row.Objects[0].(*fyne.Container).Objects[0].(*kit.Text).SetText(r.does)
	where := r.where
	if where == "all" {
		where = ""
	}
	row.Objects[1].(*kit.Text).SetText(where)
	keys := row.Objects[2].(*fyne.Container).Objects[0].(*kit.Text)
	keys.SetText(r.keys)
	keys.SetRole(look.Primary)
	if r.keys == "" {
		keys.SetText("palette")
		keys.SetRole(look.Muted)
	}
}

// KeysMarkdown is docs/KEYS.md: the key list as a document.
func KeysMarkdown() string {
	var b strings.Builder
	b.WriteString("# Keys\n\nEverything can be done by keyboard alone. This page is made from the table of commands that the menu,\n")
	b.WriteString("the palette and the key list (Ctrl+/) are made from. Ctrl is Cmd on a Mac, but for Ctrl+Tab.\n")
	b.WriteString("A command without a key is in the palette: Ctrl+K, then a few letters of its name.\n")
	b.WriteString("Single letters work only while a list has the focus, and Settings switches them off.\n")
	group := ""
	for _, r := range keyRows() {
		if r.group != group {
			group = r.group
			b.WriteString("\n## " + group + "\n\n| Keys | What it does | Where |\n|---|---|---|\n")
		}
		keys := "palette"
		if r.keys != "" {
			keys = "`" + strings.ReplaceAll(r.keys, " or ", "`, `") + "`"
		}
		b.WriteString("| " + keys + " | " + r.does + " | " + r.where + " |\n")
	}
	return b.String()
}
