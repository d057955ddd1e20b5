package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const ourAudience = "https://users.example"

// testIssuer serves discovery and keys, and signs what it is asked to.
type testIssuer struct {
	*httptest.Server
	generation  string
	rsa         *rsa.PrivateKey
	ec          *ecdsa.PrivateKey
	keyRequests atomic.Int64
	isDown      atomic.Bool
}

func startIssuer(t *testing.T) *testIssuer {
	issuer := &testIssuer{}
	issuer.rotate(t, "1")
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		if issuer.isDown.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		json.NewEncoder(w).Encode(map[string]string{"issuer": issuer.URL, "jwks_uri": issuer.URL + "/keys"})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		issuer.keyRequests.Add(1)
		json.NewEncoder(w).Encode(map[string]any{"keys": issuer.public()})
	})
	issuer.Server = httptest.NewServer(mux)
	t.Cleanup(issuer.Close)
	return issuer
}

func (i *testIssuer) rotate(t *testing.T, generation string) {
	var errRSA, errEC error
	i.generation = generation
	i.rsa, errRSA = rsa.GenerateKey(rand.Reader, 2048)
	i.ec, errEC = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if errRSA != nil || errEC != nil {
		t.Fatal(errRSA, errEC)
	}
}

func (i *testIssuer) public() []any {
	encode := base64.RawURLEncoding.EncodeToString
	point, _ := i.ec.PublicKey.Bytes()
	return []any{
		map[string]any{"kty": "RSA", "kid": "rsa-" + i.generation, "n": encode(i.rsa.N.Bytes()), "e": encode(big.NewInt(int64(i.rsa.E)).Bytes())},
		map[string]any{"kty": "EC", "kid": "ec-" + i.generation, "crv": "P-256", "x": encode(point[1:33]), "y": encode(point[33:])},
		map[string]any{"kty": "oct", "kid": 5},
	}
}

// claims are good ones, with some replaced; nil leaves one out.
func (i *testIssuer) claims(subject string, replaced jwt.MapClaims) jwt.MapClaims {
	now := time.Now().Unix()
	claims := jwt.MapClaims{
		"iss": i.URL, "aud": ourAudience, "sub": subject, "exp": now + 600, "nbf": now, "iat": now,
		"name": "Anna", "email": "anna@example.org", "api_key": "s3cret",
	}
	for name, value := range replaced {
		claims[name] = value
		if value == nil {
			delete(claims, name)
		}
	}
	return claims
}

func (i *testIssuer) token(t *testing.T, subject string, replaced jwt.MapClaims) string {
	return sign(t, jwt.SigningMethodRS256, i.rsa, jwt.MapClaims{"kid": "rsa-" + i.generation}, i.claims(subject, replaced))
}

func sign(t *testing.T, method jwt.SigningMethod, key any, header map[string]any, claims jwt.MapClaims) string {
	token := jwt.NewWithClaims(method, claims)
	for name, value := range header {
		token.Header[name] = value
	}
	signed, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}
