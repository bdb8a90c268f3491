"""Learning from a gradient: the weight update and the descent made of many."""
