package view

func newTriage(ask Asker) Pane { return newBlank(ask) }
