"""A plan saved to be applied later, perhaps elsewhere: made, written down, compared with what is, applied."""
