package outside

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http/httptest"
	"time"
)

// DialWith lets a test be the network.
func DialWith(p *Prober, dial func(context.Context, string, string) (net.Conn, error)) {
	p.http.transport.DialContext = dial
}

// TrustOf trusts a test's server, under another name than its own.
func TrustOf(p *Prober, server *httptest.Server, name string) {
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	p.http.transport.TLSClientConfig = &tls.Config{RootCAs: pool, ServerName: name}
}

// TrustAt trusts a test's server, at another time.
func TrustAt(p *Prober, server *httptest.Server, now time.Time) {
	TrustOf(p, server, "example.com")
	p.http.transport.TLSClientConfig.Time = func() time.Time { return now }
	p.http.transport.CloseIdleConnections()
}
