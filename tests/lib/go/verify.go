// Check a log directory with the Go checksum database's own code: its notes, its tiles, its proofs.
//
// Usage: verify DIRECTORY. The directory holds `vkey`, `checkpoint`, the `tile` folder, and `claims`: one line per
// claim, "record INDEX LEAF PROOF" or "tree OLDSIZE OLDROOT PROOF", hashes in base64, those of a proof joined by commas.
// Prints one line: size, number of accepted claims, number of changed claims that were refused.
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Tiles that are read from files where C2SP tlog-tiles puts them: without the tile height in their path.
type folder struct{ directory string }

func (f folder) Height() int { return 8 }

func (f folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(f.directory, path))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(parts ...string) string {
	data, err := os.ReadFile(filepath.Join(parts...))
	must(err)
	return string(data)
}

func hash(text string) (parsed tlog.Hash) {
	data, err := base64.StdEncoding.DecodeString(text)
	must(err)
	copy(parsed[:], data)
	return parsed
}

func hashes(text string) (parsed []tlog.Hash) {
	for _, each := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' }) {
		parsed = append(parsed, hash(each))
	}
	return parsed
}

// The size and root of the checkpoint, if the log's key signed it.
func signedTree(directory string) tlog.Tree {
	verifier, err := note.NewVerifier(read(directory, "vkey"))
	must(err)
	opened, err := note.Open([]byte(read(directory, "checkpoint")), note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	return tlog.Tree{N: size, Hash: hash(lines[2])}
}

// The proof Go makes from the tiles alone has to be ours, hold, and fail once a bit of its leaf or old root is changed.
func checkClaim(tree tlog.Tree, tiles tlog.HashReader, line string) (refused bool) {
	words := strings.Split(line, " ")
	number, err := strconv.ParseInt(words[1], 10, 64)
	must(err)
	claimed, ours := hash(words[2]), hashes(words[3])
	var made []tlog.Hash
	check := func(h tlog.Hash) error { return tlog.CheckTree(ours, tree.N, tree.Hash, number, h) }
	if words[0] == "record" {
		check = func(h tlog.Hash) error { return tlog.CheckRecord(ours, tree.N, tree.Hash, number, h) }
		made, err = tlog.ProveRecord(tree.N, number, tiles)
	} else {
		made, err = tlog.ProveTree(tree.N, number, tiles)
	}
	must(err)
	if fmt.Sprint(made) != fmt.Sprint(ours) {
		must(fmt.Errorf("another proof for %s", line))
	}
	must(check(claimed))
	claimed[31] ^= 1
	return check(claimed) != nil
}

func main() {
	directory := os.Args[1]
	tree := signedTree(directory)
	tiles := tlog.TileHashReader(tree, folder{directory})
	accepted, refused := 0, 0
	for _, line := range strings.Split(read(directory, "claims"), "\n") {
		if checkClaim(tree, tiles, line) {
			refused++
		}
		accepted++
	}
	fmt.Println(tree.N, accepted, refused)
}
