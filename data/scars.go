package data

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"firebreak/workflow"
)

// ranges are numbers of events, by device.
type ranges map[workflow.DeviceID][]Gap

// without takes known numbers out of gaps. A gap of one number that names an
// event which does not follow stays: it is no missing number.
func (known ranges) without(gaps []Gap) []Gap {
	var left []Gap
	for _, g := range gaps {
		from := g.From
		for _, k := range known[g.Device] {
			if k.To < from || k.From > g.To {
				continue
			}
			if k.From > from {
				left = append(left, Gap{Device: g.Device, From: from, To: k.From - 1})
			}
			from = k.To + 1
		}
		if from <= g.To {
			left = append(left, Gap{Device: g.Device, From: from, To: g.To})
		}
	}
	return left
}

func (known ranges) add(g Gap) { known[g.Device] = append(known[g.Device], g) }

func (known ranges) sort() {
	for _, list := range known {
		slices.SortFunc(list, func(a, b Gap) int { return cmp.Compare(a.From, b.From) })
	}
}

// scars are what earlier repairs could not bring back.
type scars struct {
	kept    ranges // damaged events that are kept beside the log
	missing ranges // numbers that no backup had
	all     ranges
	count   int
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func scarsIn(ctx context.Context, db querier) (scars, error) {
	known := scars{kept: ranges{}, missing: ranges{}, all: ranges{}}
	rows, err := db.QueryContext(ctx, `SELECT device, seq, seq, 1 FROM damaged UNION ALL SELECT device, first, last, 0 FROM missing`)
	if err != nil {
		return known, err
	}
	defer rows.Close()
	for rows.Next() {
		var device string
		var from, to int64
		var kept bool
		if err := rows.Scan(&device, &from, &to, &kept); err != nil {
			return known, err
		}
		g := Gap{Device: workflow.DeviceID(device), From: uint64(from), To: uint64(to)}
		if known.all.add(g); kept {
			known.kept.add(g)
		} else {
			known.missing.add(g)
		}
		known.count++
	}
	known.kept.sort()
	known.missing.sort()
	known.all.sort()
	return known, rows.Err()
}

// keptDamage lists the damaged events that stand beside the log: of one
// incident, or with an empty one all of them.
func keptDamage(ctx context.Context, db querier, incident workflow.IncidentID, after uint64) ([]Damage, error) {
	rows, err := db.QueryContext(ctx, `SELECT n, id, device, seq, incident, payload, says FROM damaged
		WHERE (?1='' OR incident=?1) AND n>?2 ORDER BY n`, string(incident), int64(after))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Damage
	for rows.Next() {
		var d Damage
		var n, seq int64
		var id, device, of string
		var payload []byte
		if err := rows.Scan(&n, &id, &device, &seq, &of, &payload, &d.Says); err != nil {
			return nil, err
		}
		d.Position, d.ID, d.Seq = uint64(n), workflow.EventID(id), uint64(seq)
		d.Incident, d.Device, d.Payload, d.Kept = workflow.IncidentID(of), workflow.DeviceID(device), string(payload), true
		out = append(out, d)
	}
	return out, rows.Err()
}
