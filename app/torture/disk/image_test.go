package disk

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

func filled(with byte, size int) []byte { return bytes.Repeat([]byte{with}, size) }

// every draws many images of a whole record, and answers what one file was in
// them: how often each content occurred, and how often it was not there.
func every(record []Op, luck Luck, name string) (contents map[string]int, missing int) {
	dice, contents := rand.New(rand.NewPCG(7, 7)), map[string]int{}
	for range 300 {
		image := Image(record, len(record), luck, dice)
		if content, there := image[name]; there {
			contents[string(content)]++
		} else {
			missing++
		}
	}
	return contents, missing
}

func TestOnlyWhatWasSyncedIsSureToBeThere(t *testing.T) {
	record := []Op{
		{Kind: Found, File: "a"},
		{Kind: Write, File: "a", Bytes: filled('1', 2*sector)},
		{Kind: Sync, File: "a"},
		{Kind: Write, File: "a", At: sector, Bytes: filled('2', 2*sector)},
	}
	contents, missing := every(record, Luck{Keep: 0.5}, "a")
	assert.Zero(t, missing)
	one, two := string(filled('1', sector)), string(filled('2', sector))
	assert.Len(t, contents, 4, "each of two sectors is there or not")
	for _, want := range []string{one + one, one + two, one + one + two, one + two + two} {
		assert.Positive(t, contents[want])
	}
}

func TestASyncThatFailedMakesNothingDurableNotEvenLater(t *testing.T) {
	record := []Op{
		{Kind: Found, File: "a"},
		{Kind: Write, File: "a", Bytes: filled('1', sector)},
		{Kind: Sync, File: "a", Failed: true},
		{Kind: Sync, File: "a"},
	}
	contents, _ := every(record, Luck{Keep: 0.5}, "a")
	assert.Len(t, contents, 2)
	assert.Positive(t, contents[""])
}

func TestALostSectorAtTheEndMayHoldForeignBytesAndNeverAnOverwrittenOne(t *testing.T) {
	record := []Op{
		{Kind: Found, File: "a", Bytes: filled('1', sector)},
		{Kind: Write, File: "a", Bytes: filled('2', 2*sector)},
	}
	contents, _ := every(record, Luck{Garble: 1}, "a")
	assert.Greater(t, len(contents), 50)
	for content := range contents {
		assert.Equal(t, string(filled('1', sector)), content[:sector])
		assert.Len(t, content, 2*sector)
	}
}

func TestANameIsSureOnlyWhenItsFolderWasSynced(t *testing.T) {
	record := []Op{
		{Kind: Found, File: "b", Bytes: []byte("old")},
		{Kind: Create, File: "a"},
		{Kind: Write, File: "a", Bytes: []byte("new")},
		{Kind: Sync, File: "a"},
		{Kind: Rename, File: "a", To: "b"},
	}
	contents, missing := every(record, Luck{Names: 0.5}, "b")
	assert.Zero(t, missing)
	assert.Len(t, contents, 2, "the old one or the new one, whole")

	contents, _ = every(append(record, Op{Kind: SyncFolder, File: "."}), Luck{}, "b")
	assert.Equal(t, map[string]int{"new": 300}, contents)

	record = append(record, Op{Kind: SyncFolder, File: "."}, Op{Kind: Delete, File: "b"})
	_, missing = every(record, Luck{Names: 0.5}, "b")
	assert.Positive(t, missing)
	assert.Less(t, missing, 300)
}

func TestAFolderThatIsLostTakesItsFilesWithIt(t *testing.T) {
	record := []Op{
		{Kind: MakeFolder, File: "f"},
		{Kind: Create, File: "f/a"},
		{Kind: Write, File: "f/a", Bytes: []byte("new")},
		{Kind: Sync, File: "f/a"},
		{Kind: SyncFolder, File: "f"},
	}
	_, missing := every(record, Luck{Keep: 1}, "f/a")
	assert.Equal(t, 300, missing, "nobody synced the folder above")
	contents, _ := every(append(record, Op{Kind: SyncFolder, File: "."}), Luck{}, "f/a")
	assert.Equal(t, map[string]int{"new": 300}, contents)

	record = []Op{
		{Kind: MakeFolder, File: "e"},
		{Kind: SyncFolder, File: "."},
		{Kind: Rename, File: "e", To: "f"},
		{Kind: Create, File: "f/a"},
		{Kind: SyncFolder, File: "f"},
	}
	_, missing = every(record, Luck{Keep: 1}, "f/a")
	assert.Equal(t, 300, missing, "the folder may still have its old name")
}

func TestAFileThatIsNeverSyncedMayBeAnyOfItsContents(t *testing.T) {
	record := []Op{{Kind: Put, File: "w", Bytes: []byte("one")}, {Kind: Put, File: "w", Bytes: []byte("two")}}
	contents, missing := every(record, Luck{}, "w")
	assert.Positive(t, missing)
	for _, want := range []string{"one", "two", "tw", "\x00\x00\x00"} {
		assert.Positive(t, contents[want], "%q", want)
	}
}

func TestACarelessRecordKeepsTheSyncsOfACheckpoint(t *testing.T) {
	record := []Op{
		{Kind: Create, File: "a.db-wal"},
		{Kind: Write, File: "a.db-wal", Bytes: filled(0, headerSize)},
		{Kind: Sync, File: "a.db-wal"}, // 2: the header
		{Kind: SyncFolder, File: "."},
		{Kind: Write, File: "a.db-wal", At: headerSize, Bytes: filled(1, 100)},
		{Kind: Sync, File: "a.db-wal"}, // 5: the commit
		{Kind: Mark, At: 1},
		{Kind: Sync, File: "a.db-wal"}, // 7: the checkpoint
		{Kind: Write, File: "a.db", Bytes: filled(1, 100)},
		{Kind: Sync, File: "a.db"},
	}
	want := append(append([]Op(nil), record[:5]...), record[6:]...)
	assert.Equal(t, want, CommitsUnsynced(record))
	assert.Len(t, Unsynced(record), 5)
}
