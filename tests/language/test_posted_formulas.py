"""Formulas as people posted them, in the notation of the language that they came from: read as they were meant, or asked
about with what was meant among the readings."""

# ruff: noqa: N803, PLW0108 - a formula a line, with the letters that it has

from collections.abc import Callable
from typing import Any

import pytest
from mpmath import mp
from offered import readings

from gradcli.evaluate.gradient import Gradient
from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse
from gradcli.language.glued import unglued

m = mp
BLUEMM = "Distance between two lat/lon points, bluemm.blogspot.com"
BRAINSCAPE = "flashcards of physics, brainscape.com"
CP2K = "Better leverage mathconstants module, cp2k 3359"
DEWPOINT = "dewpt.R, rdrr.io ExcessHeatIndices"
EXP_SQUARE = "How to represent e^(-t^2) in MATLAB?, syntaxfix.com"
MAPLE = "Mathematica Code for Exercise in Section 3.3 (it is Maple's)"
RHELP = "D(dnorm...)?, r-help, stat.ethz.ch"
TAX = "nested IF for taxes, excelbanter.com"
WHERE = "nan when using np.where and grad, jax 5798"

Meaning = Callable[..., Any]
Row = tuple[str, str, Meaning, dict[str, float]]

PYTHON: tuple[Row, ...] = (
    ("d1 = (np.log(S0/K) + (r + 0.5*sigma**2)*T) / (sigma * np.sqrt(T))\n \nd2 = d1 - sigma * np.sqrt(T)\n \nCall = S0 * norm.cdf(d1) - K * np.exp(-r*T) * norm.cdf(d2)", "Black-Scholes, github S-Khunt", lambda S0, K, r, sigma, T: call(S0, K, r, sigma, T), {"S0": 41, "K": 40, "r": 0.08, "sigma": 0.3, "T": 1.5}),
    ("d1 = (np.log(S/K) + (r+sigma**2/2)*T)/(sigma*np.sqrt(T))\nd2 = d1 - sigma*np.sqrt(T)\nprice = S*norm.cdf(d1, 0, 1) - K*np.exp(-r*T)*norm.cdf(d2, 0, 1)", "Black-Scholes, github MassinissaPython", lambda S, K, r, sigma, T: call(S, K, r, sigma, T), {"S": 41, "K": 40, "r": 0.08, "sigma": 0.3, "T": 1.5}),
    ("(1 + math.erf(x / np.sqrt(2))) / 2", "FinancialModeling, github roacharya", lambda x: m.ncdf(x), {"x": 0.7}),
    ("f = lambda x: np.where(x<1., x, np.sqrt(x))", WHERE, lambda x: m.sqrt(x), {"x": 2}),
    ("K = 1.0 / (1.0 + 0.2316419 * np.abs(d))\n    ret_val = (RSQRT2PI * np.exp(-0.5 * d * d) *\n               (K * (A1 + K * (A2 + K * (A3 + K * (A4 + K * A5))))))", "cnd, github web3ally/Squeeth", lambda d, RSQRT2PI, A1, A2, A3, A4, A5: RSQRT2PI * m.exp(-d * d / 2) * m.polyval([A5, A4, A3, A2, A1, 0], 1 / (1 + m.mpf("0.2316419") * abs(d))), {"d": -0.4, "RSQRT2PI": 0.375, "A1": 0.3125, "A2": -0.375, "A3": 1.75, "A4": -1.8125, "A5": 1.375}),
    ("x * torch.tanh(F.softplus(x))", "Swish and Mish, dejanbatanjac.github.io", lambda x: x * m.tanh(m.log(1 + m.exp(x))), {"x": 0.7}),
    ("return x * F.sigmoid(x)", "Swish and Mish, dejanbatanjac.github.io", lambda x: x / (1 + m.exp(-x)), {"x": 0.7}),
    ("grad_input * slope * torch.exp(-slope * input_) / ((torch.exp(-slope * input_) + 1) ** 2)", "Sigmoid Surrogate, snntorch 427", lambda grad_input, slope, input_: grad_input * slope * m.exp(-slope * input_) / (m.exp(-slope * input_) + 1) ** 2, {"grad_input": 1.5, "slope": 2, "input_": 0.3}),
    ("res3 = -(y*torch.log(torch.sigmoid(x)) + (1-y)*torch.log(torch.tensor(1.)-torch.sigmoid(x)))", "binary_cross_entropy_with_logits outputs NaN, pytorch 135359", lambda y, x: y * m.log(1 + m.exp(-x)) + (1 - y) * m.log(1 + m.exp(x)), {"y": 0.4, "x": 0.7}),
    ("output = torch.xlogy(x, x)", "NaN on torch.xlogy(x, x), pytorch 114031", lambda x: x * m.log(x), {"x": 0.7}),
    ("  condition = x < 1\n  x_valid = jnp.where(condition, 1, x)\n  return jnp.where(condition, x, jnp.sqrt(x_valid))", WHERE, lambda x: x, {"x": 0.25}),
)  # fmt: skip
MATRICES: tuple[Row, ...] = (
    ("x = exp( -t.^2 )", EXP_SQUARE, lambda t: m.exp(-(t**2)), {"t": 0.7}),
    ("x = exp( -t.*t );", EXP_SQUARE, lambda t: m.exp(-t * t), {"t": 0.7}),
    ("f = @(x) x.*exp(x) - 5;", "fzero, solutioninn.com", lambda x: x * m.exp(x) - 5, {"x": 0.7}),
    ("y = -0.2 * x.^4 * exp(-0.5 * x) * x.^3 * 7 * x.^2;", "user-defined MATLAB function, gauthmath.com", lambda x: -m.mpf("1.4") * x**9 * m.exp(-x / 2), {"x": 0.7}),
    ("fval = exp(-x) - exp(-2*x) + 0.05*x - 0.25;", "all 3 zero spots, thearchivebase.com", lambda x: m.exp(-x) - m.exp(-2 * x) + x / 20 - m.mpf(1) / 4, {"x": 0.7}),
    ("u = x ->  (1.0 + norm(x)^2)^(-1/2)", "derivative of norm at 0, ForwardDiff.jl 243", lambda x: 1 / m.sqrt(1 + x**2), {"x": 0.4}),
    ("return sqrt(( e1 + e2 + e3 + 6 * (e4 + e5 + e6)) / 2.)", "J2-plasticity yield function, ForwardDiff.jl 55", lambda e1, e2, e3, e4, e5, e6: m.sqrt((e1 + e2 + e3 + 6 * (e4 + e5 + e6)) / 2), {"e1": 1, "e2": 2, "e3": 0.3, "e4": 0.2, "e5": 0.1, "e6": 0.5}),
    ("4.898979485566356ρ*cos(2θ)*(abs(ρ) <= 1.0) + 2.449489742783178(ρ^2)*cos(2θ)", "derivative of a function returning a boolean, Symbolics.jl 877", lambda ρ, θ: (m.mpf("4.898979485566356") * ρ + m.mpf("2.449489742783178") * ρ**2) * m.cos(2 * θ), {"ρ": 0.5, "θ": 0.3}),
    ("(-430.22 + 237.7 * log(E)) / (-log(E) +19.08)", DEWPOINT, lambda E: (-m.mpf("430.22") + m.mpf("237.7") * m.log(E)) / (-m.log(E) + m.mpf("19.08")), {"E": 14}),
    ("(C + (A1*exp(-x/h1)) + (A2*exp(-x/h2)))", "derivative of nls model in R, stackguides.com 65393067", lambda C, A1, x, h1, A2, h2: C + A1 * m.exp(-x / h1) + A2 * m.exp(-x / h2), {"C": 0.14, "A1": 0.051, "x": 50, "h1": 586.772, "A2": 0.166, "h2": 33.323}),
    ("(x - mu)/sigma * (dnorm((x - mu)/sigma) * (1/sigma)) * (1/sigma)", RHELP, lambda x, mu, sigma: (x - mu) / sigma**2 * m.npdf(x, mu, sigma), {"x": 0.7, "mu": 0.2, "sigma": 1.5}),
    ("dnorm(x, mu, sigma)/sigma", RHELP, lambda x, mu, sigma: m.npdf(x, mu, sigma) / sigma, {"x": 0.7, "mu": 0.2, "sigma": 1.5}),
    ("pnorm(x, mu, sigma)", RHELP, lambda x, mu, sigma: m.ncdf(x, mu, sigma), {"x": 0.7, "mu": 0.2, "sigma": 1.5}),
)  # fmt: skip
ALGEBRA: tuple[Row, ...] = (
    ("x * ArcSin[x]", "ArcSin, axkr/symja_android_library 851", lambda x: x * m.asin(x), {"x": 0.3}),
    ("-2 Sqrt[(1 + x)/(1 - x)]/(1 + (1 + x)/(1 - x)) + 2 ArcTan[Sqrt[(1 + x)/(1 - x)]]", "Limit calculated incorrect, stblake/mathilda 33", lambda x: -2 * m.sqrt((1 + x) / (1 - x)) / (1 + (1 + x) / (1 - x)) + 2 * m.atan(m.sqrt((1 + x) / (1 - x))), {"x": 0.3}),
    ("-(R*w^2*Cos[t*w])", "D[R*Cos[w*t]], mathics 184", lambda R, w, t: -R * w**2 * m.cos(t * w), {"R": 2, "w": 0.3, "t": 0.4}),
    ("(1-Exp[-x^4])/(x^4)", "Integrate doesn't work, mathics 213", lambda x: -m.expm1(-(x**4)) / x**4, {"x": 0.7}),
    ("Log[x]*Sin[x^2]/Tan[x^2]", "Re[Log[x]…], plotly-mathematica 7", lambda x: m.log(x) * m.cos(x**2), {"x": 0.7}),
    ("f := (n, x) -> (ln(x+2) - x^(2*n) * sin(x)) / (1 + x^(2*n));", MAPLE, lambda n, x: (m.log(x + 2) - x ** (2 * n) * m.sin(x)) / (1 + x ** (2 * n)), {"n": 2, "x": 0.7}),
    ("f := x -> x^3 - 4*x^2 - x + 2;", MAPLE, lambda x: x**3 - 4 * x**2 - x + 2, {"x": 0.7}),
    ("If(Y==0, Log(1/(1+Exp(model))), Log(1 - 1/(1 + Exp(model))))", "Notes Concerning Derivatives, jmp.com", lambda Y, model: -m.log(1 + m.exp(model)), {"Y": 0, "model": 0.3}),
)  # fmt: skip
SHEETS: tuple[Row, ...] = (
    ("=NORM.DIST(K44,0,1,TRUE)", "options in Excel, pc-fly.com", lambda K44: m.ncdf(K44), {"K44": 0.3}),
    ("=IF(A<460,0,IF(A<=1088,A*2%-4.6,A*4%-26.36))", f"{TAX} (a text as 0)", lambda A: A / 50 - m.mpf("4.6"), {"A": 700}),
    ("=IF(A5<0,0,A5*0.048+MAX(0,A5-500000)*(0.064-0.048)+MAX(0,A5-1000000)*(0.073-0.064))", "Tax Projection Formula, experts-exchange.com", lambda A5: A5 * m.mpf("0.048") + (A5 - 500000) * m.mpf("0.016"), {"A5": 750000}),
    ("=IF(B2<=10000, B2*0.10, IF(B2<=30000, 1000+(B2-10000)*0.12, IF(B2<=60000, 3400+(B2-30000)*0.22, IF(B2<=100000, 10000+(B2-60000)*0.24, 19600+(B2-100000)*0.32))))", "refactor a nested IF, cellside.io", lambda B2: 3400 + (B2 - 30000) * m.mpf("0.22"), {"B2": 42000}),
    ("=ACOS(SIN(Lat1)*SIN(Lat2) +COS(Lat1)*COS(Lat2)*COS(Lon2-Lon1)) *6371", BLUEMM, lambda Lat1, Lat2, Lon2, Lon1: 6371 * m.acos(m.sin(Lat1) * m.sin(Lat2) + m.cos(Lat1) * m.cos(Lat2) * m.cos(Lon2 - Lon1)), {"Lat1": 0.7, "Lat2": 0.9, "Lon2": 0.2, "Lon1": 0.1}),
    ("=ACOS(COS(RADIANS(90-A2)) *COS(RADIANS(90-A3)) +SIN(RADIANS(90-A2)) *SIN(RADIANS(90-A3)) *COS(RADIANS(B2-B3))) *6371", BLUEMM, lambda A2, A3, B2, B3: 6371 * m.acos(m.sin(m.radians(A2)) * m.sin(m.radians(A3)) + m.cos(m.radians(A2)) * m.cos(m.radians(A3)) * m.cos(m.radians(B2 - B3))), {"A2": 51.5, "A3": 38.75, "B2": 0, "B3": -77.125}),
    ("d1 = ((ln(60.89/40)+((0.02*0.5*v^2)*0.27))/(v*SQRT(0.27)))", "Black Scholes using google sheets, money.stackexchange.com 97534 (0.59 as v)", lambda v: (m.log(m.mpf("60.89") / 40) + v**2 * m.mpf("0.0027")) / (v * m.sqrt(m.mpf("0.27"))), {"v": 0.59}),
)  # fmt: skip
PROGRAMS: tuple[Row, ...] = (
    ("pow(sin(dlat/2.0), 2) + cos(lat1*d2r) * cos(lat2*d2r) * pow(sin(dlong/2.0), 2);", "haversine in C, web-dev-qa-db-fra.com", lambda dlat, lat1, d2r, lat2, dlong: m.sin(dlat / 2) ** 2 + m.cos(lat1 * d2r) * m.cos(lat2 * d2r) * m.sin(dlong / 2) ** 2, {"dlat": 0.2, "lat1": 40, "d2r": 0.0175, "lat2": 50, "dlong": 0.1}),
    ("return (1 / (sigma * sqrt(2 * M_PI))) * exp(-pow((x - mu) / sigma, 2) / 2);", "Gaussian function in C, shuihudhg.cn", lambda x, mu, sigma: m.npdf(x, mu, sigma), {"x": 0.7, "mu": 0.2, "sigma": 1.5}),
    ("double exponent = -pow((x - mu) / sigma, 2) / 2;\nreturn 1 / (sqrt(2 * M_PI * sigma * sigma)) * exp(exponent);", "Gaussian function in C, oryoy.com", lambda x, mu, sigma: m.npdf(x, mu, sigma), {"x": 0.7, "mu": 0.2, "sigma": 1.5}),
    ("float L1 = m + (1.0f - m) / a;", "add GTTonemap, clshortfuse/renodx 109", lambda m, a: m + (1 - m) / a, {"m": 0.22, "a": 1.25}),
    ("float L = C / pq_C;\nfloat Lm = pow(L, pq_m1);\nfloat N = (pq_c1 + pq_c2 * Lm) / (1.0 + pq_c3 * Lm);", "glsl shader output range, thebookofshaders 415", lambda C, pq_C, pq_m1, pq_c1, pq_c2, pq_c3: (pq_c1 + pq_c2 * (C / pq_C) ** pq_m1) / (1 + pq_c3 * (C / pq_C) ** pq_m1), {"C": 100, "pq_C": 10000, "pq_m1": 0.1593017578125, "pq_c1": 0.8359375, "pq_c2": 18.8515625, "pq_c3": 18.6875}),
    ("df = -omega*2*EXP(-omega**2*r**2)/SQRT(pi) - eps", CP2K, lambda omega, r, eps: -2 * omega * m.exp(-(omega**2) * r**2) / m.sqrt(m.pi) - eps, {"omega": 0.5, "r": 1.2, "eps": 0.1}),
    ("F(X)=2*X**3-5.0*X-2.15", "Newton Raphson in FORTRAN, ishwaranand.com", lambda X: 2 * X**3 - 5 * X - m.mpf("2.15"), {"X": 0.7}),
    ("df = -2.0_dp*oorootpi*omega*EXP(qr**2) - eps", CP2K, lambda oorootpi, omega, qr, eps: -2 * oorootpi * omega * m.exp(qr**2) - eps, {"oorootpi": 0.5625, "omega": 0.5, "qr": 0.6, "eps": 0.1}),
    ("var a = Math.sin(dLat/2) * Math.sin(dLat/2) +\nMath.sin(dLon/2) * Math.sin(dLon/2) * Math.cos(lat1) * Math.cos(lat2);\nvar c = 2 * Math.atan2(Math.sqrt(a), Math.sqrt(1-a));", "distance between two GPS coordinates, web-dev-qa-db-fra.com", lambda dLat, dLon, lat1, lat2: 2 * m.asin(m.sqrt(m.sin(dLat / 2) ** 2 + m.cos(lat1) * m.cos(lat2) * m.sin(dLon / 2) ** 2)), {"dLat": 0.2, "dLon": 0.1, "lat1": 0.7, "lat2": 0.9}),
    ("const ease = t => t + (1 - t) * (1 - Math.cos(t * frequency * 2 * Math.PI))", "Elastic Bounce One Liner", lambda t, frequency: t + (1 - t) * (1 - m.cos(2 * m.pi * t * frequency)), {"t": 0.3, "frequency": 2}),
    ("return -c/2 * (t*(t-2) - 1) + b;", "Easing options, joedf/Qonsole 15", lambda c, t, b: -c / 2 * (t * (t - 2) - 1) + b, {"c": 2, "t": 0.3, "b": 1}),
    ("return x === 1 ? 1 : 1 - Math.pow(2, -10 * x);", "parameters for easing functions, ai/easings.net 189", lambda x: 1 - m.mpf(2) ** (-10 * x), {"x": 0.3}),
    ("y = 1/2 * sin(13pi/4*x) * pow(2, 10 * ((2*x) - 1))", "piecewise equations, manuelCarlos/Easing 1", lambda x: m.sin(13 * m.pi / 4 * x) / 2 * 2 ** (20 * x - 10), {"x": 0.3}),
)  # fmt: skip
PLAIN: tuple[Row, ...] = (
    ("GELU(x) = x · Φ(x)", "GELU, aiwiki.ai", lambda x: x * m.ncdf(x), {"x": 0.7}),
    ("exp(−(x-a₁)²/(2a₂²)−(y-b₁)²/(2b₂²))", "floating point exception, m3g/packmol 46", lambda x, a1, a2, y, b1, b2: m.exp(-((x - a1) ** 2) / (2 * a2**2) - (y - b1) ** 2 / (2 * b2**2)), {"x": 0.3, "a₁": 0.1, "a₂": 1.5, "y": 0.2, "b₁": 0.4, "b₂": 1.25}),
    ("c = 2atan2(√a, √(1−a))", "haversine, vaultbbs.com 118271", lambda a: 2 * m.asin(m.sqrt(a)), {"a": 0.3}),
    ("(y^x*e^(-y))/(x!)", "Poisson distribution, libqalculate 159 (its \\x as x)", lambda y, x: y**x * m.exp(-y) / m.gamma(x + 1), {"y": 2, "x": 3}),
    ("a=4pi^2*r/T^2", BRAINSCAPE, lambda r, T: 4 * m.pi**2 * r / T**2, {"r": 3, "T": 2}),
    ("(5-3x^2)/(3*(cos(y))^2*sin(y))", "Implicit differentiation, khan-exercises 129152", lambda x, y: (5 - 3 * x**2) / (3 * m.cos(y) ** 2 * m.sin(y)), {"x": 0.3, "y": 0.4}),
    ("1x^2 -4x^-2", "strange form of a polynomial, mathjs 3072", lambda x: x**2 - 4 / x**2, {"x": 0.3}),
    ("e_sw = 6.1078 *\n       exp(5.0065 * ln(273.15/kelvin_temperature)) *\n       exp(24.846 * (1 - (273.15/kelvin_temperature)))", "Dewpoint, archive.eol.ucar.edu", lambda T: (lambda q: m.mpf("6.1078") * q ** m.mpf("5.0065") * m.exp(m.mpf("24.846") * (1 - q)))(m.mpf("273.15") / T), {"kelvin_temperature": 293}),
)  # fmt: skip
LATEX: tuple[Row, ...] = (
    (r"P\times\left(\frac{J}{1-\left(1+\frac{J}{100}\right)^{-n}}\right)", "parse_latex, sympy 26366", lambda P, J, n: P * J / (1 - (1 + J / 100) ** -n), {"P": 2, "J": 3, "n": 4}),
    (r"\frac{\rho_1-\rho_2}{\rho_1 + \rho_2} {g} + \frac{\gamma k^3}{\rho_1 + \rho_2} - \frac{\rho_1 \rho_2}{(\rho_1 + \rho_2)^2} U^2 k^2", "parse_latex, sympy 26366", lambda p, q, g, γ, k, U: (p - q) / (p + q) * g + γ * k**3 / (p + q) - p * q / (p + q) ** 2 * U**2 * k**2, {"rho_1": 2, "rho_2": 1, "g": 9.75, "gamma": 0.5, "k": 1.25, "U": 0.75}),
    (r"(-\dfrac{n}{m})", "sympy 20317", lambda n, m: -n / m, {"n": 2, "m": 3}),
    (r"\frac a b", "latex2sympy 46", lambda a, b: a / b, {"a": 2, "b": 3}),
    (r"\frac{\frac{a^3+b}{c}}{\frac{1}{c^2}}", "sympy 21537", lambda a, b, c: (a**3 + b) * c, {"a": 2, "b": 3, "c": 4}),
    (r"\frac{1}{x(y-z)}", "Implicit multiplication, sympy 21677", lambda x, y, z: 1 / (x * (y - z)), {"x": 2, "y": 3, "z": 0.5}),
    (r"\left(x^{2} - 2 x + 2\right) \exp \left(x\right)", "sympy 19464", lambda x: (x**2 - 2 * x + 2) * m.exp(x), {"x": 0.3}),
    (r"\lambda = v\ T", "proofofconcept 85", lambda v, T: v * T, {"v": 2, "T": 3}),
    (r"\cos x \sin y", "implicit function arguments, compute-engine 154", lambda x, y: m.cos(x) * m.sin(y), {"x": 0.3, "y": 0.4}),
    (r"\log_{\frac{122}{2}} (b^{2c})", "compute-engine 142", lambda b, c: 2 * c * m.log(b) / m.log(61), {"b": 3, "c": 0.75}),
    (r"\sin(x)^2", "Functions raised to a power, obsidian-latex-math 101", lambda x: m.sin(x) ** 2, {"x": 0.3}),
    (r"\begin{split}f(x) = \begin{cases} x \cdot \frac{e^x - 1}{e^x + 1}, & x \geq 0 \\ \frac{e^x - 1}{e^x + 1}, & x < 0 \end{cases}\end{split}", "ELiSH, activations-plus.readthedocs.io", lambda x: m.tanh(x / 2), {"x": -0.3}),
    (r"0.5x\left(1 + \tanh\!\left(\sqrt{\tfrac{2}{\pi}}\,(x + 0.044715\,x^3)\right)\right)", "Smooth Modern Activations, upskilled.consulting", lambda x: x / 2 * (1 + m.tanh(m.sqrt(2 / m.pi) * (x + m.mpf("0.044715") * x**3))), {"x": 0.3}),
    (r"-\lambda + x \log \lambda - \log (x!)", "Poisson API, PaddlePaddle/community 657", lambda λ, x: -λ + x * m.log(λ) - m.loggamma(x + 1), {"λ": 2, "x": 3}),
    (r"P_{ws}=A*10^{\left ( \frac{mT}{T+T_n} \right ) }", "Dew Point and Humidity, metpod.co.uk", lambda A, m, T, T_n: A * 10 ** (m * T / (T + T_n)), {"A": 6.125, "m": 7.5, "T": 20, "T_n": 240.75}),
    (r"P_w = P_{ws} * \frac{RH}{100}", "Dew Point and Humidity, metpod.co.uk", lambda P_ws, RH: P_ws * RH / 100, {"P_ws": 23, "RH": 60}),
    (r"\alpha x - \beta  x y", "lv equations, pnnl/neuromancer 158", lambda α, x, β, y: α * x - β * x * y, {"α": 1.1, "x": 2, "β": 0.4, "y": 3}),
)  # fmt: skip
POSTED = PYTHON + MATRICES + ALGEBRA + SHEETS + PROGRAMS + PLAIN + LATEX
"""Text as it was posted, where, its meaning in mpmath over the bindings in their order, and a point. The numbers are ours."""

