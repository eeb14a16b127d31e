"""Where tiles go: PostHog's grid without a browser, and drafts of boards that are not saved."""
