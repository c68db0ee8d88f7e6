package view

func newHistory(ask Asker) Pane { return newBlank(ask) }
