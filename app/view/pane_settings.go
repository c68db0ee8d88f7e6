package view

func newSettings(ask Asker) Pane { return newBlank(ask) }
