package outside

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"firebreak/workflow"
)

// callFault says what a call that did not end well means. Whatever the host
// itself did, or did not do in time, is failed; where nothing reached it, nobody
// can tell. The address is never named here: it may hold a secret.
func callFault(err error, reached bool, limit time.Duration) workflow.Sample {
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	if s, is := redirectFault(err); is {
		return s
	}
	if s, is := tlsFault(err); is {
		return s
	}
	if s, is := networkFault(err); is {
		return s
	}
	switch {
	case errors.Is(err, context.Canceled):
		return unknown("The look was given up.")
	case isTimeout(err) && reached:
		return failed("no answer", fmt.Sprintf("It did not answer within %s.", limit))
	case isTimeout(err):
		return unknown(fmt.Sprintf("No connection within %s: the network may be down, or the host.", limit))
	case reached && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || isReset(err)):
		return failed("cut off", "It closed the connection before its answer was complete.")
	case reached:
		return failed("no answer", "What it answers is not HTTP that can be read.")
	default:
		return unknown("It could not be called from here.")
	}
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

func redirectFault(err error) (workflow.Sample, bool) {
	var elsewhere errElsewhere
	switch {
	case errors.As(err, &elsewhere):
		return failed("redirect", "It redirects to "+elsewhere.host+", which this probe does not name. Nothing was sent there. Write that address if it is the right one."), true
	case errors.Is(err, errCircle):
		return failed("redirects", fmt.Sprintf("It redirects more than %d times.", redirects)), true
	}
	return workflow.Sample{}, false
}

// tlsFault says what is wrong with a certificate.
func tlsFault(err error) (workflow.Sample, bool) {
	var (
		name    x509.HostnameError
		unknown x509.UnknownAuthorityError
		invalid x509.CertificateInvalidError
		record  tls.RecordHeaderError
		alert   tls.AlertError
		verify  *tls.CertificateVerificationError
	)
	says := ""
	switch {
	case errors.As(err, &name):
		says = "The certificate is made out for another name than this host's."
	case errors.As(err, &unknown):
		says = "The certificate was signed by an authority that this machine does not know."
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		says = "The certificate has expired, or is not valid yet by this machine's clock."
	case errors.As(err, &invalid), errors.As(err, &verify):
		says = "The certificate is not valid."
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		says = "It does not speak HTTPS at this address."
	case errors.As(err, &alert):
		says = "It refused the encrypted connection."
	default:
		return workflow.Sample{}, false
	}
	return failed("certificate", says), true
}

// networkFault tells a network that is down from a host that refuses.
func networkFault(err error) (workflow.Sample, bool) {
	var dns *net.DNSError
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "proxyconnect" {
		return unknown("The proxy of this machine's environment cannot be reached."), true
	}
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return unknown("No such host is known here: its name is wrong, or the network is down."), true
	case errors.As(err, &dns):
		return unknown("The name of the host could not be looked up: the network may be down."), true
	case isErrno(err, syscall.ENETUNREACH, 10051), isErrno(err, syscall.EHOSTUNREACH, 10065), isErrno(err, syscall.ENETDOWN, 10050),
		isErrno(err, syscall.EADDRNOTAVAIL, 10049), isErrno(err, syscall.EHOSTDOWN, 10064):
		return unknown("The network does not reach that host from here."), true
	case isErrno(err, syscall.ECONNREFUSED, 10061):
		return failed("refused", "The host refuses the connection: nothing listens there."), true
	}
	return workflow.Sample{}, false
}

// isErrno knows an error of the system, also by the number that Windows gives
// it.
func isErrno(err error, posix syscall.Errno, windows uintptr) bool {
	var errno syscall.Errno
	return errors.As(err, &errno) && (errno == posix || uintptr(errno) == windows)
}

func isReset(err error) bool {
	return isErrno(err, syscall.ECONNRESET, 10054) || isErrno(err, syscall.EPIPE, 10053) || strings.Contains(err.Error(), "connection reset")
}
