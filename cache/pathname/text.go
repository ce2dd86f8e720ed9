package pathname

// Text is a path, or a text with paths in it, that travels through JSON as it is.
type Text string

// MarshalText is Encode.
func (t Text) MarshalText() ([]byte, error) { return []byte(Encode(string(t))), nil }

// UnmarshalText is Decode.
func (t *Text) UnmarshalText(b []byte) error {
	*t = Text(Decode(string(b)))
	return nil
}
