package session

import (
	"context"

	"firebreak/workflow"
)

// FindRepository looks where documents will go, and shows it before anything
// is written.
func (d *Desk) FindRepository() {
	folder, hands, policies, settings := d.folder(), d.hands, d.policies, d.settings
	d.found = &folder
	if folder == "" || hands == nil {
		d.drop("repository")
		d.state.Policy, d.state.Fault = policies("")
		d.state.Repo, d.state.RepoSays = Repo{}, "No repository is chosen yet. Choose one in Settings; documents are written there and nowhere else."
		d.trust = workflow.Trust{}
		return
	}
	d.Run("repository", func(ctx context.Context) (func(), error) {
		repo, err := hands.Find(ctx, folder)
		if err != nil {
			return nil, err
		}
		policy, fault := policies(folder)
		trust, err := ReadTrust(ctx, settings, repo.Root)
		if err != nil {
			return nil, err
		}
		return func() {
			d.state.Repo, d.state.RepoSays, d.trust = repo, "", trust
			d.state.Policy, d.state.Fault = policy, fault
			d.show()
		}, nil
	}, func(err error) {
		if err != nil {
			d.state.Repo, d.state.RepoSays = Repo{Folder: folder}, err.Error()
			d.trust = workflow.Trust{}
			d.show()
		}
	})
}

// folder is where documents go: the repository that was chosen for the incident
// on the desk, else the one of the settings, or the sample's own.
func (d *Desk) folder() string {
	if d.state.Sample {
		return d.sampleFolder
	}
	if own := d.own[d.state.Incident.ID]; own != "" {
		return own
	}
	return d.state.Prefs.Repository
}

// CreateIncrement writes the increment into the repository and records it.
func (d *Desk) CreateIncrement(done func(error)) {
	in, at, folder, hands := d.state.Incident, d.here(), d.folder(), d.hands
	d.finish("increment", func(ctx context.Context) (func(), error) {
		record, err := hands.CreateIncrement(ctx, folder, in)
		if err != nil {
			return nil, err
		}
		return func() {
			d.ask(task{want: record, actor: d.state.Actor(), home: at, done: func(err error) {
				if err == nil {
					d.offer("Increment written: " + record.ID)
				}
				d.answer(done, err)
			}})
		}, nil
	}, func(err error) {
		if err != nil {
			d.answer(done, err)
		}
	})
}

// PreviewExport shows what an export would write; nothing is written yet.
func (d *Desk) PreviewExport(done func(error), docs ...Document) {
	in, at, folder, hands := d.state.Incident, d.here(), d.folder(), d.hands
	d.Run("preview", func(ctx context.Context) (func(), error) {
		plan, err := hands.Preview(ctx, folder, in, docs...)
		return func() { d.showPlan(at, plan) }, err
	}, func(err error) { d.answer(done, err) })
}

// showPlan shows a plan while its incident is on the desk.
func (d *Desk) showPlan(at home, plan Plan) {
	if at == d.here() {
		d.state.Plan, d.state.Commit = &plan, nil
		d.show()
	}
}

// ClosePreview takes the export preview away.
func (d *Desk) ClosePreview() {
	d.state.Plan, d.state.Commit = nil, nil
	d.show()
}

// Export writes the documents and records what was written. A file that
// somebody changed since is kept, unless its path is accepted.
func (d *Desk) Export(accept []string, done func(error), docs ...Document) {
	in, at, folder, hands := d.state.Incident, d.here(), d.folder(), d.hands
	d.finish("export", func(ctx context.Context) (func(), error) {
		plan, err := hands.Write(ctx, folder, in, accept, docs...)
		return func() {
			d.recordExports(at, plan)
			d.showPlan(at, plan)
		}, err
	}, func(err error) { d.answer(done, err) })
}

// recordExports puts one line per document into the log.
func (d *Desk) recordExports(at home, plan Plan) {
	seen := map[Document]bool{}
	for _, s := range plan.Steps {
		if s.Kept || s.Binary || s.What == "same" || seen[s.Document] { // a document is where its text lies
			continue
		}
		seen[s.Document] = true
		export := workflow.Export{Document: string(s.Document), Root: plan.Root, Path: s.Path}
		d.ask(task{want: workflow.RecordExport{Export: export}, actor: d.state.Actor(), home: at})
	}
}
