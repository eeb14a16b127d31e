"""Rules over frames; findings; the report. An audit changes nothing on a server."""
