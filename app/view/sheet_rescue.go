package view

import (
	"strings"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

func needsUnsent(st session.State) string {
	if st.Unsent == 0 {
		return "Every change has reached the disk"
	}
	return ""
}

func needsAway(st session.State) string {
	if st.Away == nil {
		return "The data is in its place"
	}
	return ""
}

func needsGap(st session.State) string {
	if why := needsAway(st); why != "" {
		return why
	}
	if !st.Away.PutBack {
		return "Another file lies in its place. Save the data to another folder"
	}
	return ""
}

// openRescue asks where what is still held open goes to.
func (s *Shell) openRescue() {
	folder := kit.NewField("Folder").Placeholder("/home/jane/firebreak-saved")
	run := func() {
		to := strings.TrimSpace(folder.Text())
		if to == "" {
			folder.SetError("Name a folder. It is made when it is not there.")
			return
		}
		folder.SetError("")
		s.SaveTo(to, func(err error) {
			if err != nil {
				folder.SetError(err.Error())
				s.layers.Refresh()
				return
			}
			s.CloseLayer("rescue")
		})
	}
	save := kit.NewPrimary("Save here", run)
	folder.OnSubmit = func(string) { run() }
	body := kit.Column(look.Space4,
		kit.NewText("Everything that was saved is still held open here, and so is what you are typing. It is written as a database of its own; nothing that lies in the folder is changed.").In(look.Muted).Wrapped(),
		folder,
		kit.NewCaption("Attached files and backups that lay in the old folder are not among it.").Wrapped())
	s.openSheet(&kit.Layer{
		ID: "rescue", Title: "Save the data to another folder", Body: body, First: folder.Target(),
		Actions: []*kit.Button{save}, Default: save,
	}, nil)
}
