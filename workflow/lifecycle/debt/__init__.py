"""A debt: a fine, a penalty or interest; what it bears, how it is paid and collected."""
