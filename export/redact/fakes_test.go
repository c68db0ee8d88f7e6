package redact_test

import (
	"encoding/base64"
	"math/rand/v2"
	"strings"
)

// letters makes text that looks like a key. It is drawn anew from a fixed seed,
// so that no key stands in this file for a scanner of repositories to find.
func letters(from string, n int) string {
	dice := rand.New(rand.NewPCG(uint64(n), 4711))
	out := make([]byte, n)
	for i := range out {
		out[i] = from[dice.IntN(len(from))]
	}
	return string(out)
}

const (
	small   = "abcdefghijklmnopqrstuvwxyz"
	large   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	figures = "0123456789"
	hex     = "0123456789abcdef"
	mixed   = small + large + figures
	base32  = large + "234567"
)

// fake is a made-up secret in a line as somebody pastes it.
type fake struct{ kind, line, secret string }

func fakes() []fake {
	one := func(kind, before, secret, after string) fake { return fake{kind, before + secret + after, secret} }
	pem := strings.Join([]string{"-----BEGIN " + "RSA PRIVATE KEY-----", letters(mixed, 64), letters(mixed, 63), letters(mixed, 40), "-----END " + "RSA PRIVATE KEY-----"}, "\n")
	jwt := "eyJ" + base64.RawURLEncoding.EncodeToString([]byte(`"alg":"HS256","typ":"JWT"}`)) + ".eyJ" + base64.RawURLEncoding.EncodeToString([]byte(`"sub":"1234567890","name":"J"}`)) + "." + letters(mixed, 43)
	return []fake{
		one("AWS access key", "keys were ", "AKIA"+letters(base32, 16), " in the log"),
		one("AWS temporary key", "", "ASIA"+letters(base32[1:], 16), ""),
		one("GitHub personal token", "remote: ", "ghp_"+letters(mixed, 36), " denied"),
		one("GitHub fine-grained token", "export T=", "github_pat_"+letters(mixed, 82), ""),
		one("GitHub app token", "", "ghs_"+letters(mixed, 36), ""),
		one("GitLab token", "use ", "glpat-"+letters(mixed, 20), " please"),
		one("Slack bot token", "bot ", "xoxb-"+letters(figures, 12)+"-"+letters(figures, 13)+"-"+letters(mixed, 24), ""),
		one("Slack webhook", "post to ", "https://hooks.slack.com/services/"+"T"+letters(large+figures, 8)+"/B"+letters(large+figures, 9)+"/"+letters(mixed, 24), ""),
		one("Stripe key", "", "sk_live_"+letters(mixed, 30), ""),
		one("SendGrid key", "mail: ", "SG."+letters(mixed, 66), ""),
		one("npm token", "//registry/:_authToken=", "npm_"+letters(small+figures, 36), ""),
		one("PyPI token", "", "pypi-AgEIcHlwaS5vcmc"+letters(mixed, 60), ""),
		one("Google API key", "key ", "AIza"+letters(mixed, 35), ""),
		one("OpenAI key", "", "sk-"+letters(mixed, 20)+"T3Blbk"+"FJ"+letters(mixed, 21)[1:], ""),
		one("DigitalOcean token", "", "dop_v1_"+letters(hex, 64), ""),
		one("Hugging Face token", "", "hf_"+letters(small, 34), ""),
		one("Vault token", "", "hvs."+letters(mixed, 95), ""),
		one("Grafana token", "", "glsa_"+letters(mixed, 32)+"_"+letters(hex, 8), ""),
		one("Shopify token", "", "shpat_"+letters(hex, 32), ""),
		one("Doppler token", "", "dp.pt."+letters(mixed, 43), ""),
		one("age key", "", "AGE-SECRET-KEY-1"+letters("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58), ""),
		one("JWT", "cookie was ", jwt, " hm"),
		one("private key", "found this:\n", pem, "\nin the image"),
		one("password in a URL", "DATABASE_URL=postgres://shop:", "hx7!kQ2m", "@db.internal:5432/shop"),
		one("Redis URL without a user", "redis://:", "Zk81mmQ0", "@cache:6379"),
		one("basic auth header", `curl -H "Authorization: Basic `, base64.StdEncoding.EncodeToString([]byte("admin:"+letters(mixed, 9))), `" https://shop/admin`),
		one("bearer header", "Authorization: Bearer ", letters(mixed, 40), ""),
		one("cookie header", "Cookie: session=", letters(mixed, 32), "; theme=dark"),
		one("mysql on a command line", "mysql -u root -p", "tr0ub4dor", " shop"),
		one("curl with a user", "curl -u deploy:", "s3cr3t-9", " https://ci/job"),
		one("PGPASSWORD", "PGPASSWORD=", "qX93hhdk", " psql -h db"),
		one("sshpass", "sshpass -p ", "ro0tro0t", " ssh box"),
		one("assigned password", "db_password = ", "Winter2024!", ""),
		one("API key in JSON", `{"api_key": "`, letters(mixed, 24), `"}`),
		one("client secret in YAML", "client_secret: ", letters(mixed, 28), ""),
		one("spoken password", "the password is ", "hunter2!", " for now"),
	}
}
