//go:build tools

// Package tools pins k6: `go build go.k6.io/k6/v2` in this folder builds the version of go.mod, whose sources go.sum names.
package tools

import _ "go.k6.io/k6/v2/cmd"
