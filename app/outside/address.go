package outside

import (
	"errors"
	"net/url"
	"strings"
)

// WebAddress reads an address that may be given to the system to be shown in
// another program: of the web, or of mail. Files, scripts and the schemes of
// other programs are refused: the address can come out of a text from elsewhere.
func WebAddress(address string) (*url.URL, error) {
	to, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("this is no address: nothing was opened")
	}
	switch strings.ToLower(to.Scheme) {
	case "http", "https":
		if to.Host != "" {
			return to, nil
		}
	case "mailto":
		if to.Opaque != "" {
			return to, nil
		}
	}
	return nil, errors.New("only web and mail addresses are opened")
}
