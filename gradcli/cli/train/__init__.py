"""`gradcli train`: what is typed, and what is done."""
