// Command icon writes the program's icon as an ICO file to standard output.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image/png"
	"os"

	"iceexplorer/assets/icon"
)

// sizes are those that Explorer, the taskbar and title bars ask for, at scales of 1 to 2.
var sizes = []int{16, 20, 24, 32, 40, 48, 64, 256}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "icon:", err)
		os.Exit(1)
	}
}

func run() error {
	var head, body bytes.Buffer
	write := func(v any) { _ = binary.Write(&head, binary.LittleEndian, v) } // to memory
	write([]uint16{0, 1, uint16(len(sizes))})
	at := head.Len() + 16*len(sizes)
	for _, n := range sizes {
		begin := body.Len()
		if err := png.Encode(&body, icon.Picture(n)); err != nil {
			return err
		}
		write([]uint8{uint8(n), uint8(n), 0, 0}) // 256 is 0
		write([]uint16{1, 32})
		write([]uint32{uint32(body.Len() - begin), uint32(at + begin)})
	}
	_, err := os.Stdout.Write(append(head.Bytes(), body.Bytes()...))
	return err
}
