package outside

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"

	"firebreak/workflow"
)

// Refusals of a line that is no call which a probe could make.
const (
	errNoCurl    = refusal(`This is no curl line. Paste one that begins with curl, such as: curl -X POST https://api.example.com/login -d '{"a":1}'.`)
	errNoAddress = refusal("The curl line names no address to call.")
)

// curlSize bounds a line that is pasted.
const curlSize = 256 << 10

// ParseCurl reads a person's curl line, or what a browser copies as cURL, for
// bash or for Windows' command line. What a probe cannot do is named in
// sentences; nothing is dropped without a word. The probe may hold secrets:
// WithoutSecrets takes them out.
func ParseCurl(line string) (p workflow.Probe, leftOut []string, err error) {
	if len(line) > curlSize {
		return p, nil, refusal("This line is longer than 256 KB. Nothing was taken over.")
	}
	words, err := curlWords(line)
	if err != nil {
		return p, nil, err
	}
	for len(words) > 0 && (words[0] == "$" || words[0] == "%" || words[0] == "sudo") {
		words = words[1:] // copied together with the prompt
	}
	if len(words) == 0 || !isCurl(words[0]) {
		return p, nil, errNoCurl
	}
	c := curl{probe: workflow.Probe{Kind: workflow.HTTPProbe}}
	if err := c.read(words[1:]); err != nil {
		return p, nil, err
	}
	if err := c.finish(); err != nil {
		return p, nil, err
	}
	return c.probe, c.leftOut, nil
}

// ReadCurl is ParseCurl for the desk.
func (*Prober) ReadCurl(line string) (workflow.Probe, []string, error) { return ParseCurl(line) }

