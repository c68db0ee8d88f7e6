package session

import "context"

// watchIncrement watches the files of the open incident's increment, if it
// does not yet. Only a desk that lives beside other programs does: a story
// looks by hand.
func (d *Desk) watchIncrement() {
	hands, can := d.woven()
	written := d.state.Incident.Fix.Increment.Get()
	if !d.live || !can || d.weave.watched == d.here() && d.weave.root == written.Root+"\x00"+written.ID {
		return
	}
	d.unwatch()
	at, in, folder := d.here(), d.state.Incident, d.folder()
	d.weave.watched, d.weave.root = at, written.Root+"\x00"+written.ID
	d.Run("increment watch", func(context.Context) (func(), error) {
		stop, err := hands.Watch(folder, in, func() {
			d.threads.UI(func() {
				if at == d.here() && !d.end.closed {
					d.weaveNow(nil)
				}
			})
		})
		if err != nil {
			return nil, err
		}
		return func() {
			if at != d.here() || d.end.asked {
				d.threads.Work(stop)
				return
			}
			d.weave.stop = stop
			d.state.Increment.Live = true
			d.show()
			d.weaveNow(nil) // what changed between the last look and the watch
		}, nil
	}, func(err error) {
		if err != nil && at == d.here() {
			d.weave.by = d.clock.Now().Add(weaveEvery)
			d.say(Strip{Says: err.Error(), Warning: true})
			d.show()
		}
	})
}

func (d *Desk) unwatch() {
	if stop := d.weave.stop; stop != nil {
		d.threads.Work(stop)
	}
	d.weave.stop, d.weave.root, d.weave.watched = nil, "", home{}
}

// lookAtFiles looks at files that cannot be watched.
func (d *Desk) lookAtFiles() {
	if d.weave.by.IsZero() || d.weave.stop != nil || d.weave.watched != d.here() || d.clock.Now().Before(d.weave.by) {
		return
	}
	d.weave.by = d.clock.Now().Add(weaveEvery)
	d.weaveNow(nil)
}
