r"""Formulas in LaTeX as people and SymPy write them: read, they have the value and the gradient that mpmath finds."""

# ruff: noqa: N803, PLW0108 - a formula a line, with the letters that it has

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from mpmath import mp

from gradcli.errors import LanguageError
from gradcli.evaluate.gradient import Gradient
from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse
from gradcli.language.readings import AmbiguityError

NOTES, WIKI, SKLOG = "machine learning course notes (github)", "textbook form (Wikipedia)", "sklogwiki.org"
STATS, PHYSICS, IUPAC = "stats.stackexchange.com/questions/7440", "symplyphysics.github.io", "goldbook.iupac.org M03892"
TORCH, OPTIONS, PLANCK = (
    "PyTorch's documentation",
    "frontmasters.co.uk Black–Scholes",
    "physicslibrary Planck's radiation law",
)
m = mp
REAL: tuple[tuple[str, str, Callable[..., Any], dict[str, float]], ...] = (
    (r"\frac{1}{1+e^{-x}}", NOTES, lambda x: 1 / (1 + m.exp(-x)), {"x": 0.7}),
    (r"\mathcal{L}(\hat{y}, y) = -(y \log \hat{y} + (1-y) \log(1-\hat{y}))", NOTES, lambda y_hat, y: -(y * m.log(y_hat) + (1 - y) * m.log(1 - y_hat)), {"y_hat": 0.3, "y": 0.8}),
    (r"L(\hat{y},y)=-\big(y\log \hat{y}+(1-y)\log(1-\hat{y}) \big)", "hedivision.github.io", lambda y_hat, y: -(y * m.log(y_hat) + (1 - y) * m.log(1 - y_hat)), {"y_hat": 0.3, "y": 0.8}),
    (r"\dfrac{1}{2}(\hat{y}-y)^2", "hedivision.github.io", lambda y_hat, y: (y_hat - y) ** 2 / 2, {"y_hat": 0.3, "y": 0.8}),
    (r"y = \sigma(wx + b)", NOTES, lambda w, x, b: 1 / (1 + m.exp(-(w * x + b))), {"w": 0.5, "x": 2, "b": -0.25}),
    (r"\frac{e^{z_1}}{\sum_{k=1}^{3} e^{z_k}}", NOTES, lambda z_1, z_2, z_3: m.exp(z_1) / (m.exp(z_1) + m.exp(z_2) + m.exp(z_3)), {"z_1": 1, "z_2": 2, "z_3": 0.5}),
    (r"-\log\left(\frac{e^{z_{2}}}{\sum_{j=1}^{2} e^{z_{j}}}\right)", NOTES, lambda z_1, z_2: m.log(1 + m.exp(z_1 - z_2)), {"z_1": 1, "z_2": 2}),
    (r"U(r) = 4\epsilon \left(\left(\frac{\sigma}{r}\right)^{12} - \left(\frac{\sigma}{r}\right)^6\right) ,", "magnus.mdzk.app", lambda ε, σ, r: 4 * ε * ((σ / r) ** 12 - (σ / r) ** 6), {"ε": 0.5, "σ": 1.1, "r": 1.3}),
    (r"4 \varepsilon \left( \left( \frac{\sigma}{r} \right)^{12} - \left( \frac{\sigma}{r} \right)^6 \right)", PHYSICS, lambda ε, σ, r: 4 * ε * ((σ / r) ** 12 - (σ / r) ** 6), {"ε": 0.5, "σ": 1.1, "r": 1.3}),
    (r"$\epsilon \left[ 3\left(\frac{\sigma}{r} \right)^{8} - 4\left( \frac{\sigma}{r}\right)^6 \right]$", SKLOG, lambda ε, σ, r: ε * (3 * (σ / r) ** 8 - 4 * (σ / r) ** 6), {"ε": 0.5, "σ": 1.1, "r": 1.3}),
    (r"{\displaystyle V(r)=4\epsilon \left[\left({\frac {\sigma }{r}}\right)^{12}-\left({\frac {\sigma }{r}}\right)^{6}\right]}"[len(r"{\displaystyle "):-1], SKLOG, lambda ε, σ, r: 4 * ε * ((σ / r) ** 12 - (σ / r) ** 6), {"ε": 0.5, "σ": 1.1, "r": 1.3}),
    (r"d_{1}=\frac{\ln(\frac{S}{K})+(r+\frac{\sigma^{2}}{2})(T-t)}{\sigma\sqrt{T-t}}", OPTIONS, lambda S, K, r, σ, T, t: (m.log(S / K) + (r + σ**2 / 2) * (T - t)) / (σ * m.sqrt(T - t)), {"S": 41, "K": 40, "r": 0.08, "σ": 0.3, "T": 1, "t": 0.25}),
    (r"\begin{aligned} d_1 &= \frac{\ln(S/K) + (r + \sigma^2/2)T}{\sigma\sqrt{T}} \\ d_2 &= d_1 - \sigma\sqrt{T} \\ C &= S\,\Phi(d_1) - K e^{-rT}\Phi(d_2) \end{aligned}", WIKI, lambda S, K, r, σ, T: (lambda d: S * m.ncdf(d) - K * m.exp(-r * T) * m.ncdf(d - σ * m.sqrt(T)))((m.log(S / K) + (r + σ**2 / 2) * T) / (σ * m.sqrt(T))), {"S": 41, "K": 40, "r": 0.08, "σ": 0.3, "T": 1}),
    (r"\frac{V_{\max} S}{K_m + S}", IUPAC, lambda V_max, S, K_m: V_max * S / (K_m + S), {"V_max": 100, "S": 10, "K_m": 5}),
    (r"\nu=\frac{V\ \left[\text{S}\right]}{K_{\text{m}}+\left[\text{S}\right]}", IUPAC, lambda V, S, K_m: V * S / (K_m + S), {"V": 100, "S": 10, "K_m": 5}),
    (r"\frac{{V_{\max} [S]}}{{K_m + [S]}}", NOTES, lambda V_max, S, K_m: V_max * S / (K_m + S), {"V_max": 100, "S": 10, "K_m": 5}),
    (r"K_{\text{m}} = \frac{k_{-1}+k_{\text{cat}}}{k_{1}}", IUPAC, lambda k_minus_1, k_cat, k_1: (k_minus_1 + k_cat) / k_1, {"k_minus_1": 2, "k_cat": 3, "k_1": 0.5}),
    (r"\frac{K_m}{V_{\max} [S]} + \frac{1}{V_{\max}}", NOTES, lambda K_m, V_max, S: K_m / (V_max * S) + 1 / V_max, {"K_m": 5, "V_max": 100, "S": 10}),
    (r"\frac{V_{\max} x^n}{K^n + x^n}", WIKI, lambda V_max, x, n, K: V_max * x**n / (K**n + x**n), {"V_max": 2, "x": 3, "n": 1.5, "K": 2}),
    (r"I(\lambda,T) = \frac{ 2 h c^2}{\lambda^5} \, \frac{1}{e^{\frac{hc}{\lambda kT}} - 1}", PLANCK, lambda λ, T, h, c, k: 2 * h * c**2 / λ**5 / (m.exp(h * c / (λ * k * T)) - 1), {"λ": 1.5, "T": 2, "h": 0.7, "c": 3, "k": 0.9}),
    (r"B_\lambda(T) = \frac{2hc^2}{\lambda^5} \cdot \frac{1}{e^{\frac{hc}{\lambda k_B T}} - 1}", "github A-Hashemiann", lambda T, h, c, λ, k_B: 2 * h * c**2 / λ**5 / (m.exp(h * c / (λ * k_B * T)) - 1), {"λ": 1.5, "T": 2, "h": 0.7, "c": 3, "k_B": 0.9}),
    (r"\log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac{1}{2}", STATS, lambda σ_2, σ_1, μ_1, μ_2: m.log(σ_2 / σ_1) + (σ_1**2 + (μ_1 - μ_2) ** 2) / (2 * σ_2**2) - m.mpf(1) / 2, {"σ_2": 2, "σ_1": 0.5, "μ_1": 1, "μ_2": -1}),
    (r"\frac{1}{2} \log (2 \pi \sigma_2^2) + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2 \sigma_2^2} - \frac{1}{2} (1 + \log (2 \pi \sigma_1^2))", STATS, lambda σ_2, σ_1, μ_1, μ_2: m.log(σ_2 / σ_1) + (σ_1**2 + (μ_1 - μ_2) ** 2) / (2 * σ_2**2) - m.mpf(1) / 2, {"σ_2": 2, "σ_1": 0.5, "μ_1": 1, "μ_2": -1}),
    (r"-\frac{1}{2}(2\log(\sigma_1)-\sigma_1^2-\mu_1^2+1)", "stats.stackexchange.com/questions/318184", lambda σ_1, μ_1: -(2 * m.log(σ_1) - σ_1**2 - μ_1**2 + 1) / 2, {"σ_1": 0.5, "μ_1": 1}),
    (r"\begin{cases} 0.5 (x_n - y_n)^2, & \text{if } |x_n - y_n| < \delta \\ \delta \cdot (|x_n - y_n| - 0.5 \cdot \delta), & \text{otherwise} \end{cases}", TORCH, lambda x_n, y_n, δ: δ * (abs(x_n - y_n) - δ / 2), {"x_n": 3, "y_n": 0.5, "δ": 1.25}),
    (r"L_\delta(a) = \begin{cases} \frac{1}{2}a^2 & \text{for } |a| \leq \delta, \\ \delta(|a| - \frac{1}{2}\delta) & \text{otherwise.} \end{cases}", NOTES, lambda a, δ: a**2 / 2, {"a": 0.5, "δ": 1.25}),
    (r"f(x) = \frac{1}{\sigma\sqrt{2\pi}} e^{-\frac{1}{2}\left(\frac{x-\mu}{\sigma}\right)^2}", WIKI, lambda x, σ, μ: m.npdf(x, μ, σ), {"x": 0.7, "σ": 1.5, "μ": 0.2}),
    (r"\frac{1}{\sqrt{2\pi\sigma^2}} \exp\left(-\frac{(x-\mu)^2}{2\sigma^2}\right)", WIKI, lambda σ, x, μ: m.npdf(x, μ, σ), {"x": 0.7, "σ": 1.5, "μ": 0.2}),
    (r"\frac{1}{x\sigma\sqrt{2\pi}} \exp\left\{-\frac{(\ln x-\mu)^2}{2\sigma^2}\right\}", WIKI, lambda x, σ, μ: m.npdf(m.log(x), μ, σ) / x, {"x": 0.7, "σ": 1.5, "μ": 0.2}),
    (r"\frac{\beta^\alpha}{\Gamma(\alpha)} x^{\alpha - 1} e^{-\beta x}", WIKI, lambda β, α, x: β**α / m.gamma(α) * x ** (α - 1) * m.exp(-β * x), {"β": 2, "α": 2.5, "x": 0.7}),
    (r"\frac{k}{\lambda}\left(\frac{x}{\lambda}\right)^{k-1}e^{-(x/\lambda)^{k}}", WIKI, lambda k, λ, x: k / λ * (x / λ) ** (k - 1) * m.exp(-((x / λ) ** k)), {"k": 1.5, "λ": 2, "x": 0.7}),
    (r"\frac{\Gamma\left(\frac{\nu+1}{2}\right)}{\sqrt{\nu\pi}\,\Gamma\left(\frac{\nu}{2}\right)}\left(1+\frac{t^2}{\nu}\right)^{-\frac{\nu+1}{2}}", WIKI, lambda ν, t: m.gamma((ν + 1) / 2) / (m.sqrt(ν * m.pi) * m.gamma(ν / 2)) * (1 + t**2 / ν) ** (-(ν + 1) / 2), {"ν": 3, "t": 0.4}),
    (r"\operatorname{softplus}(x) = \ln(1 + e^x)"[len(r"\operatorname{softplus}(x) = "):], WIKI, lambda x: m.log(1 + m.exp(x)), {"x": 0.7}),
    (r"0.5x\left(1+\tanh\left[\sqrt{2/\pi}\left(x+0.044715x^3\right)\right]\right)", "GELU, arXiv 1606.08415", lambda x: x / 2 * (1 + m.tanh(m.sqrt(2 / m.pi) * (x + m.mpf("0.044715") * x**3))), {"x": 0.7}),
    (r"\frac{e^{x}-e^{-x}}{e^{x}+e^{-x}}", NOTES, lambda x: m.tanh(x), {"x": 0.7}),
    (r"x\cdot\sigma(\beta x)", "Swish, arXiv 1710.05941", lambda x, β: x / (1 + m.exp(-β * x)), {"x": 0.7, "β": 1.5}),
    (r"\max(0,\, 1 - y\hat{y})", WIKI, lambda y, y_hat: 1 - y * y_hat, {"y": 1, "y_hat": 0.4}),
    (r"-\alpha (1-p)^\gamma \log(p)", "focal loss, arXiv 1708.02002", lambda α, p, γ: -α * (1 - p) ** γ * m.log(p), {"α": 0.25, "p": 0.3, "γ": 2}),
    (r"\frac{1}{n}\sum_{i=1}^{n}(y_i-\hat{y}_i)^2", WIKI, lambda y_1, y_hat_1, y_2, y_hat_2: ((y_1 - y_hat_1) ** 2 + (y_2 - y_hat_2) ** 2) / 2, {"y_1": 1, "y_hat_1": 0.5, "y_2": 2, "y_hat_2": 2.5, "n": 2}),
    (r"\sqrt{\sum_{i=1}^{3} (p_i - q_i)^2}", WIKI, lambda p_1, q_1, p_2, q_2, p_3, q_3: m.sqrt((p_1 - q_1) ** 2 + (p_2 - q_2) ** 2 + (p_3 - q_3) ** 2), {"p_1": 1, "q_1": 3, "p_2": 2, "q_2": 0.5, "p_3": 1, "q_3": 0}),
    (r"-\sum_{i=1}^{2} p_i \log_2 p_i", WIKI, lambda p_1, p_2: -(p_1 * m.log(p_1, 2) + p_2 * m.log(p_2, 2)), {"p_1": 0.3, "p_2": 0.7}),
    (r"D_e\left(1-e^{-a(r-r_e)}\right)^2", WIKI, lambda D_e, a, r, r_e: D_e * (1 - m.exp(-a * (r - r_e))) ** 2, {"D_e": 4, "a": 1.5, "r": 1.2, "r_e": 1}),
    (r"k = A e^{-\frac{E_a}{RT}}", WIKI, lambda A, E_a, R, T: A * m.exp(-E_a / (R * T)), {"A": 10, "E_a": 50, "R": 8.314, "T": 3}),
    (r"G\frac{m_1 m_2}{r^2}", WIKI, lambda G, m_1, m_2, r: G * m_1 * m_2 / r**2, {"G": 6.5, "m_1": 2, "m_2": 3, "r": 1.5}),
    (r"\frac{1}{4\pi\varepsilon_0}\frac{q_1 q_2}{r^2}", WIKI, lambda ε_0, q_1, q_2, r: q_1 * q_2 / (4 * m.pi * ε_0 * r**2), {"ε_0": 8.75, "q_1": 2, "q_2": 3, "r": 1.5}),
    (r"\frac{mc^2}{\sqrt{1-\frac{v^2}{c^2}}}", WIKI, lambda m, c, v: m * c**2 / mp.sqrt(1 - v**2 / c**2), {"m": 2, "c": 3, "v": 1.5}),
    (r"2\pi\sqrt{\frac{\ell}{g}}", WIKI, lambda ell, g: 2 * m.pi * m.sqrt(ell / g), {"ell": 2, "g": 9.75}),
    (r"x(t) = A e^{-\gamma t}\cos(\omega t + \varphi)", WIKI, lambda t, A, γ, ω, φ: A * m.exp(-γ * t) * m.cos(ω * t + φ), {"t": 0.5, "A": 2, "γ": 0.3, "ω": 4, "φ": 0.1}),
    (r"\frac{v_0^2 \sin(2\theta)}{g}", WIKI, lambda v_0, θ, g: v_0**2 * m.sin(2 * θ) / g, {"v_0": 12, "θ": 0.6, "g": 9.75}),
    (r"E^0 - \frac{RT}{nF}\ln\frac{c_1}{c_2}", WIKI, lambda E, R, T, n, F, c_1, c_2: 1 - R * T / (n * F) * m.log(c_1 / c_2), {"E": 2, "R": 8.25, "T": 3, "n": 2, "F": 96.5, "c_1": 0.1, "c_2": 2}),
    (r"\left(P + \frac{a n^2}{V^2}\right)(V - nb)", WIKI, lambda P, a, n, V, b: (P + a * n**2 / V**2) * (V - n * b), {"P": 1, "a": 1.375, "n": 2, "V": 5, "b": 0.03125}),
    (r"P \frac{r(1+r)^n}{(1+r)^n - 1}", WIKI, lambda P, r, n: P * r * (1 + r) ** n / ((1 + r) ** n - 1), {"P": 1000, "r": 0.05, "n": 12}),
    (r"\frac{-b + \sqrt{b^2 - 4ac}}{2a}", WIKI, lambda b, a, c: (-b + m.sqrt(b**2 - 4 * a * c)) / (2 * a), {"b": 5, "a": 1, "c": 2}),
    (r"2r\arcsin\sqrt{\sin^2\left(\frac{\varphi_2-\varphi_1}{2}\right)+\cos\varphi_1\cos\varphi_2\sin^2\left(\frac{\lambda_2-\lambda_1}{2}\right)}", WIKI, lambda r, φ_2, φ_1, λ_2, λ_1: 2 * r * m.asin(m.sqrt(m.sin((φ_2 - φ_1) / 2) ** 2 + m.cos(φ_1) * m.cos(φ_2) * m.sin((λ_2 - λ_1) / 2) ** 2)), {"r": 6371, "φ_2": 0.9, "φ_1": 0.7, "λ_2": 0.2, "λ_1": 0.1}),
)  # fmt: skip
"""Text, where such a formula stands, its meaning in mpmath, and a point. Facts only: the numbers are ours."""


