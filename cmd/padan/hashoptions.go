package main

import (
	"errors"

	"padan/internal/hashid"
	"padan/internal/intake"

	"github.com/spf13/pflag"
)

// hashOptions are the flags of the commands that read lists of hashed numbers.
type hashOptions struct {
	hashed  bool
	keyFile string
}

func (o *hashOptions) addFlags(flags *pflag.FlagSet) {
	flags.BoolVar(&o.hashed, "hashed", false, "take lists as padan hash-ids writes them; with --key-file clear lists too, which are hashed on their way in")
	addKeyFileFlag(flags, &o.keyFile)
}

func addKeyFileFlag(flags *pflag.FlagSet, path *string) {
	flags.StringVar(path, "key-file", "", "the secret key for hashing NIK and KK, as padan hash-ids --new-key writes it")
	markPaths(flags, "key-file")
}

const newKeyUsage = "padan hash-ids --new-key FILE"

// apply checks the options and turns them into those of the work.
func (o *hashOptions) apply(to *intake.Options) error {
	if o.keyFile == "" {
		to.Hashed.Any = o.hashed
		return nil
	}
	if !o.hashed {
		return &usageError{err: errors.New("--key-file is for lists with hashed numbers: it goes with --hashed"), hint: "--hashed --key-file " + o.keyFile}
	}
	key, err := readKey(o.keyFile)
	to.HashKey = key
	return err
}

// readKey reads a key; what is wrong with it is a usage error.
func readKey(path string) (*hashid.Key, error) {
	key, err := hashid.ReadKey(path)
	if err != nil {
		return nil, &usageError{err: err, hint: newKeyUsage}
	}
	return &key, nil
}
