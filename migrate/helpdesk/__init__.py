"""One broken file of one worried colleague: what is wrong with it, a new file that is right, and what to tell them."""
