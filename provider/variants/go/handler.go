package main

import (
	"errors"
	"io"
	"net/http"
	"regexp"

	"github.com/google/uuid"
)

var uuidShape = regexp.MustCompile(`^(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// api answers the four operations.
type api struct {
	store    *store
	verifier *verifier
	issuer   string
}

func newHandler(set settings, users *store) http.Handler {
	a := &api{users, newVerifier(set.issuer, set.audience), set.issuer}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /users", a.snapshot)
	mux.HandleFunc("GET /users/{user}", a.one)
	mux.HandleFunc("POST /users/authenticate/from_token", a.authenticate)
	mux.HandleFunc("POST /users/{user}/disconnect", a.disconnect)
	mux.HandleFunc("GET /.well-known/health", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, "ok")
	})
	return guard(mux, set.host)
}

func (a *api) snapshot(w http.ResponseWriter, _ *http.Request) {
	body, err := a.store.snapshot()
	answer(w, body, err)
}

func (a *api) one(w http.ResponseWriter, r *http.Request) {
	id, ok := pathID(w, r)
	if !ok {
		return
	}
	body, err := a.store.find(id)
	answer(w, body, err)
}

func (a *api) authenticate(w http.ResponseWriter, r *http.Request) {
	token, refusal := readToken(w, r)
	if refusal != nil {
		http.Error(w, refusal.sentence, refusal.status)
		return
	}
	who, err := a.verifier.verify(token)
	switch {
	case errors.Is(err, errIssuerUnavailable):
		http.Error(w, "The issuer of the tokens does not answer.", http.StatusBadGateway)
		return
	case err != nil:
		http.Error(w, "The token is not valid.", http.StatusForbidden)
		return
	}
	body, err := a.store.put(subjectID(a.issuer, who.subject), who.profile)
	answer(w, body, err)
}

func (a *api) disconnect(w http.ResponseWriter, r *http.Request) {
	id, ok := pathID(w, r)
	if !ok {
		return
	}
	if err := a.store.remove(id); err != nil {
		answer(w, nil, err)
		return
	}
	a.snapshot(w, r)
}

// subjectID gives the same subject the same id for ever.
func subjectID(issuer, subject string) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte(issuer+"#"+subject))
}

// pathID takes an id in either case, and in no other spelling.
func pathID(w http.ResponseWriter, r *http.Request) (uuid.UUID, bool) {
	text := r.PathValue("user")
	if !uuidShape.MatchString(text) {
		http.Error(w, "The id of a user is a UUID.", http.StatusBadRequest)
		return uuid.Nil, false
	}
	return uuid.MustParse(text), true
}

// answer sends JSON in chunks, as its length is not told.
func answer(w http.ResponseWriter, body []byte, err error) {
	switch {
	case errors.Is(err, errNoUser):
		w.WriteHeader(http.StatusNotFound)
	case err != nil:
		http.Error(w, "The users cannot be read or written.", http.StatusInternalServerError)
	default:
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusOK)
		http.NewResponseController(w).Flush()
		w.Write(body)
	}
}
