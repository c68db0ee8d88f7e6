package outside_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/outside"
	"firebreak/workflow"
)

func TestTheLineThatAPersonHasIsTakenOver(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		line string
		want workflow.Probe
		left []string
	}{
		"the workflow's own": {
			"curl -X POST https://api.example.com/api/auth/login \\\n-d '{\"email\":\"test@example.com\",\"password\":\"test\"}' \\\n-w \"%{http_code}\"",
			workflow.Probe{URL: "https://api.example.com/api/auth/login", Method: "POST", Body: `{"email":"test@example.com","password":"test"}`},
			nil,
		},
		"copied by a browser for bash": {
			"curl 'https://shop.example/api?q=a%20b' \\\n  -H 'accept: */*' \\\n  -H $'x-note: it\\'s \\u00e9' \\\n  -b 'sid=1; b=2' \\\n  --data-raw $'{\"a\":\"b\\n\"}' \\\n  --compressed ;",
			workflow.Probe{URL: "https://shop.example/api?q=a%20b", Method: "POST", Headers: []string{"accept: */*", "x-note: it's é", "Cookie: sid=1; b=2"}, Body: "{\"a\":\"b\n\"}"},
			nil,
		},
		"copied by a browser for cmd": {
			"curl ^\"https://shop.example/api?a=1^&b=2^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\":1^}^\"",
			workflow.Probe{URL: "https://shop.example/api?a=1&b=2", Method: "POST", Headers: []string{"accept: */*"}, Body: `{"a":1}`},
			nil,
		},
		"letters together, a login, a time": {
			"$ curl -sSfL -m 2.5 -u me:pw -XPUT -HX-A:1 example.com/x | jq .",
			workflow.Probe{URL: "http://example.com/x", Method: "PUT", Headers: []string{"X-A: 1", "Authorization: Basic bWU6cHc="}, Limit: 2500 * time.Millisecond},
			nil,
		},
		"a query": {"curl -L -G https://a.example/s?x=1 -d a=b --data-urlencode 'q=c d'", workflow.Probe{URL: "https://a.example/s?x=1&a=b&q=c+d"}, nil},
		"a head":  {"curl -LI https://a.example/", workflow.Probe{URL: "https://a.example/", Method: "HEAD"}, nil},
		"what cannot be taken over": {
			"curl -L -k -F file=@x --data @body.json --frobnicate https://a.example/ https://b.example/",
			workflow.Probe{URL: "https://a.example/"},
			[]string{
				"-k: certificates are always checked, so a wrong one counts as failed", "-F: a form with files is not sent",
				"--data @body.json: no file is read; write the body itself", "--frobnicate: this version does not know it", "https://b.example/: a probe calls one address",
			},
		},
	} {
		got, left, err := outside.ParseCurl(c.line)
		require.NoError(t, err, name)
		c.want.Kind = workflow.HTTPProbe
		assert.Equal(t, c.want, got, name)
		assert.Equal(t, c.left, left, name)
	}
}

func TestALineThatIsNoCallIsRefused(t *testing.T) {
	t.Parallel()
	for line, says := range map[string]string{
		"":                          "no curl line",
		"wget https://a.example":    "no curl line",
		"curl":                      "names no address",
		"curl 'https://a.example":   "not closed",
		"curl https://a.example -H": "ends after -H",
		"curl file:///etc/passwd":   "not one of the web",
	} {
		_, _, err := outside.ParseCurl(line)
		assert.ErrorContains(t, err, says, line)
	}
}

func FuzzCurl(f *testing.F) {
	for _, line := range []string{
		"curl -X POST https://api.example.com/ -d '{\"a\":1}' -w \"%{http_code}\"", "curl $'a\\x41\\u00e9\\'' -H \"a: \\\"b\\\"\"", "curl ^\"https://a/^\" ^\n -H ^\"a: b^\"", "curl -u a:b -G -d x a", "curl \\",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		p, left, err := outside.ParseCurl(line)
		if err != nil {
			assert.NotEmpty(t, err.Error())
			return
		}
		assert.Equal(t, workflow.HTTPProbe, p.Kind)
		assert.NotEmpty(t, p.URL)
		for _, says := range left {
			assert.NotEmpty(t, says)
		}
		kept, _ := p.WithoutSecrets()
		_, again := kept.WithoutSecrets()
		assert.Empty(t, again, "once taken out, nothing secret is left: %q", kept)
	})
}
