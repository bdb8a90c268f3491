"""Graph → text for other readers than gradcli's own parser."""
