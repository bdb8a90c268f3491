"""The graph of a formula as a page to play with: one HTML file, which asks nothing of the net and runs from a disk.

`document.py` writes the file, `model.py` what its script is told, `walk.py` the steps of both passes, `flows.py` what
comes back along each arrow; `page.html` is the frame, `script/` the script itself, `style.css` how it looks.
"""