def test_there_are_fifty_formulas_of_the_public() -> None:
    assert len({text for text, *_ in REAL}) >= 50


@pytest.mark.parametrize(("text", "meaning", "point"), [(text, meaning, point) for text, _, meaning, point in REAL])
def test_a_formula_of_the_public_is_read_as_it_is_meant(
    text: str, meaning: Callable[..., Any], point: dict[str, float]
) -> None:
    answer = Gradient(parse(text, variables=point)).at(point)
    names = meaning.__code__.co_varnames[: meaning.__code__.co_argcount]
    with mp.workdps(50):
        exact = [mp.mpf(point[name]) for name in names]
        assert answer.value == pytest.approx(float(meaning(*exact)), rel=1e-13)
        for at, name in enumerate(names):
            order = tuple(int(other == at) for other in range(len(names)))
            assert answer.gradient.get(name, 0.0) == pytest.approx(
                float(mp.diff(meaning, tuple(exact), order)), rel=1e-11, abs=1e-15
            )


def drawn() -> Iterator[Any]:
    """Two hundred formulas of SymPy over functions of the table."""
    import sympy as sp

    x, y, a, t = sp.symbols("x y alpha theta_1", positive=True)
    heads = [sp.sin, sp.cos, sp.tan, sp.exp, sp.log, sp.sqrt, sp.sinh, sp.cosh, sp.tanh, sp.asin, sp.atan, sp.acosh]
    heads += [sp.erf, sp.erfc, sp.gamma, sp.loggamma, sp.Abs, sp.floor, sp.ceiling, sp.cbrt, sp.asinh, sp.acos, sp.sign]
    inner = [x / 3, x * y / 4, x**2 / 5, sp.sqrt(x) / 2, x / (x + y), (x + 1) ** sp.Rational(-2, 3), sp.exp(-x * a) / 2]
    for head, argument in product(heads, inner):
        yield head(argument + (2 if head is sp.acosh else 0)) ** 2 / t - y * argument
    for head, other in product(heads[:6], heads[6:10]):
        yield head(x) * other(y) / (1 + a * x) + x ** (y - 1)
    yield from [sp.Max(x, y) * sp.Min(a, t), sp.Piecewise((x, x > y), (y**2, True)), sp.Mod(x, y), sp.log(x, 2) * x]
    yield from [sp.atan2(y, x), x**-y, sp.Rational(3, 7) * x, -(x**2) + (-x) ** 2, x**y**a, (x**y) ** a, 2 ** (x / 2)]
    yield from [
        sp.sin(2 * x) / x,
        x * 1e-7,
        1.5 * x,
        (x - y) * (y - x) / 2,
        sp.pi * x / sp.E,
        sp.sin(x) ** -1,
        1 / sp.log(x) ** 2,
    ]


