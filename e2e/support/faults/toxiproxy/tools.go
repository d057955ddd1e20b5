//go:build tools

// Package tools pins Toxiproxy: `go build github.com/Shopify/toxiproxy/v2/cmd/server` in this folder builds the version of go.mod.
package tools

import _ "github.com/Shopify/toxiproxy/v2"
