"""The rules: data (id, severity, why, cure) and one small function each that finds subjects."""
