"""The functions of `import gradcli`: what a Python program gives, and what it is given back."""
