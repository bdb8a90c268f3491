// What the kernels of gradcli stand on, in JavaScript: Python's operations on whole numbers, and functions of `math`,
// `operator` and gradcli.kernels that JavaScript has itself, or cannot have from their Python source, which catches an
// exception or calls C. Each is named after what it stands for, module$name, and takes and gives floats unless the line
// above it says more. An int is a BigInt. A piece is included only where it is needed; it ends at a blank line.

const operator$add = (x, y) => x + y;

const operator$sub = (x, y) => x - y;

const operator$mul = (x, y) => x * y;

const operator$neg = x => -x;

const arithmetic$div = (x, y) => x / y;

// The sign of the divisor, as in Python; JavaScript's % has that of x.
const arithmetic$mod = (x, y) => {
  const rest = x % y;
  return rest === 0 ? math$copysign(0, y) : y < 0 !== rest < 0 && rest === rest ? rest + y : rest;
};

// In C99, 1 to any power is 1, and so is -1 to an infinite one.
const arithmetic$power = (x, y) => x === 1 || x === -1 && Math.abs(y) === Infinity ? 1 : Math.pow(x, y);

const arithmetic$floor = Math.floor;

const arithmetic$ceil = Math.ceil;

const logic$lt = (x, y) => +(x < y);

const logic$le = (x, y) => +(x <= y);

const logic$gt = (x, y) => +(x > y);

const logic$ge = (x, y) => +(x >= y);

const logic$eq = (x, y) => +(x === y);

const logic$ne = (x, y) => +(x !== y);

const logic$and = (x, y) => +(x !== 0 && y !== 0);

const logic$or = (x, y) => +(x !== 0 || y !== 0);

const logic$not = x => +(x === 0);

const logic$where = (condition, x, y) => condition !== 0 ? x : y;

const math$fabs = Math.abs;

const math$sqrt = Math.sqrt;

const math$cbrt = Math.cbrt;

const math$hypot = Math.hypot;

const math$exp = Math.exp;

const elementary$exp = Math.exp;

const math$exp2 = x => Math.pow(2, x);

const math$expm1 = Math.expm1;

const math$log = Math.log;

const elementary$log = Math.log;

const math$log1p = Math.log1p;

const math$log2 = Math.log2;

const math$log10 = Math.log10;

const math$sin = Math.sin;

const math$cos = Math.cos;

const math$tan = Math.tan;

const math$asin = Math.asin;

const math$acos = Math.acos;

const math$atan = Math.atan;

const math$atan2 = Math.atan2;

const math$sinh = Math.sinh;

const elementary$sinh = Math.sinh;

const math$cosh = Math.cosh;

const math$tanh = Math.tanh;

const math$asinh = Math.asinh;

const math$acosh = Math.acosh;

const math$atanh = Math.atanh;

// The series of Abramowitz and Stegun 7.1.5 near 0, where 1 - erfc(x) has lost digits.
const math$erf = x => {
  if (!(Math.abs(x) < 0.5)) return Math.sign(x) * (1 - erfc$erfc(Math.abs(x)));
  let sum = 0;
  for (let n = 14, factorial = 87178291200; n > 0; factorial /= n--) sum = x * x * ((n % 2 ? -1 : 1) / (factorial * (2 * n + 1)) + sum);
  return 1.1283791670955126 * x * (1 + sum);
};

const math$floor = Math.floor;

const math$radians = x => x * (Math.PI / 180);

const math$degrees = x => x * (180 / Math.PI);

const math$copysign = (x, y) => y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x);

// What C's fmod is.
const math$fmod = (x, y) => x % y;

// (x: float) -> bool
const math$isfinite = Number.isFinite;

// (x: float) -> bool
const math$isinf = x => Math.abs(x) === Infinity;

// (x: float) -> bool
const math$isnan = Number.isNaN;

// (terms: list[float]) -> float
const math$fsum = terms => {
  if (!terms.every(Number.isFinite)) return terms.reduce((x, y) => x + y, 0);
  const [top, bottom] = terms.map(float$as_integer_ratio).reduce(([a, b], [c, d]) => [a * d + c * b, b * d]);
  return fixed_point$ratio(top, bottom);
};

// (x: float) -> tuple[float, int]
const math$frexp = x => {
  if (x === 0 || !Number.isFinite(x)) return [x, 0n];
  const small = Math.abs(x) < 2.2250738585072014e-308;
  float$view.setFloat64(0, small ? x * 2 ** 54 : x);
  const high = float$view.getUint16(0);
  float$view.setUint16(0, high & 0x800f | 0x3fe0);
  return [float$view.getFloat64(0), BigInt((high >> 4 & 0x7ff) - (small ? 1076 : 1022))];
};

