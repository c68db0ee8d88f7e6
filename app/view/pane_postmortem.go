package view

func newPostmortem(ask Asker) Pane { return newBlank(ask) }