def test_what_sympy_prints_is_read_and_equal_or_asked_about() -> None:
    import sympy as sp

    formulas = list(drawn())
    point = {"x": 1.25, "y": 0.75, "alpha": 0.5, "theta_1": 2.0}
    read = 0
    for formula in formulas:
        try:
            program = parse(sp.latex(formula), variables=point)
        except AmbiguityError:
            continue
        value = evaluate(program.graph, [program.output], point)[0]
        exact = formula.subs({symbol: sp.Rational(point[symbol.name]) for symbol in formula.free_symbols})
        assert value == pytest.approx(float(exact.evalf(30)), rel=1e-12), sp.latex(formula)
        read += 1
    assert len(formulas) >= 200
    assert read >= len(formulas) - 4


def test_what_gradcli_prints_as_latex_is_read_back() -> None:
    from gradcli.emit.latex import latex

    point = {"x": 1.25, "y": 0.75, "w_1": 0.5}
    for text in (
        "x*w_1 - y^2/(x + 1)",
        "sin(x)^2 + sqrt(y)",
        "abs(x - y)*exp(-x)",
        "if x > y then x else y^2",
        "floor(x/y) + ln(x)",
    ):
        program = parse(text)
        again = parse(latex(program.graph, program.output), variables=point)
        first, second = (evaluate(it.graph, [it.output], point) for it in (program, again))
        assert first == second


@pytest.mark.parametrize("text", [r"\frac{x}", "x^{2", r"\foo", r"\sum_{k=0}^{\infty} x^k"])
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(LanguageError):
        parse(text)
