package main

import (
	"fmt"
	"os"
)

// settings is what the provider is told by its environment.
type settings struct {
	host, port, dataDir, issuer, audience string
}

func settingsFromEnvironment() (settings, error) {
	set := settings{host: "127.0.0.1", port: "1000"}
	for name, field := range map[string]*string{
		"HOST": &set.host, "PORT": &set.port, "DATA_DIR": &set.dataDir, "OIDC_ISSUER": &set.issuer, "OIDC_AUDIENCE": &set.audience,
	} {
		if value := os.Getenv(name); value != "" {
			*field = value
		}
		if *field == "" {
			return set, fmt.Errorf("%s is not set", name)
		}
	}
	return set, nil
}
