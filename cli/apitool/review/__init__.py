"""What a plan changes for callers: plan JSON → change set → findings → renderers. Pure."""
