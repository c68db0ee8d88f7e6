package session

import "context"

// groundWatcher is what some hands can do besides.
type groundWatcher interface {
	// WatchRepository calls changed, from a goroutine of its own, when branches,
	// tags, the index or git's business in a repository have changed.
	WatchRepository(folder string, changed func()) (stop func(), err error)
}

// watchRepository watches the branches of the open incident's repository, if it
// does not yet. Only a desk that lives beside other programs does: a story looks
// by hand.
func (d *Desk) watchRepository() {
	hands, can := d.hands.(groundWatcher)
	folder, root := d.folder(), d.state.Survey.Root
	if !d.live || !can || root == "" || !d.state.Incident.Open() || d.lookout.watched == d.here() && d.lookout.root == root {
		return
	}
	d.unwatchRepository()
	at := d.here()
	d.lookout.watched, d.lookout.root = at, root
	d.Run("repository watch", func(context.Context) (func(), error) {
		stop, err := hands.WatchRepository(folder, func() {
			d.threads.UI(func() {
				if at == d.here() && !d.end.closed {
					d.surveyNow(nil)
				}
			})
		})
		if err != nil {
			return nil, err // it is looked at every few seconds instead, which needs no word
		}
		return func() {
			if at != d.here() || d.lookout.root != root || d.end.asked {
				d.threads.Work(stop)
				return
			}
			d.lookout.stop = stop
			d.surveyNow(nil) // what changed between the last look and the watch
		}, nil
	}, nil)
}

func (d *Desk) unwatchRepository() {
	if stop := d.lookout.stop; stop != nil {
		d.threads.Work(stop)
	}
	d.lookout.stop, d.lookout.root, d.lookout.watched = nil, "", home{}
}
