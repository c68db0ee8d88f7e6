package ahead

// Flag is one flag of the command line. The commands declare theirs from these
// rows, so that both ways of reading a line agree.
type Flag struct {
	Name, Short string
	Switch      bool // it takes no value
	Help        string
}

// Common are the flags that every command takes.
var Common = []Flag{
	{Name: "data-dir", Help: "folder that holds everything (also FIREBREAK_DATA_DIR)"},
	{Name: "sample", Switch: true, Help: "work on the sample incident's own file"},
	{Name: "incident", Short: "i", Help: "the incident's id, or the beginning of it (default: the open one)"},
	{Name: "as", Help: "who writes (default: your settings, FIREBREAK_NAME, your login)"},
	{Name: "json", Switch: true, Help: "print JSON, and errors as JSON too"},
	{Name: "no-input", Switch: true, Help: "never ask (nothing asks; scripts may say so)"},
	{Name: "no-color", Switch: true, Help: "print no colour (also NO_COLOR)"},
	{Name: "utc", Switch: true, Help: "read and show times in UTC"},
	{Name: "local", Switch: true, Help: "read and show times in the local zone"},
}

// Run are those of firebreak run besides.
var Run = []Flag{
	{Name: "suite", Help: "critical, regression, or one that the playbook names (default: what the command says)"},
	{Name: "override", Help: "why a suite is run that a hotfix does not run"},
	{Name: "by", Help: "who says that it is needed now (default: you)"},
	{Name: "name", Help: "what these tests are called: \"Auth tests\""},
	{Name: "no-record", Switch: true, Help: "record nothing"},
}
