package publish

import (
	"context"
	"time"

	"firebreak/app/session"
	"firebreak/export/intake"
	"firebreak/workflow"
)

// Understand reads a document from elsewhere. It touches neither a repository
// nor the log.
func (p *Publisher) Understand(ctx context.Context, paper session.Paper, as workflow.ReadAs, now time.Time) (workflow.Reading, error) {
	if err := ctx.Err(); err != nil {
		return workflow.Reading{}, err
	}
	return intake.Read(paper.Name, paper.Text, as, now), nil
}
