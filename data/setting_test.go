package data

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type windowSize struct{ Width, Height int }

func TestASettingIsKept(t *testing.T) {
	s := openNew(t)
	theme := "light"
	found, err := s.Setting(t.Context(), "theme", &theme)
	require.NoError(t, err)
	assert.False(t, found)
	assert.Equal(t, "light", theme, "the default stays")

	require.NoError(t, s.SetSetting(t.Context(), "theme", "dark"))
	require.NoError(t, s.SetSetting(t.Context(), "theme", "contrast"))

	found, err = s.Setting(t.Context(), "theme", &theme)
	require.NoError(t, err)
	assert.True(t, found)
	assert.Equal(t, "contrast", theme)
}

func TestASettingOfAnotherTypeIsAnErrorThatNamesIt(t *testing.T) {
	s := openNew(t)
	require.NoError(t, s.SetSetting(t.Context(), "theme", "dark"))
	var number int
	_, err := s.Setting(t.Context(), "theme", &number)
	require.ErrorContains(t, err, "theme")
	require.ErrorContains(t, s.SetSetting(t.Context(), "theme", func() {}), "theme")
}

func TestTheWindowStateIsKept(t *testing.T) {
	s := openNew(t)
	require.NoError(t, s.SetWindowState(t.Context(), windowSize{1280, 800}))
	var size windowSize
	found, err := s.WindowState(t.Context(), &size)
	require.NoError(t, err)
	assert.True(t, found)
	assert.Equal(t, windowSize{1280, 800}, size)
}

func TestTheLedgerKnowsWhatWasExportedLast(t *testing.T) {
	s := openNew(t)
	_, ok, err := s.Exported(t.Context(), "/repo", "docs/a.md")
	require.NoError(t, err)
	assert.False(t, ok)

	require.NoError(t, s.RecordExported(t.Context(), "/repo", "docs/a.md", "one"))
	require.NoError(t, s.RecordExported(t.Context(), "/repo", "docs/a.md", "two"))
	require.NoError(t, s.RecordExported(t.Context(), "/other", "docs/a.md", "three"))

	sha, ok, err := s.Exported(t.Context(), "/repo", "docs/a.md")
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, "two", sha)
}
