"""Home, my page, the look of all pages."""
