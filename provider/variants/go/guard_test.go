package main

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestOnlyOurOwnNamesAreServed(t *testing.T) {
	provider := startProvider(t, "http://127.0.0.1:9", t.TempDir())
	for host, wanted := range map[string]int{
		"localhost": 200, "LOCALHOST:1": 200, "[::1]:80": 200, "[::1]": 200,
		"evil.example": 403, "127.0.0.1.evil.example": 403, "localhost.evil.example:80": 403, "localhost:x": 403,
	} {
		if status, _ := provider.send("GET", "/users", "", "Host", host); status != wanted {
			t.Error(host, status)
		}
	}
}

func TestAForeignOriginChangesNothing(t *testing.T) {
	issuer := startIssuer(t)
	provider := startProvider(t, issuer.URL, t.TempDir())
	_, user := provider.signIn(issuer.token(t, "anna", nil))
	for _, origin := range []string{"https://evil.example", "null", "http://localhost:1"} {
		if status, _ := provider.send("POST", "/users/"+user.ID+"/disconnect", "", "Origin", origin); status != http.StatusForbidden {
			t.Error(origin, status)
		}
	}
	if all := provider.snapshot(); len(all) != 1 {
		t.Error(all)
	}
}

func TestABodyThatIsNoTokenIsRefused(t *testing.T) {
	provider := startProvider(t, "http://127.0.0.1:9", t.TempDir())
	for _, body := range []string{
		"", "{", "[]", "null", "{} {}", "\xff", strings.Repeat("[", 100_000), strings.Repeat(" ", 200_000),
		`{"ACCESS_TOKEN":"x","token_type":"Bearer","expires_in":1}`,
		`{"access_token":1,"token_type":"Bearer","expires_in":1}`,
		`{"access_token":null,"token_type":"Bearer","expires_in":1}`,
		`{"access_token":"x","token_type":"Basic","expires_in":1}`,
		`{"access_token":"x","token_type":"Bearer","expires_in":"1"}`,
		`{"access_token":"x","token_type":"Bearer","expires_in":null}`,
		`{"access_token":"x","token_type":"Bearer","expires_in":1.5}`,
		`{"access_token":"x","token_type":"Bearer","expires_in":1,"scope":5}`,
	} {
		if status, _ := provider.authenticate(body); status != http.StatusBadRequest {
			t.Errorf("%.60s: %d", body, status)
		}
	}
	if status, _ := provider.send("POST", "/users/authenticate/from_token", "a=b", "Content-Type", "text/plain"); status != http.StatusUnsupportedMediaType {
		t.Error(status)
	}
}

func TestAHeadThatIsTooLongIsRefused(t *testing.T) {
	provider := startProvider(t, "http://127.0.0.1:9", t.TempDir())
	if status, _ := provider.send("GET", "/users", "", "X-Long", strings.Repeat("x", 100_000)); status != http.StatusRequestHeaderFieldsTooLarge {
		t.Error(status)
	}
}

func TestAClientThatNeverFinishesIsCutOff(t *testing.T) {
	provider := startProvider(t, "http://127.0.0.1:9", t.TempDir())
	slow, err := net.Dial("tcp", provider.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	slow.Write([]byte("GET /users HTTP/1.1\r\nHost: localhost\r\n"))

	slow.SetReadDeadline(time.Now().Add(headPatience + 5*time.Second))
	if _, err := slow.Read(make([]byte, 1)); err != nil && os.IsTimeout(err) {
		t.Error("still open")
	}
}

func TestNoSecretIsKeptOrComesBack(t *testing.T) {
	issuer, folder := startIssuer(t), t.TempDir()
	provider := startProvider(t, issuer.URL, folder)
	token := issuer.token(t, "anna", nil)
	provider.signIn(token)

	kept, err := os.ReadFile(filepath.Join(folder, "users.db"))
	if err != nil {
		t.Fatal(err)
	}
	_, shown := provider.send("GET", "/users", "")
	for _, secret := range []string{"s3cret", token[strings.LastIndex(token, "."):]} {
		if strings.Contains(string(kept), secret) || strings.Contains(shown, secret) {
			t.Error(secret)
		}
	}
}
