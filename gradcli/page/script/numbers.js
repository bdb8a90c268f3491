// Numbers for reading as Python writes them, and as people type them.
const model = JSON.parse(document.getElementById("model").textContent);
const DASH = "–";
const byId = (key) => document.getElementById(key);

// So many significant digits, halves to even, no zeros at the end: Python's `g`.
function rounded(x, digits = model.digits) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
  if (x === 0) return "0";
  const [whole, power] = decimalDigits(Math.abs(x), digits);
  const sign = x < 0 ? "-" : "";
  if (power < -4 || power >= digits) return `${sign}${placed(whole, 1)}e${power}`;
  return sign + (power < 0 ? placed("0".repeat(-power) + whole, 1) : placed(whole, power + 1));
}

// The digits of a positive number, and the power of ten of the first.
function decimalDigits(x, digits) {
  const [exact, below] = x.toExponential(Math.min(100, digits + 20)).replace(".", "").split("e");
  const isTie = /^50*$/.test(exact.slice(digits)) && "02468".includes(exact[digits - 1]);
  if (isTie) return [exact.slice(0, digits), Number(below)];
  const [text, power] = x.toExponential(digits - 1).replace(".", "").split("e");
  return [text, Number(power)];
}

// Digits with a point after so many, and no zeros behind it.
function placed(digits, before) {
  const behind = digits.slice(before).replace(/0+$/, "");
  return digits.slice(0, before) + (behind ? `.${behind}` : "");
}

// The shortest text that reads back as the same double, as a command takes it.
function exact(x) {
  return Number.isNaN(x) ? "nan" : Number.isFinite(x) ? String(x).replace("e+", "e") : x > 0 ? "inf" : "-inf";
}

// A number as it was typed; undefined for what is none.
function typed(text) {
  const plain = text.trim().replace(/[−–]/g, "-");
  const number = /^[+-]?(\d{1,400}\.?\d{0,400}|\.\d{1,400})(e[+-]?\d{1,4})?$/i.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

const isSame = (a, b) => Object.is(a, b) || a === b;
