package view

func newBoard(ask Asker) Pane { return newBlank(ask) }