func isCurl(word string) bool {
	word = strings.ToLower(word)
	word = word[strings.LastIndexAny(word, `/\`)+1:]
	return word == "curl" || word == "curl.exe"
}

// curl is a line that is read.
type curl struct {
	probe   workflow.Probe
	data    []string
	asQuery bool // -G: the data belongs into the address
	head    bool // -I
	user    string
	leftOut []string
}

// curlFlags are options without a value that change nothing for a probe, and
// say why. Empty: there is nothing to say.
var curlFlags = map[string]string{
	"-s": "", "--silent": "", "-S": "", "--show-error": "", "-i": "", "--include": "", "-v": "", "--verbose": "", "-#": "", "--progress-bar": "",
	"--compressed": "", "-f": "", "--fail": "", "--fail-with-body": "", "-N": "", "--no-buffer": "", "--http1.1": "", "--http2": "", "-g": "", "--globoff": "",
	"--no-progress-meter": "", "-q": "", "--disable": "", "--tcp-nodelay": "", "-L": "", "--location": "", "--path-as-is": "", "-0": "", "--http1.0": "",
	"-k":                 "-k: certificates are always checked, so a wrong one counts as failed",
	"--insecure":         "--insecure: certificates are always checked, so a wrong one counts as failed",
	"-O":                 "-O: the answer is not kept",
	"--remote-name":      "--remote-name: the answer is not kept",
	"-4":                 "-4: the address family is the system's choice",
	"-6":                 "-6: the address family is the system's choice",
	"--location-trusted": "--location-trusted: a redirect to another host is never followed",
	"-n":                 "-n: the file .netrc is not read",
	"--netrc":            "--netrc: the file .netrc is not read",
}

// curlValues are options with a value that a probe has no use for.
var curlValues = map[string]string{
	"-w": "", "--write-out": "", "-o": "", "--output": "", "--stderr": "", "--connect-timeout": "",
	"--retry": "--retry: a probe looks again by itself", "--retry-delay": "", "--retry-max-time": "",
	"-x": "-x: the proxy is the one of the environment", "--proxy": "--proxy: the proxy is the one of the environment",
	"-E": "-E: a client certificate is not sent", "--cert": "--cert: a client certificate is not sent", "--key": "--key: a client certificate is not sent",
	"--cacert": "--cacert: certificates are checked by what this machine knows", "--capath": "--capath: certificates are checked by what this machine knows",
	"-F": "-F: a form with files is not sent", "--form": "--form: a form with files is not sent", "-T": "-T: no file is uploaded", "--upload-file": "--upload-file: no file is uploaded",
	"--resolve": "--resolve: the name is looked up as usual", "--connect-to": "--connect-to: the name is looked up as usual", "--interface": "--interface: the way out is the system's choice",
	"-c": "-c: cookies are not kept", "--cookie-jar": "--cookie-jar: cookies are not kept", "-K": "-K: no other file is read", "--config": "--config: no other file is read",
	"--max-redirs": "", "-r": "-r: the whole answer is asked for", "--range": "--range: the whole answer is asked for", "--tls-max": "", "--ciphers": "", "--limit-rate": "",
	"--oauth2-bearer": "", "--unix-socket": "--unix-socket: only the network is called", "--aws-sigv4": "--aws-sigv4: requests are not signed",
}

func (c *curl) read(words []string) error {
	for i := 0; i < len(words); i++ {
		word := words[i]
		if word == "--" {
			continue
		}
		if !strings.HasPrefix(word, "-") || word == "-" {
			c.address(word)
			continue
		}
		name, value, inside := c.option(word)
		if says, is := curlFlags[name]; is {
			c.say(says)
			if inside && !strings.HasPrefix(name, "--") { // -sS: letters stand together
				words[i] = "-" + value
				i--
			}
			continue
		}
		if c.flag(name) {
			if inside && !strings.HasPrefix(name, "--") {
				words[i] = "-" + value
				i--
			}
			continue
		}
		if _, known := curlValues[name]; !known && !takesValue[name] {
			c.say(name + ": this version does not know it")
			continue
		}
		if !inside {
			if i++; i >= len(words) {
				return refusal("The curl line ends after " + name + ", which needs a value. Copy all of it.")
			}
			value = words[i]
		}
		c.take(name, value)
	}
	return nil
}

// option parts -XPOST and --request=POST into a name and what stands in the same
// word.
func (c *curl) option(word string) (name, value string, inside bool) {
	if strings.HasPrefix(word, "--") {
		name, value, inside = strings.Cut(word, "=")
		return name, value, inside
	}
	return word[:2], word[2:], len(word) > 2
}

// flag takes the options without a value that a probe does as well.
func (c *curl) flag(name string) bool {
	switch name {
	case "-I", "--head":
		c.head = true
	case "-G", "--get":
		c.asQuery = true
	default:
		return false
	}
	return true
}

// takesValue are the options with a value that a probe takes over.
var takesValue = map[string]bool{
	"-X": true, "--request": true, "-H": true, "--header": true, "-d": true, "--data": true, "--data-raw": true, "--data-binary": true, "--data-ascii": true,
	"--data-urlencode": true, "--json": true, "-b": true, "--cookie": true, "-u": true, "--user": true, "-A": true, "--user-agent": true, "-e": true, "--referer": true,
	"-m": true, "--max-time": true, "--url": true,
}

func (c *curl) take(name, value string) {
	switch name {
	case "-X", "--request":
		c.probe.Method = strings.ToUpper(value)
	case "-H", "--header":
		c.header(value)
	case "-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode", "--json":
		c.body(name, value)
	case "-b", "--cookie":
		if !strings.Contains(value, "=") {
			c.say(name + ": the file of cookies is not read")
			return
		}
		c.probe.Headers = append(c.probe.Headers, "Cookie: "+value)
	case "-u", "--user":
		c.user = value
	case "--oauth2-bearer":
		c.probe.Headers = append(c.probe.Headers, "Authorization: Bearer "+value)
	case "-A", "--user-agent":
		c.probe.Headers = append(c.probe.Headers, "User-Agent: "+value)
	case "-e", "--referer":
		c.probe.Headers = append(c.probe.Headers, "Referer: "+value)
	case "-m", "--max-time":
		if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 && seconds <= 3600 {
			c.probe.Limit = time.Duration(seconds * float64(time.Second))
			return
		}
		c.say(name + " " + value + ": this is no number of seconds up to an hour")
	case "--url":
		c.address(value)
	default:
		c.say(curlValues[name])
	}
}

func (c *curl) say(says string) {
	if says != "" {
		c.leftOut = append(c.leftOut, says)
	}
}

func (c *curl) address(word string) {
	if c.probe.URL != "" {
		c.say(word + ": a probe calls one address")
		return
	}
	if !strings.Contains(word, "://") {
		word = "http://" + word // as curl does
	}
	c.probe.URL = word
}

func (c *curl) header(line string) {
	if strings.HasPrefix(line, "@") {
		c.say("-H " + line + ": no file is read")
		return
	}
	name, value, ok := strings.Cut(strings.TrimSuffix(line, ";"), ":")
	if !ok || strings.TrimSpace(value) == "" || strings.HasPrefix(name, ":") {
		return // curl takes a header without a value for "send it not"
	}
	c.probe.Headers = append(c.probe.Headers, strings.TrimSpace(name)+": "+strings.TrimSpace(value))
}

func (c *curl) body(name, value string) {
	if strings.HasPrefix(value, "@") && name != "--data-raw" {
		c.say(name + " " + value + ": no file is read; write the body itself")
		return
	}
	switch name {
	case "--data-urlencode":
		if field, text, ok := strings.Cut(value, "="); ok && field != "" {
			value = field + "=" + url.QueryEscape(text)
		} else {
			value = url.QueryEscape(strings.TrimPrefix(value, "="))
		}
	case "--json":
		c.probe.Headers = append(c.probe.Headers, "Content-Type: application/json", "Accept: application/json")
	case "--data-binary", "--data-raw":
	default:
		value = strings.NewReplacer("\r", "", "\n", "").Replace(value) // as curl does
	}
	c.data = append(c.data, value)
}

// finish puts together what the options said.
func (c *curl) finish() error {
	p := &c.probe
	if p.URL == "" {
		return errNoAddress
	}
	at, err := url.Parse(p.URL)
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
		return refusal("The address of the curl line is not one of the web. Nothing was taken over.")
	}
	if c.user != "" {
		p.Headers = append(p.Headers, "Authorization: Basic "+base64.StdEncoding.EncodeToString([]byte(c.user)))
	}
	body := strings.Join(c.data, "&")
	switch {
	case c.asQuery && body != "":
		sign := "?"
		if at.RawQuery != "" {
			sign = "&"
		}
		p.URL += sign + body
	case body != "" || len(c.data) > 0:
		p.Body = body
		if p.Method == "" {
			p.Method = "POST"
		}
	}
	if c.head {
		p.Method = "HEAD"
	}
	if p.Method == "GET" {
		p.Method = ""
	}
	return nil
}
