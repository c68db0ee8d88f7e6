package publish

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/export/redact"
	"firebreak/workflow"
)

// Ledger remembers the checksum of each file as we wrote it last: what has
// another one now was changed by somebody. Root is the absolute folder, path
// lies below it, with slashes.
type Ledger interface {
	Exported(ctx context.Context, root, path string) (sha string, ok bool, err error)
	RecordExported(ctx context.Context, root, path, sha string) error
	// Agreed is what was remembered under a key, as it was given; nil is nothing.
	Agreed(ctx context.Context, key string) ([]byte, error)
	RecordAgreed(ctx context.Context, key string, value []byte) error
}

// Publisher writes documents into repositories. It may be used by several
// goroutines; its writes happen one after the other.
type Publisher struct {
	ledger  Ledger
	stores  []Attachments
	scanner *redact.Scanner // of what must not leave

	mu   sync.Mutex
	seen map[string]string // root and path → checksum of what a preview showed there
}

var _ session.Hands = (*Publisher)(nil)

// Attachments answers the bytes of an attachment, when they are those that were
// stored.
type Attachments interface {
	Read(ctx context.Context, sha string) ([]byte, error)
}

// New makes a publisher that remembers in ledger what it wrote. An attachment
// is taken from the first of the stores that has it whole: they are named by
// their checksums, so any will do.
func New(ledger Ledger, stores ...Attachments) *Publisher {
	return &Publisher{ledger: ledger, stores: stores, scanner: redact.New(), seen: map[string]string{}}
}

// Find says where the documents of a folder's incidents go, and why there.
func (p *Publisher) Find(ctx context.Context, folder string) (session.Repo, error) {
	place, err := find(folder)
	if err != nil {
		return session.Repo{}, err
	}
	facts := repo.FactsOf(ctx, place)
	says := []string{place.Warning, facts.Problem}
	if facts.Busy != "" {
		says = append(says, fmt.Sprintf("Git is in the middle of %s here. Files that exist already are left alone until it is over.", facts.Busy))
	}
	return session.Repo{
		Folder: folder, Root: place.Root, Name: place.Project(), SpecWeave: place.SpecWeave != "",
		Branch: facts.Branch, Dirty: facts.Dirty, Why: place.Why, Warning: joined(says),
	}, nil
}

// Enable makes the repository of a folder a SpecWeave project, after a person
// asked for it: an increment can then be numbered. An empty name becomes the
// folder's.
func (p *Publisher) Enable(_ context.Context, folder, name string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	place, err := find(folder)
	if err != nil {
		return err
	}
	return repo.EnableSpecWeave(place.Root, name)
}

// find is repo.Find with an answer for the folder that nobody has chosen yet.
func find(folder string) (repo.Place, error) {
	if strings.TrimSpace(folder) == "" {
		return repo.Place{}, trouble(nil, "No repository is chosen, so there is nowhere to write. Nothing was written. "+
			"Choose the folder of your repository in Settings, or copy the text from the screen.")
	}
	return repo.Find(folder)
}

func joined(sentences []string) string {
	var kept []string
	for _, s := range sentences {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, " ")
}

func trouble(cause error, says string, values ...any) error {
	return &repo.Trouble{Says: fmt.Sprintf(says, values...), Err: cause}
}

// known reads from the ledger what we last wrote of these files.
func (p *Publisher) known(ctx context.Context, root string, files []repo.File) (repo.Ledger, error) {
	known := repo.Ledger{}
	for _, f := range files {
		sha, ok, err := p.ledger.Exported(ctx, root, f.Path)
		if err != nil {
			return nil, err
		}
		if ok {
			known[f.Path] = sha
		}
	}
	return known, nil
}

// keep remembers what was just written. The files are on the disk already, so a
// failure costs no document: the next export asks once more than it needs to.
func (p *Publisher) keep(ctx context.Context, root string, report repo.Report) error {
	for _, path := range append(append([]string(nil), report.Written...), report.Same...) {
		if err := p.ledger.RecordExported(ctx, root, path, report.Known[path]); err != nil {
			return trouble(err, "The files are written, but it could not be remembered that they are ours: %v. "+
				"Nothing is lost. The next export will ask before it writes over them.", err)
		}
	}
	return nil
}

// orphaned says whether an increment that was recorded is not in this
// repository: on another branch, on another machine, or deleted.
func orphaned(place repo.Place, in workflow.Incident) bool {
	id := in.Fix.Increment.Get().ID
	if id == "" {
		return false
	}
	_, found := repo.Locate(place, id)
	return !found
}
