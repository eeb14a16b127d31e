"""The numbers of a recording, whatever kind of result they are from."""
