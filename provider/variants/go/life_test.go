package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

func TestAUserSignsInIsFoundAndLeaves(t *testing.T) {
	issuer := startIssuer(t)
	provider := startProvider(t, issuer.URL, t.TempDir())

	status, user := provider.signIn(issuer.token(t, "anna", nil))
	if status != http.StatusOK || user.Name != "Anna" || user.ID != strings.ToUpper(user.ID) {
		t.Fatal(status, user)
	}
	if all := provider.snapshot(); len(all) != 1 || all[0] != user {
		t.Fatal(all)
	}
	for _, id := range []string{user.ID, strings.ToLower(user.ID)} {
		if status, _ := provider.send("GET", "/users/"+id, ""); status != http.StatusOK {
			t.Fatal(id, status)
		}
	}

	status, body := provider.send("POST", "/users/"+user.ID+"/disconnect", "")
	if status != http.StatusOK || strings.Join(strings.Fields(body), "") != `{"iterable":[]}` {
		t.Fatal(status, body)
	}
	for method, path := range map[string]string{"GET": "", "POST": "/disconnect"} {
		if status, body := provider.send(method, "/users/"+user.ID+path, ""); status != http.StatusNotFound || body != "" {
			t.Error(method, status, body)
		}
	}
	if _, again := provider.signIn(issuer.token(t, "anna", nil)); again.ID != user.ID {
		t.Error(again)
	}
}

func TestALaterTokenReplacesTheProfile(t *testing.T) {
	issuer := startIssuer(t)
	provider := startProvider(t, issuer.URL, t.TempDir())
	_, first := provider.signIn(issuer.token(t, "anna", nil))

	later := sign(t, jwt.SigningMethodES256, issuer.ec, map[string]any{"kid": "ec-1"}, issuer.claims("anna", jwt.MapClaims{"name": "Maria", "email": nil}))
	_, second := provider.signIn(later)

	if second.ID != first.ID || second.Name != "Maria" || second.Email != "" || len(provider.snapshot()) != 1 {
		t.Error(first, second)
	}
}

func TestManyAtOnceLoseNobody(t *testing.T) {
	issuer := startIssuer(t)
	provider := startProvider(t, issuer.URL, t.TempDir())

	var everybody sync.WaitGroup
	for n := range 200 {
		token := issuer.token(t, fmt.Sprint("person-", n), nil)
		everybody.Go(func() {
			status, user := provider.signIn(token)
			if found, _ := provider.send("GET", "/users/"+user.ID, ""); status != http.StatusOK || found != http.StatusOK {
				t.Error(status, found)
			}
		})
	}
	everybody.Wait()

	if all := provider.snapshot(); len(all) != 200 {
		t.Error(len(all))
	}
}

func TestUsersOutliveTheProvider(t *testing.T) {
	issuer, folder := startIssuer(t), t.TempDir()
	provider := startProvider(t, issuer.URL, folder)
	_, user := provider.signIn(issuer.token(t, "anna", nil))
	provider.stop()

	if all := startProvider(t, issuer.URL, folder).snapshot(); len(all) != 1 || all[0] != user {
		t.Error(all)
	}
}