const float$view = new DataView(new ArrayBuffer(8));

// (x: float, k: int) -> float
const math$ldexp = (x, k) => {
  if (x === 0 || !Number.isFinite(x)) return x;
  const [top, bottom] = float$as_integer_ratio(x);
  return k < 0n ? fixed_point$ratio(top, bottom << -k) : fixed_point$ratio(top << k, bottom);
};

// (n: int) -> int
const math$factorial = n => {
  let product = 1n;
  for (; n > 1n; n--) product *= n;
  return product;
};

// (n: int) -> int
const math$isqrt = n => {
  if (n < 2n) return n;
  let root = 1n << (int$bit_length(n) + 1n >> 1n);
  for (let next; (next = root + n / root >> 1n) < root; root = next);
  return root;
};

// (factors: list[int]) -> int
const math$prod = factors => factors.reduce((x, y) => x * y, 1n);

// (x: float) -> tuple[int, int]
const float$as_integer_ratio = x => {
  let [top, k] = math$frexp(x), places = 0;
  for (; top % 1; places++) top *= 2;
  k -= BigInt(places);
  return k < 0n ? [BigInt(top), 1n << -k] : [BigInt(top) << k, 1n];
};

// The nearest double, halves to even, in one rounding: as a whole number of units of its last place, then scaled.
// (top: int, bottom: int) -> float
const fixed_point$ratio = (top, bottom) => {
  const sign = top < 0n !== bottom < 0n ? -1 : 1;
  let a = int$abs(top), b = int$abs(bottom);
  if (a === 0n) return sign * 0;
  const length = int$bit_length(a) - int$bit_length(b);
  const above = length < 0n ? a << -length < b : a < b << length;
  let unit = length - (above ? 53n : 52n);
  if (unit > 971n) return sign * Infinity;
  if (unit < -1074n) unit = -1074n;
  if (unit < 0n) a <<= -unit; else b <<= unit;
  let units = a / b;
  const twice = (a - units * b) * 2n;
  if (twice > b || twice === b && units & 1n) units++;
  return sign * Number(units) * 2 ** Number(unit);
};

// (x: int) -> int
const int$abs = x => x < 0n ? -x : x;

// (x: int) -> int
const int$bit_length = x => {
  const digits = int$abs(x).toString(16);
  return x ? BigInt(4 * digits.length - Math.clz32(parseInt(digits[0], 16)) + 28) : 0n;
};

// (x: int, y: int) -> int
const int$floordiv = (x, y) => x < 0n === y < 0n || x % y === 0n ? x / y : x / y - 1n;

// (x: int, y: int) -> int
const int$mod = (x, y) => x - y * int$floordiv(x, y);

// (x: int, y: int) -> tuple[int, int]
const int$divmod = (x, y) => {
  const quotient = int$floordiv(x, y);
  return [quotient, x - y * quotient];
};

// (terms: list[int]) -> int
const int$sum = terms => terms.reduce((x, y) => x + y, 0n);

// (x: float) -> int
const float$int = x => BigInt(Math.trunc(x));

// (x: float) -> int
const float$round = x => BigInt(arithmetic$rounded(x));

const list$max = values => values.reduce((x, y) => y > x ? y : x);

const list$min = values => values.reduce((x, y) => y < x ? y : x);

const list$len = values => BigInt(values.length);

const list$at = (values, place) => {
  const value = values[Number(place < 0n ? BigInt(values.length) + place : place)];
  if (value === undefined) throw new RangeError(place);
  return value;
};

const list$put = (values, place, value) => {
  if (place < 0n || place >= BigInt(values.length)) throw new RangeError(place);
  values[Number(place)] = value;
};

const list$reversed = values => [...values].reverse();

// As zip with strict=True, without which no kernel calls it.
const list$zip = (one, other) => {
  if (one.length !== other.length) throw new RangeError(other.length);
  return one.map((value, at) => [value, other[at]]);
};

const list$enumerate = (values, start) => values.map((value, at) => [BigInt(at) + start, value]);

// (first: int, end: int, step: int) -> list[int]
const int$range = (first, end, step) => {
  const numbers = [];
  for (let n = first; step > 0n ? n < end : n > end; n += step) numbers.push(n);
  return numbers;
};

const functools$cache = function_ => {
  const known = new Map();
  return (...operands) => {
    const key = operands.length > 1 ? operands.join() : operands[0];
    if (!known.has(key)) known.set(key, function_(...operands));
    return known.get(key);
  };
};
