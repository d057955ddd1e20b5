package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"go.etcd.io/bbolt"
)

var (
	errNoUser = errors.New("there is no such user")
	bucket    = []byte("users")
)

// store keeps profiles by id. What it has answered is on disk, and every later read shows it.
type store struct {
	db       *bbolt.DB
	rendered atomic.Pointer[page]
}

// page is the snapshot as of a transaction.
type page struct {
	transaction int
	body        []byte
}

func openStore(folder string) (*store, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	db, err := bbolt.Open(filepath.Join(folder, "users.db"), 0o600, &bbolt.Options{Timeout: 5 * time.Second})
	if err != nil {
		return nil, fmt.Errorf("cannot open the database: %w", err)
	}
	db.MaxBatchDelay = 2 * time.Millisecond
	create := func(tx *bbolt.Tx) error { _, err := tx.CreateBucketIfNotExists(bucket); return err }
	return &store{db: db}, db.Update(create)
}

func (s *store) close() error { return s.db.Close() }

// put replaces what is known of the user, and gives it as it is on the wire.
func (s *store) put(id uuid.UUID, p profile) ([]byte, error) {
	record, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	if err := s.db.Batch(func(tx *bbolt.Tx) error { return tx.Bucket(bucket).Put(id[:], record) }); err != nil {
		return nil, err
	}
	return pretty(p.onWire(id))
}

// remove fails with errNoUser where there is none.
func (s *store) remove(id uuid.UUID) error {
	found := false
	err := s.db.Batch(func(tx *bbolt.Tx) error { // may run twice
		found = tx.Bucket(bucket).Get(id[:]) != nil
		return tx.Bucket(bucket).Delete(id[:])
	})
	if err == nil && !found {
		return errNoUser
	}
	return err
}

// find fails with errNoUser where there is none.
func (s *store) find(id uuid.UUID) (body []byte, err error) {
	err = s.db.View(func(tx *bbolt.Tx) error {
		record := tx.Bucket(bucket).Get(id[:])
		if record == nil {
			return errNoUser
		}
		body, err = render(id, record)
		return err
	})
	return body, err
}

// snapshot gives the Users object, by id. It is rendered once per change.
func (s *store) snapshot() (body []byte, err error) {
	err = s.db.View(func(tx *bbolt.Tx) error {
		if known := s.rendered.Load(); known != nil && known.transaction == tx.ID() {
			body = known.body
			return nil
		}
		all := users{Iterable: []userProfile{}}
		err := tx.Bucket(bucket).ForEach(func(key, record []byte) error {
			user, err := onWire(uuid.UUID(key), record)
			all.Iterable = append(all.Iterable, user)
			return err
		})
		if err != nil {
			return err
		}
		body, err = pretty(all)
		s.rendered.Store(&page{tx.ID(), body})
		return err
	})
	return body, err
}

func render(id uuid.UUID, record []byte) ([]byte, error) {
	user, err := onWire(id, record)
	if err != nil {
		return nil, err
	}
	return pretty(user)
}

func onWire(id uuid.UUID, record []byte) (userProfile, error) {
	var p profile
	err := json.Unmarshal(record, &p)
	return p.onWire(id), err
}

func pretty(value any) ([]byte, error) {
	body, err := json.MarshalIndent(value, "", "  ")
	return append(body, '\n'), err
}
