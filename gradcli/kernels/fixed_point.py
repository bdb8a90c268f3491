"""Wide fixed-point numbers in Python's integers, for the few functions that double precision cannot carry.

Depends on the standard library only. A number x is the integer floor(x * 2^bits). A result is off by some
hundreds of units in its last place, so 128 bits leave a double's 53 untouched even where many digits cancel.
"""

import math
from functools import cache


def fixed(x: float, bits: int) -> int:
    """A finite float; exact if it has no digit below 2^-bits."""
    top, bottom = x.as_integer_ratio()
    return (top << bits) // bottom


def ratio(top: int, bottom: int) -> float:
    """top/bottom as the nearest float: infinite where it overflows, subnormal or 0 where it underflows."""
    try:
        return top / bottom
    except OverflowError:
        return math.inf if (top > 0) == (bottom > 0) else -math.inf


def inverse_odd_powers(n: int, bits: int, sign: int) -> int:
    """The sum of sign^k / ((2k + 1) n^(2k + 1)): atan(1/n) for sign -1, atanh(1/n) for sign 1."""
    power = (1 << bits) // n
    total, factor, k = 0, 1, 1
    while power:
        total += factor * (power // k)
        power //= n * n
        factor, k = factor * sign, k + 2
    return total


@cache
def pi(bits: int) -> int:
    """pi by Machin's formula (1706): 16 atan(1/5) - 4 atan(1/239)."""
    wide = bits + 16
    return 16 * inverse_odd_powers(5, wide, -1) - 4 * inverse_odd_powers(239, wide, -1) >> 16


@cache
def ln2(bits: int) -> int:
    """log 2 = 18 atanh(1/26) - 2 atanh(1/4801) + 8 atanh(1/8749)."""
    wide = bits + 16
    parts = ((18, 26), (-2, 4801), (8, 8749))
    return sum(weight * inverse_odd_powers(n, wide, 1) for weight, n in parts) >> 16


def exp(x: int, bits: int) -> tuple[int, int]:
    """m and k such that e^x is m*2^(k - bits), with m near 2^bits. The Taylor series of x/2^8, squared 8 times."""
    k, rest = divmod(x, ln2(bits))
    wide = bits + 16
    step = rest << 8
    total = term = 1 << wide
    n = 1
    while term := (term * step >> wide) // n:
        total += term
        n += 1
    for _ in range(8):
        total = total * total >> wide
    return total >> 16, k


def log(x: int, bits: int) -> int:
    """The logarithm of a positive number: that of a double nearby, and the series of log(1 + d) for what is left."""
    k = x.bit_length() - bits
    mantissa = x >> k if k > 0 else x << -k
    near = fixed(math.log(mantissa / (1 << bits)), bits)
    inverse, shift = exp(-near, bits)
    d = (mantissa * inverse >> bits - shift) - (1 << bits)
    total, power, n = k * ln2(bits) + near, d, 1
    while abs(power) > 1:
        total += power // n if n % 2 else -(power // n)
        power = power * d >> bits
        n += 1
    return total


def sin_cos(x: int, bits: int) -> tuple[int, int]:
    """The sine and the cosine of x by their Taylor series, after whole turns are taken away."""
    half = pi(bits)
    x = (x + half) % (2 * half) - half
    square = x * x >> bits
    sine = term_s = x
    cosine = term_c = 1 << bits
    n = 2
    while abs(term_c) > 1 or abs(term_s) > 1:
        term_c = -(term_c * square >> bits) // (n * (n - 1))
        term_s = -(term_s * square >> bits) // (n * (n + 1))
        cosine, sine, n = cosine + term_c, sine + term_s, n + 2
    return sine, cosine
