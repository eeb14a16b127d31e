"""A round or a comparison for those who have no notebook: a page, or Markdown for chat."""
