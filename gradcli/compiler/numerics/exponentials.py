"""What is made of one exponential: sigmoid and its slope, softmax2, gauss.

Depends on nothing.
"""

SMALL = "exp(-abs(x))"
"""The exponential that no x makes overflow."""
NUMERATOR = f"max({SMALL}, 1 - max(-x, 0))"
"""1 if x >= 0, and otherwise SMALL, which is more than 1 + x. Measured: NumPy's masks take twice the time."""

# The difference of two doubles is D + REST exactly (Knuth, The Art of Computer Programming 2, 4.2.2).
D = "(x - y)"
REST = f"((x - ({D} - ({D} - x))) - (y + ({D} - x)))"
SHARE = f"exp(-abs{D})*(1 - where({D} >= 0, 1, -1)*where(abs{D} < inf, {REST}, 0))"
SOFTMAX2 = f"where({D} >= 0, 1, {SHARE})/(1 + {SHARE})"

X_EXP = "where(x < -800, -0, exp(x + 32)*x*exp(-32))"
"""x*exp(x): x + 32 is exact, and the product is rounded to a subnormal number only once."""

SQUARE_REST = "fma(a, x*x, -(a*(x*x))) + a*fma(x, x, -(x*x))"
GAUSS_NEAR = f"exp(-(a*(x*x))) - exp(-(a*(x*x)))*({SQUARE_REST})"
GAUSS_SAFE = "abs(a*(x*x)) < 800 and exp(-(a*(x*x))) < inf"
GAUSS_FAR = "exp(-((a*2^520*2^520)*((x*2^-520)*(x*2^-520))))"
GAUSS = f"where(abs(x) > 1e150, {GAUSS_FAR}, where({GAUSS_SAFE}, {GAUSS_NEAR}, exp(-(a*(x*x)))))"

FAR = 746.0
"""So far below 0, exp is 0."""
CLAMPED = f"exp(where(abs(x - y) >= {FAR}, 0, -abs(x - y)))"
LEFT = f"abs(max(x, y) + log1p({CLAMPED})) < -0.002*max(x, y)"
LOGADDEXP_CANCELS = f"max(x, y) < 0 and (max(x, y) > -1e-300 or {LEFT})"
"""Where no more of logaddexp is left than a five hundredth of the greater operand."""
