package data

import (
	"context"
	"database/sql"
)

// prepared holds the statements that run with every change or many times a
// second; the others are compiled when they are needed.
type prepared struct {
	newer, last, newDevice, addEvent *sql.Stmt
	freshenSummary, putSummary       *sql.Stmt
	putDraft, dropDraft              *sql.Stmt
	events, version                  *sql.Stmt
}

func (p *prepared) prepare(ctx context.Context, write, read, poll *sql.DB) error {
	for _, s := range []struct {
		to  **sql.Stmt
		on  *sql.DB
		sql string
	}{
		{&p.newer, write, `SELECT EXISTS(SELECT 1 FROM event WHERE incident=? AND n>?)`},
		{&p.last, write, `SELECT d.n, e.seq, e.sum FROM device d LEFT JOIN event e ON e.device=d.n
			WHERE d.uid=? ORDER BY e.seq DESC LIMIT 1`},
		{&p.newDevice, write, `INSERT INTO device(uid) VALUES(?)`},
		{&p.addEvent, write, `INSERT INTO event(id, device, seq, incident, kind, payload, salt, prev, sum)
			VALUES(?,?,?,?,?,?,?,?,?)`},
		{&p.freshenSummary, write, `UPDATE summary SET body=? WHERE incident=? AND started=? AND open=?`},
		{&p.putSummary, write, `INSERT INTO summary(incident, started, open, body) VALUES(?,?,?,?)
			ON CONFLICT DO UPDATE SET started=excluded.started, open=excluded.open, body=excluded.body`},
		{&p.putDraft, write, `INSERT INTO draft(incident, field, text, started, base) VALUES(?,?,?,?,?)
			ON CONFLICT DO UPDATE SET text=excluded.text, started=excluded.started, base=excluded.base`},
		{&p.dropDraft, write, `DELETE FROM draft WHERE incident=? AND field=?`},
		{&p.events, read, `SELECT n, id, seq, kind, payload, salt, prev, sum FROM event WHERE incident=? AND n>? ORDER BY n`},
		{&p.version, poll, `PRAGMA data_version`},
	} {
		var err error
		if *s.to, err = s.on.PrepareContext(ctx, s.sql); err != nil {
			return err
		}
	}
	return nil
}
