package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// windowSetting is the name under which the window keeps its state.
const windowSetting = "window"

// Setting reads a setting into value, which is a pointer. found is false, and
// value untouched, when nobody has set it.
func (s *Store) Setting(ctx context.Context, name string, value any) (found bool, err error) {
	var text string
	err = s.read.QueryRowContext(ctx, "SELECT value FROM setting WHERE name=?", name).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, explain(reading, s.path, err)
	}
	if err := json.Unmarshal([]byte(text), value); err != nil {
		return false, fmt.Errorf("the setting %q cannot be read: %w", name, err)
	}
	return true, nil
}

// SetSetting keeps a value as JSON under a name.
func (s *Store) SetSetting(ctx context.Context, name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("the setting %q cannot be kept: %w", name, err)
	}
	defer s.followLog(ctx)
	err = s.lasting(func() error {
		_, err := s.write.ExecContext(ctx,
			"INSERT INTO setting(name, value) VALUES(?,?) ON CONFLICT DO UPDATE SET value=excluded.value", name, string(text))
		return err
	})
	return explain(saving, s.path, err)
}

// WindowState reads what the window looked like when it was closed last.
func (s *Store) WindowState(ctx context.Context, state any) (found bool, err error) {
	return s.Setting(ctx, windowSetting, state)
}

// SetWindowState keeps what the window looks like.
func (s *Store) SetWindowState(ctx context.Context, state any) error {
	return s.SetSetting(ctx, windowSetting, state)
}
