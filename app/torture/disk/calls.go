package disk

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// CallsTraced are the calls to the system that change files. Calls takes what
// strace -f -y -xx prints of them.
const CallsTraced = "openat,open,creat,write,pwrite64,writev,pwritev,pwritev2,lseek,ftruncate,truncate,fallocate,fsync,fdatasync," +
	"sync_file_range,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,symlinkat,copy_file_range,sendfile,splice"

// Calls reads a record from what strace has seen of a program: everything that
// it did below root, whatever it did it with. The file called marks there is no
// file of the record: each number that is written into it is a Mark.
func Calls(trace io.Reader, root, marks string) ([]Op, error) {
	c := &calls{root: root, marks: marks, halves: map[string]string{}, files: map[string]bool{}, sizes: map[string]int64{}, at: map[string]int64{}}
	lines := bufio.NewReader(trace)
	for {
		line, err := lines.ReadString('\n')
		if line = strings.TrimSuffix(line, "\n"); line != "" {
			if err := c.line(line); err != nil {
				return nil, err
			}
		}
		if errors.Is(err, io.EOF) {
			return c.record, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// calls is what has been read so far.
type calls struct {
	root, marks string
	halves      map[string]string // calls that were interrupted by another thread's line, by thread
	files       map[string]bool   // names that are files
	sizes       map[string]int64
	at          map[string]int64 // where the next plain write goes, by descriptor
	record      []Op
}

var (
	whole   = regexp.MustCompile(`^(\d+) +(\w+)\((.*)\) += (-?\d+)(?:<([^>]*)>(?:\(deleted\))?)?(?: .*)?$`)
	half    = regexp.MustCompile(`^(\d+) +(\w+\(.*?),? <unfinished \.\.\.>$`)
	resumed = regexp.MustCompile(`^(\d+) +<\.\.\. \w+ resumed>(.*)$`)
	handle  = regexp.MustCompile(`^(-?\w+)(?:<([^>]*)>(?:\(deleted\))?)?$`)
)

func (c *calls) line(line string) error {
	if found := half.FindStringSubmatch(line); found != nil {
		c.halves[found[1]] = found[1] + " " + found[2]
		return nil
	}
	if found := resumed.FindStringSubmatch(line); found != nil {
		begun, rest := c.halves[found[1]], found[2]
		if !strings.HasSuffix(begun, "(") && !strings.HasPrefix(rest, ")") && !strings.HasPrefix(rest, ",") {
			rest = ", " + strings.TrimPrefix(rest, " ")
		}
		delete(c.halves, found[1])
		line = begun + rest
	}
	found := whole.FindStringSubmatch(line)
	if found == nil || strings.HasPrefix(found[4], "-") {
		return nil // a signal, an exit, or a call that failed
	}
	result, err := strconv.ParseInt(found[4], 10, 64)
	if err != nil {
		return err
	}
	if err := c.call(found[2], strings.Split(found[3], ", "), result, plain(found[5])); err != nil {
		return fmt.Errorf("strace printed %.200q: %w", line, err)
	}
	return nil
}

func (c *calls) call(name string, args []string, result int64, opened string) error {
	switch name {
	case "open", "openat", "creat":
		return c.open(strings.Join(args, " "), strconv.FormatInt(result, 10), opened)
	case "write", "pwrite64":
		return c.write(args, result)
	case "lseek":
		descriptor, _ := split(args[0])
		c.at[descriptor] = result
	case "ftruncate":
		_, file := split(args[0])
		return c.resize(file, args[1])
	case "truncate":
		return c.resize(plain(args[0]), args[1])
	case "fsync", "fdatasync":
		_, file := split(args[0])
		if at, below := below(c.root, file); below && c.files[at] {
			c.note(Op{Kind: Sync, File: at})
		} else if below || file == c.root {
			c.note(Op{Kind: SyncFolder, File: folderName(at, below)})
		}
	case "rename":
		c.rename(plain(args[0]), plain(args[1]))
	case "renameat", "renameat2":
		c.rename(joined(args[0], args[1]), joined(args[2], args[3]))
	case "unlink", "rmdir":
		c.remove(plain(args[0]))
	case "unlinkat":
		c.remove(joined(args[0], args[1]))
	case "mkdir":
		c.makeFolder(plain(args[0]))
	case "mkdirat":
		c.makeFolder(joined(args[0], args[1]))
	default:
		if strings.Contains(plain(strings.Join(args, " ")), c.root) {
			return fmt.Errorf("%s is not understood here yet", name)
		}
	}
	return nil
}

func folderName(at string, below bool) string {
	if !below {
		return "."
	}
	return at
}

func (c *calls) open(flags, descriptor, full string) error {
	at, below := below(c.root, full)
	if !below || at == c.marks || c.ours(at) {
		return nil
	}
	c.at[descriptor] = 0
	switch {
	case strings.Contains(flags, "O_TMPFILE"):
		return errors.New("a file without a name is not understood here yet")
	case strings.Contains(flags, "O_CREAT") && !c.files[at]:
		c.files[at], c.sizes[at] = true, 0
		c.note(Op{Kind: Create, File: at})
	case strings.Contains(flags, "O_TRUNC") && c.sizes[at] > 0:
		c.sizes[at] = 0
		c.note(Op{Kind: Truncate, File: at})
	}
	if strings.Contains(flags, "O_APPEND") {
		c.at[descriptor] = c.sizes[at]
	}
	return nil
}

func (c *calls) write(args []string, count int64) error {
	descriptor, full := split(args[0])
	at, below := below(c.root, full)
	if !below || c.ours(at) {
		return nil
	}
	text := plain(args[1])
	if at == c.marks {
		mark, err := strconv.Atoi(strings.TrimSpace(text))
		c.note(Op{Kind: Mark, At: int64(mark)})
		return err
	}
	if int64(len(text)) < count || strings.HasSuffix(args[1], "...") {
		return fmt.Errorf("%d bytes were written and strace kept %d", count, len(text))
	}
	from := c.at[descriptor]
	if len(args) > 3 {
		var err error
		if from, err = strconv.ParseInt(args[3], 10, 64); err != nil {
			return err
		}
	} else {
		c.at[descriptor] += count
	}
	c.sizes[at] = max(c.sizes[at], from+count)
	c.note(Op{Kind: Write, File: at, At: from, Bytes: []byte(text[:count])})
	return nil
}

func (c *calls) resize(full, size string) error {
	at, below := below(c.root, full)
	if !below || c.ours(at) {
		return nil
	}
	bytes, err := strconv.ParseInt(size, 10, 64)
	c.sizes[at] = bytes
	c.note(Op{Kind: Truncate, File: at, At: bytes})
	return err
}

func (c *calls) rename(from, to string) {
	old, wasBelow := below(c.root, from)
	fresh, isBelow := below(c.root, to)
	if !wasBelow || !isBelow || c.ours(old) {
		return
	}
	c.files[fresh], c.sizes[fresh] = c.files[old], c.sizes[old]
	delete(c.files, old)
	c.note(Op{Kind: Rename, File: old, To: fresh})
}

func (c *calls) remove(full string) {
	if at, below := below(c.root, full); below && !c.ours(at) {
		delete(c.files, at)
		c.note(Op{Kind: Delete, File: at})
	}
}

func (c *calls) makeFolder(full string) {
	if at, below := below(c.root, full); below && !c.ours(at) {
		c.note(Op{Kind: MakeFolder, File: at})
	}
}

func (c *calls) note(op Op) { c.record = append(c.record, op) }

// ours says which files mean nothing after a power cut: locks, shared memory,
// and what git keeps for itself.
func (c *calls) ours(at string) bool {
	return strings.HasSuffix(at, "-shm") || strings.HasSuffix(at, ".lock") || strings.Contains("/"+at+"/", "/.git/")
}

// split takes a descriptor with its path apart: 5</a/b>.
func split(arg string) (descriptor, file string) {
	if found := handle.FindStringSubmatch(arg); found != nil {
		return found[1], plain(found[2])
	}
	return arg, ""
}

func joined(folder, name string) string {
	if name = plain(name); path.IsAbs(name) {
		return path.Clean(name)
	}
	_, above := split(folder)
	return path.Join(above, name)
}

// plain reads what strace prints of a string: each byte as two digits.
func plain(text string) string {
	text = strings.Trim(text, `"`)
	var out strings.Builder
	for i := 0; i < len(text); {
		if i+4 <= len(text) && text[i] == '\\' && text[i+1] == 'x' {
			if value, err := strconv.ParseUint(text[i+2:i+4], 16, 8); err == nil {
				out.WriteByte(byte(value))
				i += 4
				continue
			}
		}
		out.WriteByte(text[i])
		i++
	}
	return out.String()
}
