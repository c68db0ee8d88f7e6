package journal

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
)

// deepest bounds how far an error is unpacked.
const deepest = 8

// Kind tells one sort of error from another by its types and numbers, without
// a word of its text: "*data.Trouble > *sqlite.Error 13".
func Kind(err error) string {
	var kinds []string
	for range deepest {
		if err == nil {
			break
		}
		kinds = append(kinds, kindOf(err))
		err = under(err)
	}
	if len(kinds) == 0 {
		return "none"
	}
	return strings.Join(kinds, " > ")
}

func kindOf(err error) string {
	switch one := err.(type) { // this error alone: what it wraps has its turn
	case syscall.Errno:
		return fmt.Sprintf("errno %d", int(one))
	case interface{ Code() int }:
		return fmt.Sprintf("%T %d", err, one.Code())
	}
	switch err {
	case context.Canceled:
		return "cancelled"
	case context.DeadlineExceeded:
		return "too late"
	}
	return fmt.Sprintf("%T", err)
}

// under is what an error wraps; of several the first.
func under(err error) error {
	if many, is := err.(interface{ Unwrap() []error }); is {
		for _, one := range many.Unwrap() {
			if one != nil {
				return one
			}
		}
		return nil
	}
	return errors.Unwrap(err)
}
