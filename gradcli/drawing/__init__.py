"""The graph as a picture: boxes and arrows with the numbers of both passes, and the forms that draw them."""
