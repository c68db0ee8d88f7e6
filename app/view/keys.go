package view

import (
	"runtime"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// has says whether a command answers to a key: "Ctrl+Shift+P".
func (c Command) has(key string) bool {
	return c.Keys != "" && slices.Contains(strings.Split(c.Keys, ", "), key)
}

// shortcut turns "Ctrl+Shift+P" into what Fyne listens for. Ctrl is Cmd on a
// Mac, but for Ctrl+Tab. Escape has none: the widgets and layers handle it.
func shortcut(keys string) fyne.Shortcut {
	key := strings.Split(keys, ", ")[0]
	return shortcutOf(key)
}

func shortcutOf(key string) fyne.Shortcut {
	if key == "" || key == "Esc" {
		return nil
	}
	name := key
	var mods fyne.KeyModifier
	for {
		head, rest, found := strings.Cut(name, "+")
		if !found || rest == "" {
			break
		}
		switch head {
		case "Ctrl":
			mods |= fyne.KeyModifierControl
		case "Shift":
			mods |= fyne.KeyModifierShift
		case "Alt":
			mods |= fyne.KeyModifierAlt
		}
		name = rest
	}
	if runtime.GOOS == "darwin" && name != "Tab" && mods&fyne.KeyModifierControl != 0 {
		mods = mods&^fyne.KeyModifierControl | fyne.KeyModifierSuper
	}
	if mods == fyne.KeyModifierShortcutDefault {
		switch name { // a window reports these two by what they mean, not by their key
		case "Z":
			return &fyne.ShortcutUndo{}
		case "Y":
			return &fyne.ShortcutRedo{}
		}
	}
	named := map[string]fyne.KeyName{
		"Enter": fyne.KeyReturn, "Left": fyne.KeyLeft, "Right": fyne.KeyRight, "Tab": fyne.KeyTab,
		"+": fyne.KeyPlus, "-": fyne.KeyMinus, "=": fyne.KeyEqual, "/": fyne.KeySlash, ",": fyne.KeyComma,
	}
	if k, ok := named[name]; ok {
		return &desktop.CustomShortcut{KeyName: k, Modifier: mods}
	}
	return &desktop.CustomShortcut{KeyName: fyne.KeyName(name), Modifier: mods}
}

// Menu is the main menu: every command stands in it, because a key that is no
// menu item does not fire while a text field has the focus.
func (s *Shell) Menu() *fyne.MainMenu {
	order := []string{"File", "Edit", "Incident", "Go", "View", "Help"}
	menus := map[string]*fyne.Menu{}
	for _, name := range order {
		menus[name] = fyne.NewMenu(name)
	}
	for _, c := range Commands() {
		item := fyne.NewMenuItem(c.Label, func() { s.Run(c.ID) })
		item.Shortcut = shortcut(c.Keys)
		if c.ID == "app.quit" {
			item.IsQuit = true
		}
		menus[c.Menu].Items = append(menus[c.Menu].Items, item)
	}
	var all []*fyne.Menu
	for _, name := range order {
		all = append(all, menus[name])
	}
	return fyne.NewMainMenu(all...)
}

// ExtraKeys are second keys of commands, which a menu item cannot hold.
func (s *Shell) ExtraKeys(listen func(fyne.Shortcut, func())) {
	for _, c := range Commands() {
		for _, key := range strings.Split(c.Keys, ", ")[1:] {
			if sc := shortcutOf(key); sc != nil {
				listen(sc, func() { s.Run(c.ID) })
			}
		}
	}
}
