package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"
	"golang.org/x/time/rate"
)

const (
	keysAreFresh   = 10 * time.Minute
	issuerPatience = 2 * time.Second
	longestAnswer  = 1 << 20
)

var (
	errIssuerUnavailable = errors.New("the issuer does not answer, or not with what the standard says")
	errUnknownKey        = errors.New("the issuer has no such key")
)

// keySet holds the issuer's keys as of a moment: when the request that brought them began.
type keySet struct {
	asked time.Time
	keys  []publicKey
}

func (s *keySet) isFresh() bool { return s != nil && time.Since(s.asked) < keysAreFresh }

// find gives the key of that id and algorithm; without an id, the only key of that algorithm.
func (s *keySet) find(kid, alg string) any {
	var found []publicKey
	for _, key := range s.keys {
		if key.alg == alg && (key.id == kid || kid == "") {
			found = append(found, key)
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found[0].key
}

// issuerKeys are the issuer's public keys, found by OpenID Connect Discovery and kept for a while.
type issuerKeys struct {
	issuer string
	client *http.Client
	set    atomic.Pointer[keySet]
	flight singleflight.Group
	// asking limits how often unknown key ids make us ask: anybody can send those.
	asking *rate.Limiter
}

func newIssuerKeys(issuer string) *issuerKeys {
	return &issuerKeys{
		issuer: issuer,
		// No proxy of the environment, and no redirect: nobody has business between us and the issuer.
		client: &http.Client{
			Timeout:       issuerPatience,
			Transport:     &http.Transport{DisableKeepAlives: true},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		asking: rate.NewLimiter(rate.Every(5*time.Second), 5),
	}
}

func (i *issuerKeys) find(kid, alg string) (any, error) {
	called := time.Now()
	set := i.set.Load()
	if set.isFresh() {
		if key := set.find(kid, alg); key != nil {
			return key, nil
		}
	}
	// A request that we join may have begun before the issuer rotated its keys: only a later one proves a key unknown.
	for set == nil || set.asked.Before(called) {
		if _, err, _ := i.flight.Do("keys", i.refresh); err != nil {
			return nil, err
		}
		set = i.set.Load()
	}
	if key := set.find(kid, alg); key != nil {
		return key, nil
	}
	return nil, errUnknownKey
}

func (i *issuerKeys) refresh() (any, error) {
	if i.set.Load().isFresh() && !i.asking.Allow() {
		return nil, errUnknownKey
	}
	began := time.Now()
	var discovery struct {
		Issuer  string `json:"issuer"`
		JWKSURI string `json:"jwks_uri"`
	}
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := i.get(strings.TrimSuffix(i.issuer, "/")+"/.well-known/openid-configuration", &discovery); err != nil {
		return nil, err
	}
	if discovery.Issuer != i.issuer {
		return nil, fmt.Errorf("%w: it says that it is another", errIssuerUnavailable)
	}
	if err := i.get(discovery.JWKSURI, &set); err != nil {
		return nil, err
	}
	i.set.Store(&keySet{began, usableKeys(set.Keys)})
	return nil, nil
}

func (i *issuerKeys) get(url string, into any) error {
	response, err := i.client.Get(url)
	if err != nil {
		return fmt.Errorf("%w: %w", errIssuerUnavailable, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%w: it answers %s", errIssuerUnavailable, response.Status)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	if err != nil {
		return fmt.Errorf("%w: %w", errIssuerUnavailable, err)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("%w: %w", errIssuerUnavailable, err)
	}
	return nil
}