ASKED = {
    # text: where it was posted, a point, and the values of the readings
    "(A-460)*2%+4.60": (TAX, {"A": 700.0}, (9.4, 480 % 4.6)),
    "(50+50)+10%": ("'=' at the end of formula, lcn2/calc 156", {}, (100.1, 110.0)),
    "50+20%": ("The Percentage Problem, chromey-calculator 147", {}, (50.2, 60.0)),
    "100−10%": ("elementary/calculator 132", {}, (99.9, 90.0)),
    "60000*67%": ("% giving error, rubysolo/dentaku 86", {}, (40200.0,)),
    "4/3x": ("unary minus and fraction, mathjs 1778", {"x": 0.5}, (2 / 3, 8 / 3)),
    "-1 / 2 a": ("Negative messes up parsing of fraction, mathjs 1431", {"a": 4.0}, (-2.0, -1 / 8)),
    "(A/2P)^(1/n)": ("compound interest, excelbanter.com", {"A": 8.0, "P": 2.0, "n": 3.0}, (2.0, 2 ** (1 / 3))),
    "p^2/2m": (BRAINSCAPE, {"p": 6.0, "m": 2.0}, (36.0, 9.0)),
    "Es <- 6.11 * 10.0^(7.5 * Tc / (237.7 + Tc))": (DEWPOINT, {"Tc": 20.0, "Es": 0.0}, (6.11 * 10 ** (150 / 257.7), 0.0)),
    "cos^2(x)": ("Derivative of cos^2(x), mathjs 1386", {"x": 1.0}, (0.2919265817264289,)),
}  # fmt: skip
"""What can mean two things, or is meant to be written in another way."""

