"""Every kind of chart on one page, over real results of the sample's events."""
