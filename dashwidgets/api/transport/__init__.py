"""The seam between the client and the HTTP library that sends."""
