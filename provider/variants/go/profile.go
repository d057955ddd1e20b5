package main

import (
	"regexp"
	"strings"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
)

// webAddress is what a browser may be given to load, in the characters of RFC 3986.
var webAddress = regexp.MustCompile(`^https?://[\w\-.~:/?#\[\]@!$&'()*+,;=%]+$`)

// profile is what we keep of a user: these claims and nothing else, so no secret of a token gets into the database.
type profile struct {
	Name    string `json:"name,omitempty"`
	Email   string `json:"email,omitempty"`
	Picture string `json:"picture,omitempty"`
}

// userProfile is a user on the wire.
type userProfile struct {
	ID string `json:"id"`
	profile
	Aesthetics aesthetics `json:"aesthetics"`
}

type aesthetics struct {
	Theme struct {
		Dark bool `json:"dark"`
	} `json:"theme"`
	Font struct {
		Size int `json:"size"`
	} `json:"font"`
}

// users is the Users object on the wire.
type users struct {
	Iterable []userProfile `json:"iterable"`
}

func (p profile) onWire(id uuid.UUID) userProfile {
	user := userProfile{ID: strings.ToUpper(id.String()), profile: p}
	user.Aesthetics.Theme.Dark = true
	user.Aesthetics.Font.Size = 12
	return user
}

func readProfile(claims jwt.MapClaims) profile {
	claim := func(name string) string {
		value, _ := claims[name].(string)
		return value
	}
	p := profile{claim("name"), claim("email"), claim("picture")}
	if !webAddress.MatchString(p.Picture) {
		p.Picture = ""
	}
	return p
}
