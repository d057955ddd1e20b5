package main

import (
	"errors"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	leeway = 5 * time.Second
	// latestDate is the year 9999: a date past it does not fit into what the library makes of it.
	latestDate = 253402300799
)

var errBadToken = errors.New("the token does not prove who its bearer is")

// identity is what a good token says.
type identity struct {
	subject string
	profile profile
}

// verifier tells whether a token is one that our issuer signed, for us, and for now.
type verifier struct {
	keys   *issuerKeys
	parser *jwt.Parser
}

func newVerifier(issuer, audience string) *verifier {
	return &verifier{newIssuerKeys(issuer), jwt.NewParser(
		jwt.WithValidMethods([]string{"RS256", "ES256"}),
		jwt.WithIssuer(issuer),
		jwt.WithAudience(audience),
		jwt.WithExpirationRequired(),
		jwt.WithLeeway(leeway),
		jwt.WithStrictDecoding(),
	)}
}

// verify fails with errIssuerUnavailable where it cannot tell.
func (v *verifier) verify(token string) (identity, error) {
	// A map, as a struct would take SUB for sub.
	claims := jwt.MapClaims{}
	if _, err := v.parser.ParseWithClaims(token, claims, v.key); err != nil {
		return identity{}, err
	}
	for _, name := range []string{"exp", "nbf"} {
		if date, ok := claims[name].(float64); ok && (date < 0 || date > latestDate) {
			return identity{}, errBadToken
		}
	}
	subject, _ := claims["sub"].(string)
	// What is no Unicode comes out of the JSON decoder as U+FFFD: different subjects would be one.
	if subject == "" || strings.ContainsRune(subject, '\uFFFD') {
		return identity{}, errBadToken
	}
	return identity{subject, readProfile(claims)}, nil
}

// key is the issuer's, whatever the header's jku, x5u or jwk say.
func (v *verifier) key(token *jwt.Token) (any, error) {
	if _, given := token.Header["crit"]; given {
		return nil, errBadToken
	}
	kid, isText := token.Header["kid"].(string)
	if _, given := token.Header["kid"]; given && !isText {
		return nil, errBadToken
	}
	return v.keys.find(kid, token.Method.Alg())
}
