package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"
)

const longestBody = 128 << 10

// refusal is why a request is not taken. The sentence is ours: never a part of the request, which may hold a token.
type refusal struct {
	status   int
	sentence string
}

// readToken gives the access token of an OAuthToken. Unknown fields are tolerated.
func readToken(w http.ResponseWriter, r *http.Request) (string, *refusal) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return "", &refusal{http.StatusUnsupportedMediaType, "The body must be application/json."}
	}
	if r.ContentLength > longestBody { // there is no need to wait for it
		return "", &refusal{http.StatusBadRequest, "The body is too long."}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longestBody))
	if err != nil {
		return "", &refusal{http.StatusBadRequest, "The body is too long, or did not come whole."}
	}
	// A map, as a struct would take ACCESS_TOKEN for access_token.
	var fields map[string]json.RawMessage
	if !utf8.Valid(body) || json.Unmarshal(body, &fields) != nil {
		return "", &refusal{http.StatusBadRequest, "The body is no JSON object."}
	}
	access, err := text(fields["access_token"])
	if err != nil || access == "" {
		return "", &refusal{http.StatusBadRequest, "access_token must be a string."}
	}
	if kind, err := text(fields["token_type"]); err != nil || !strings.EqualFold(kind, "Bearer") && kind != "UNKNOWN" {
		return "", &refusal{http.StatusBadRequest, "token_type must be Bearer or UNKNOWN."}
	}
	if !isInteger(fields["expires_in"]) {
		return "", &refusal{http.StatusBadRequest, "expires_in must be an integer."}
	}
	for _, name := range []string{"scope", "refresh_token", "id_token"} {
		if value, given := fields[name]; given && !isNull(value) {
			if _, err := text(value); err != nil {
				return "", &refusal{http.StatusBadRequest, name + " must be a string."}
			}
		}
	}
	return access, nil
}

func text(value json.RawMessage) (string, error) {
	if len(value) == 0 || value[0] != '"' {
		return "", errors.New("no string")
	}
	var s string
	return s, json.Unmarshal(value, &s)
}

// isInteger takes 3600.0 and 36e2 too, as JSON Schema does.
func isInteger(value json.RawMessage) bool {
	var number float64
	return len(value) > 0 && !isNull(value) && json.Unmarshal(value, &number) == nil && number == math.Trunc(number)
}

func isNull(value json.RawMessage) bool { return bytes.Equal(value, []byte("null")) }
