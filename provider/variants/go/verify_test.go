package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func TestAClaimThatIsWrongIsRefused(t *testing.T) {
	issuer := startIssuer(t)
	provider := startProvider(t, issuer.URL, t.TempDir())
	past, future := time.Now().Unix()-60, time.Now().Unix()+3600
	for _, claims := range []jwt.MapClaims{
		{"exp": past}, {"exp": nil}, {"exp": fmt.Sprint(future)}, {"exp": 1e300}, {"nbf": future}, {"nbf": 1e300},
		{"iss": "https://elsewhere.example"}, {"iss": nil}, {"aud": "other"}, {"aud": nil}, {"aud": []string{"other"}},
		{"sub": nil}, {"sub": ""}, {"sub": 5}, {"sub": "\uFFFD"},
	} {
		if status, _ := provider.signIn(issuer.token(t, "anna", claims)); status != http.StatusForbidden {
			t.Error(claims, status)
		}
	}
	if status, _ := provider.signIn(issuer.token(t, "anna", jwt.MapClaims{"aud": []string{"other", ourAudience}})); status != http.StatusOK {
		t.Error("one of several audiences is enough")
	}
}

func TestASignatureThatIsNotTheIssuersIsRefused(t *testing.T) {
	issuer, stranger := startIssuer(t), startIssuer(t)
	provider := startProvider(t, issuer.URL, t.TempDir())
	good, claims := issuer.token(t, "anna", nil), issuer.claims("eve", nil)
	ours := map[string]any{"kid": "rsa-1"}
	for name, token := range map[string]string{
		"foreign key":   sign(t, jwt.SigningMethodRS256, stranger.rsa, ours, claims),
		"foreign jku":   sign(t, jwt.SigningMethodRS256, stranger.rsa, map[string]any{"kid": "rsa-1", "jku": stranger.URL + "/keys"}, claims),
		"none":          sign(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, ours, claims),
		"HS256":         sign(t, jwt.SigningMethodHS256, issuer.rsa.N.Bytes(), ours, claims),
		"RS512":         sign(t, jwt.SigningMethodRS512, issuer.rsa, ours, claims),
		"ES256 as RSA":  sign(t, jwt.SigningMethodES256, issuer.ec, ours, claims),
		"crit":          sign(t, jwt.SigningMethodRS256, issuer.rsa, map[string]any{"kid": "rsa-1", "crit": []string{"exp"}}, claims),
		"no text":       "nonsense",
		"no signature":  good[:strings.LastIndex(good, ".")+1],
		"more than one": good + "." + good,
	} {
		if status, _ := provider.signIn(token); status != http.StatusForbidden {
			t.Error(name, status)
		}
	}
	if all := provider.snapshot(); len(all) != 0 {
		t.Error(all)
	}
}

func TestNewKeysAreFoundAndUnknownOnesDoNotPesterTheIssuer(t *testing.T) {
	issuer := startIssuer(t)
	provider := startProvider(t, issuer.URL, t.TempDir())
	provider.signIn(issuer.token(t, "anna", nil))
	issuer.rotate(t, "2")
	if status, _ := provider.signIn(issuer.token(t, "anna", nil)); status != http.StatusOK {
		t.Error(status)
	}

	for n := range 30 {
		token := sign(t, jwt.SigningMethodRS256, issuer.rsa, map[string]any{"kid": fmt.Sprint(n)}, issuer.claims("eve", nil))
		if status, _ := provider.signIn(token); status != http.StatusForbidden {
			t.Error(status)
		}
	}
	if requests := issuer.keyRequests.Load(); requests > 7 {
		t.Error(requests)
	}
}

func TestAnIssuerThatIsDownStopsSignInsAndNothingElse(t *testing.T) {
	issuer := startIssuer(t)
	provider := startProvider(t, issuer.URL, t.TempDir())
	issuer.isDown.Store(true)
	if status, _ := provider.signIn(issuer.token(t, "anna", nil)); status != http.StatusBadGateway {
		t.Error(status)
	}
	provider.snapshot()

	issuer.isDown.Store(false)
	if status, _ := provider.signIn(issuer.token(t, "anna", nil)); status != http.StatusOK {
		t.Error(status)
	}
}
