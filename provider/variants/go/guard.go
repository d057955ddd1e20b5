package main

import (
	"net"
	"net/http"
	"strconv"
	"strings"
)

// guard lets through what is addressed to us and sent by no other page, and ends each connection with its answer.
func guard(next http.Handler, host string) http.Handler {
	ours := map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true, strings.ToLower(host): true}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		// A page whose name was bound anew to our address (DNS rebinding) still sends its own name.
		if !ours[hostname(r.Host)] {
			http.Error(w, "This server does not go by that name.", http.StatusForbidden)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead && isForeign(r) {
			http.Error(w, "Another origin may not do that.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func isForeign(r *http.Request) bool {
	for _, origin := range r.Header.Values("Origin") {
		if !strings.EqualFold(origin, "http://"+r.Host) {
			return true
		}
	}
	return false
}

// hostname is the name in a Host header, without port and brackets, or "" where it is malformed.
func hostname(host string) string {
	name, port, err := net.SplitHostPort(host)
	if err != nil { // there is no port
		name = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	} else if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return ""
	}
	return strings.ToLower(name)
}
