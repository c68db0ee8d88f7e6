package view

func newTimeline(ask Asker) Pane { return newBlank(ask) }
