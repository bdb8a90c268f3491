"""For eyes and for pipes: tables, records, diagnostics with a caret. The only part of gradcli that imports Rich."""