GLUED = {
    "lnx/x^2": ("derivative of lnx/x^2, enotes.com 291365", {"x"}, "write ln(x)/x^2"),
    "(1-2lnx)/x^3": ("derivative of lnx/x^2, enotes.com 291365", {"x"}, "write (1-2*ln(x))/x^3"),
    "x**2 + 2xy + y**2": ("Implicit multiplication, sympy 1546", {"x", "y"}, "write x**2 + 2*x*y + y**2"),
    "v=2pir/T": (BRAINSCAPE, {"r", "T"}, "write v=2*pi*r/T"),
    "2πƒt": ("Physics Formula Sheet, studylib.net", {"ƒ", "t"}, "write 2*π*ƒ*t"),
    "Ep = mgh": ("Physics Equations, getrevising.co.uk", {"m", "g", "h"}, "write Ep = m*g*h"),
}
"""Names that are others glued together: text, where it was posted, what is bound, what is offered."""


def call(S: Any, K: Any, r: Any, σ: Any, T: Any) -> Any:
    """The price of a call by Black and Scholes (1973)."""
    d = (m.log(S / K) + (r + σ**2 / 2) * T) / (σ * m.sqrt(T))
    return S * m.ncdf(d) - K * m.exp(-r * T) * m.ncdf(d - σ * m.sqrt(T))


