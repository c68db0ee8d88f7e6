package session

import "context"

// PlaceLine is a place on this machine where Firebreak keeps something.
type PlaceLine struct {
	Name string // what is kept there: "Database"
	Path string
	Size int64 // in bytes, of everything in it
	// Folder is where it can be looked at; "" while there is nothing.
	Folder string
}

// measurePlaces looks again how much lies where, beside the UI thread.
func (d *Desk) measurePlaces() {
	if d.places == nil {
		return
	}
	measure := d.places
	d.Run("places", func(context.Context) (func(), error) {
		lines := measure()
		return func() {
			d.state.Places = lines
			d.show()
		}, nil
	}, nil)
}

// enabler is what hands may do besides: make a folder a SpecWeave project. It
// answers sentences for a person.
type enabler interface {
	Enable(ctx context.Context, folder, name string) error
}

// EnableSpecWeave makes the chosen repository a SpecWeave project, after a
// person asked for it: increments can then be numbered there.
func (d *Desk) EnableSpecWeave(done func(error)) {
	hands, can := d.hands.(enabler)
	folder := d.folder()
	if !can || folder == "" {
		d.answer(done, sentence("No repository is chosen, so SpecWeave cannot be enabled. Nothing was written. Choose the folder of your repository first."))
		return
	}
	d.finish("specweave", func(ctx context.Context) (func(), error) {
		err := hands.Enable(ctx, folder, "")
		return d.FindRepository, err
	}, func(err error) { d.answer(done, err) })
}
