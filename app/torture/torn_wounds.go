package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// wound is one way to damage a store in a folder.
type wound struct {
	says string
	do   func(folder string) error
}

const (
	database = "firebreak.db"
	walFile  = "firebreak.db-wal"
	pageSize = 4096
	sector   = 512
)

// wounds are all of them, denser in the long form.
func (t *tearing) wounds() ([]wound, error) {
	sizes := map[string]int64{}
	for _, name := range storeFiles {
		info, err := os.Stat(filepath.Join(t.lived, name))
		if err != nil {
			return nil, fmt.Errorf("the store that died left no %s: %w", name, err)
		}
		sizes[name] = info.Size()
	}
	all := t.exchanged()
	all = append(all, t.cuts(walFile, sizes[walFile], sector, t.scale.rounds(14, 1<<30))...)
	all = append(all, t.cuts(database, sizes[database], pageSize, t.scale.rounds(6, 200))...)
	all = append(all, t.flips(walFile, sizes[walFile], t.scale.rounds(14, 500))...)
	all = append(all, t.flips(database, sizes[database], t.scale.rounds(30, 2500))...)
	all = append(all, t.pages(sizes[database], t.scale.rounds(6, 60))...)
	return all, nil
}

// spread are positions all over a file, at most so many, on a grid.
func (t *tearing) spread(size, grid int64, most int) []int64 {
	stride := max(grid, (size/int64(most)+grid-1)/grid*grid)
	var at []int64
	for from := int64(0); from < size; from += stride {
		at = append(at, min(from+t.dice.Int64N(stride)/grid*grid, size-1))
	}
	return at
}

func (t *tearing) cuts(name string, size, grid int64, most int) (all []wound) {
	for _, at := range t.spread(size, grid, most) {
		all = append(all, wound{fmt.Sprintf("%s cut at %d of %d", name, at, size), func(folder string) error {
			return os.Truncate(filepath.Join(folder, name), at)
		}})
	}
	return all
}

func (t *tearing) flips(name string, size int64, most int) (all []wound) {
	for _, at := range t.spread(size, 1, most) {
		bit := t.dice.IntN(8)
		all = append(all, wound{fmt.Sprintf("bit %d of byte %d of %s flipped", bit, at, name), func(folder string) error {
			return rewrite(filepath.Join(folder, name), at, 1, func(was []byte) { was[0] ^= 1 << bit })
		}})
	}
	return all
}

// pages are whole pages that are gone or garbage, and sectors of them.
func (t *tearing) pages(size int64, most int) (all []wound) {
	for _, at := range t.spread(size, pageSize, most) {
		seed, sectors := t.dice.Uint64(), 1+t.dice.IntN(pageSize/sector)
		for _, how := range []struct {
			says string
			fill func([]byte)
		}{
			{"zeroed", func(page []byte) { clear(page) }},
			{"garbled", func(page []byte) { noise(page, seed) }},
			{"half written", func(page []byte) { noise(page[:sectors*sector], seed) }},
		} {
			all = append(all, wound{fmt.Sprintf("page %d of %s %s", at/pageSize, database, how.says), func(folder string) error {
				return rewrite(filepath.Join(folder, database), at, pageSize, how.fill)
			}})
		}
	}
	return all
}

func noise(into []byte, seed uint64) {
	dice := rand.New(rand.NewPCG(seed, 0))
	for i := range into {
		into[i] = byte(dice.Uint32())
	}
}

// exchanged are files that are removed, empty, or something else.
func (t *tearing) exchanged() []wound {
	remove := func(names ...string) func(string) error {
		return func(folder string) error {
			for _, name := range names {
				if err := os.Remove(filepath.Join(folder, name)); err != nil {
					return err
				}
			}
			return nil
		}
	}
	write := func(name, text string) func(string) error {
		return func(folder string) error { return os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600) }
	}
	foreign := func(name string) func(string) error {
		return func(folder string) error {
			content, err := os.ReadFile(filepath.Join(t.other, name))
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(folder, name), content, 0o600)
		}
	}
	both := func(one, two func(string) error) func(string) error {
		return func(folder string) error {
			if err := one(folder); err != nil {
				return err
			}
			return two(folder)
		}
	}
	text := strings.Repeat("This is no database. ", 500)
	return []wound{
		{"nothing", func(string) error { return nil }},
		{"the write-ahead log removed", remove(walFile)},
		{"the write-ahead log empty", write(walFile, "")},
		{"the write-ahead log replaced by text", write(walFile, text)},
		{"the write-ahead log of another database", foreign(walFile)},
		{"the database removed", remove(database)},
		{"the database and its write-ahead log removed", remove(database, walFile)},
		{"the database empty", write(database, "")},
		{"the database and its write-ahead log empty", both(write(database, ""), write(walFile, ""))},
		{"the database replaced by text", write(database, text)},
		{"the database replaced by text, the write-ahead log removed", both(write(database, text), remove(walFile))},
		{"another database", foreign(database)},
		{"another database with its write-ahead log", both(foreign(database), foreign(walFile))},
		{"the database cut in half, the write-ahead log removed", both(remove(walFile), t.cutInHalf)},
		{"the witness removed", remove(storeFiles[2])},
		{"the witness torn", write(storeFiles[2], `{"n":`)},
		{"the witness empty", write(storeFiles[2], "")},
	}
}

func (t *tearing) cutInHalf(folder string) error {
	path := filepath.Join(folder, database)
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return os.Truncate(path, info.Size()/2/pageSize*pageSize)
}

// rewrite changes a part of a file.
func rewrite(path string, at int64, most int, how func([]byte)) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	was := make([]byte, most)
	n, err := f.ReadAt(was, at)
	if n == 0 {
		return err
	}
	how(was)
	_, err = f.WriteAt(was[:n], at)
	return err
}
