"""A review as one HTML file: no script, nothing loaded from elsewhere."""
