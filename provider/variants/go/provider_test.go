package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// testProvider is a provider on a port of its own, and its client.
type testProvider struct {
	*httptest.Server
	t     *testing.T
	store *store
}

func startProvider(t *testing.T, issuerURL, dataDir string) *testProvider {
	store, err := openStore(dataDir)
	if err != nil {
		t.Fatal(err)
	}
	p := &testProvider{t: t, store: store}
	p.Server = httptest.NewUnstartedServer(newHandler(settings{host: "127.0.0.1", issuer: issuerURL, audience: ourAudience}, store))
	limits := newServer("", nil)
	p.Config.ReadHeaderTimeout, p.Config.ReadTimeout = limits.ReadHeaderTimeout, limits.ReadTimeout
	p.Config.MaxHeaderBytes = limits.MaxHeaderBytes
	p.Start()
	t.Cleanup(p.stop)
	return p
}

func (p *testProvider) stop() {
	p.Close()
	p.store.close()
}

func (p *testProvider) send(method, path, body string, headers ...string) (int, string) {
	request, err := http.NewRequest(method, p.URL+path, strings.NewReader(body))
	if err != nil {
		p.t.Error(err)
		return 0, ""
	}
	for n := 0; n < len(headers); n += 2 {
		request.Header.Set(headers[n], headers[n+1])
		if headers[n] == "Host" {
			request.Host = headers[n+1]
		}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		p.t.Error(err)
		return 0, ""
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Error(err)
	}
	return response.StatusCode, string(text)
}

func (p *testProvider) authenticate(body string) (int, string) {
	return p.send("POST", "/users/authenticate/from_token", body, "Content-Type", "application/json")
}

func (p *testProvider) signIn(token string) (int, userProfile) {
	body, _ := json.Marshal(map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": 600})
	status, text := p.authenticate(string(body))
	var user userProfile
	if status == http.StatusOK {
		p.decode(text, &user)
	}
	return status, user
}

func (p *testProvider) snapshot() []userProfile {
	var all users
	status, text := p.send("GET", "/users", "")
	if status != http.StatusOK {
		p.t.Errorf("the snapshot answers %d", status)
	}
	p.decode(text, &all)
	return all.Iterable
}

func (p *testProvider) decode(text string, into any) {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		p.t.Errorf("%v in %s", err, text)
	}
}
