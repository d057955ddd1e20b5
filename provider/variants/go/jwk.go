package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"math/big"
)

const fewestRSABits = 2048

// publicKey verifies signatures of one algorithm.
type publicKey struct {
	id, alg string
	key     any
}

// jwk is a key as RFC 7517 and 7518 write it.
type jwk struct {
	Kty, Use, Alg, Kid, Crv, N, E, X, Y string
}

// usableKeys leaves out the keys that we would not verify with: other uses, other algorithms, too weak or malformed ones.
func usableKeys(all []json.RawMessage) []publicKey {
	var keys []publicKey
	for _, text := range all {
		var one jwk
		if json.Unmarshal(text, &one) != nil {
			continue
		}
		alg, key := one.public()
		if key != nil && (one.Use == "" || one.Use == "sig") && (one.Alg == "" || one.Alg == alg) {
			keys = append(keys, publicKey{one.Kid, alg, key})
		}
	}
	return keys
}

func (j jwk) public() (alg string, key any) {
	decode := base64.RawURLEncoding.Strict().DecodeString
	switch {
	case j.Kty == "RSA":
		n, errN := decode(j.N)
		e, errE := decode(j.E)
		modulus, exponent := new(big.Int).SetBytes(n), new(big.Int).SetBytes(e)
		if errN != nil || errE != nil || modulus.BitLen() < fewestRSABits || exponent.BitLen() > 31 || exponent.Int64() < 3 {
			return "", nil
		}
		return "RS256", &rsa.PublicKey{N: modulus, E: int(exponent.Int64())}
	case j.Kty == "EC" && j.Crv == "P-256":
		x, errX := decode(j.X)
		y, errY := decode(j.Y)
		if errX != nil || errY != nil || len(x) != 32 || len(y) != 32 {
			return "", nil
		}
		point, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
		if err != nil {
			return "", nil
		}
		return "ES256", point
	}
	return "", nil
}
