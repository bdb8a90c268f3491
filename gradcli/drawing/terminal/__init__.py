"""The picture in letters: boxes and arrows in layers where they fit the width, else a tree.

Depends on the standard library and `gradcli.drawing`; colours are styles by name, which `gradcli.show` paints.

    cells    how wide letters are, and texts cut to a width
    labels   what a box says, and the signs of arrows
    layers   the boxes in layers, and their order
    tracks   where boxes stand, and where arrows run between layers
    canvas   letters and lines on a grid
    layered  boxes and arrows, painted
    rows     a long drawing, row below row
    tree     the output, and below it what it is made of
    legend   what the signs mean that occur
    page     the drawing that fits
"""
