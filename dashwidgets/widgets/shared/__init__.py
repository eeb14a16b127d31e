"""What all widgets share: the synced state, bundles, requests, static fallbacks."""