@pytest.mark.parametrize(("text", "meaning", "point"), [(text, meaning, point) for text, _, meaning, point in POSTED])
def test_a_posted_formula_is_read_as_it_was_meant(text: str, meaning: Meaning, point: dict[str, float]) -> None:
    answer = Gradient(parse(text, variables=point)).at(point)
    with mp.workdps(50):
        exact = tuple(map(mp.mpf, point.values()))
        assert answer.value == pytest.approx(float(meaning(*exact)), rel=1e-13)
        for at, name in enumerate(point):
            order = tuple(int(other == at) for other in range(len(point)))
            partial = float(mp.diff(meaning, exact, order))
            assert answer.gradient[name] == pytest.approx(partial, rel=1e-11, abs=1e-15)


@pytest.mark.parametrize("text", ASKED)
def test_a_posted_formula_is_asked_about_with_what_was_meant(text: str) -> None:
    _, point, values = ASKED[text]
    programs = [parse(reading, variables=point) for reading in readings(text)]
    assert [evaluate(it.graph, [it.output], point)[0] for it in programs] == pytest.approx(values)


@pytest.mark.parametrize("text", GLUED)
def test_a_posted_formula_of_glued_names_is_offered_apart(text: str) -> None:
    _, bound, hint = GLUED[text]
    program = parse(text, variables=bound)
    offer = unglued(text, [name for name in program.variables if name not in bound], {*bound, *program.variables})
    assert offer is not None
    assert offer.hint == hint
