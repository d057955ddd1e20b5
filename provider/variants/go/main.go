// A small Users API provider: net/http, golang-jwt and bbolt.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const (
	// headPatience and bodyPatience are how long a client may take to send, readPatience to read our answer.
	headPatience = 5 * time.Second
	bodyPatience = 10 * time.Second
	readPatience = 20 * time.Second
	// farewell is how long requests in flight may take once we are told to end.
	farewell    = 10 * time.Second
	longestHead = 16 << 10
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "users-api:", err)
		os.Exit(1)
	}
}

func serve() error {
	set, err := settingsFromEnvironment()
	if err != nil {
		return err
	}
	store, err := openStore(set.dataDir)
	if err != nil {
		return err
	}
	defer store.close()

	ended, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	server := newServer(net.JoinHostPort(set.host, set.port), newHandler(set, store))
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	select {
	case err := <-failed:
		return err
	case <-ended.Done():
	}

	patience, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	if err := server.Shutdown(patience); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

func newServer(address string, handler http.Handler) *http.Server {
	return &http.Server{
		Addr:              address,
		Handler:           handler,
		ReadHeaderTimeout: headPatience,
		ReadTimeout:       bodyPatience,
		WriteTimeout:      readPatience,
		MaxHeaderBytes:    longestHead,
	}
}
