// Numbers for reading as Python writes them, and as people type them.
const model = JSON.parse(document.getElementById("model").textContent);
const keyed = (keys, told) => Object.fromEntries(told.map((it, at) => [keys[at], it ?? undefined]));
const { names } = model;

// What the model leaves out is as usual, and the texts of boxes stand in the table.
model.bindings = keyed(names, model.bindings.map(Number));
model.variables = keyed(names, model.variables);
model.gradient = keyed(model.by ?? names, model.gradient);
model.flows = model.flows.map((row) => {
  const flow = keyed(model.flow, row), usual = { means: flow.partial, after: flow.gives, idle: 0, guard: model.one, counts: model.one };
  for (const [key, it] of Object.entries(usual)) flow[key] ??= it;
  return flow;
});
const tableRows = [...document.querySelectorAll("#table tbody tr")].map((row) => [...row.cells]);
model.boxes = model.boxes.map((row, at) => {
  const [title, does] = tableRows[at];
  return { ...keyed(model.box, row), title: title.textContent, does: does.className ? "" : does.textContent };
});
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

const MOST_SURE = 15, LEAST_SURE = 3e-308;

// The digits of a positive number, and the power of ten of the first. JavaScript rounds halves up; a half is a double
// whose shortest text has one digit more.
function decimalDigits(x, digits) {
  const [shortest, power] = scientific(x.toExponential());
  if (shortest.length <= digits && digits <= MOST_SURE && x > LEAST_SURE) return [shortest.padEnd(digits, "0"), power];
  if (shortest.length === digits + 1 && shortest.endsWith("5") && "02468".includes(shortest[digits - 1])) {
    const [exact] = scientific(x.toExponential(100));
    if (/^50*$/.test(exact.slice(digits))) return [exact.slice(0, digits), power];
  }
  return scientific(x.toExponential(digits - 1));
}

function scientific(text) {
  const [digits, power] = text.split("e");
  return [digits.replace(".", ""), Number(power)];
}

// Digits with a point after so many, and no zeros behind it.
function placed(digits, before) {
  const behind = digits.slice(before).replace(/0+$/, "");
  return digits.slice(0, before) + (behind ? `.${behind}` : "");
}

// The shortest text that reads back as the same double, as a command takes it.
function exact(x) {
  if (!Number.isFinite(x)) return rounded(x);
  return Object.is(x, -0) ? "-0" : String(x).replace("e+", "e");
}

// A number as it was typed; undefined for what is none.
function typed(text) {
  const plain = text.trim().replace(/[−–]/g, "-");
  const number = /^[+-]?(\d{1,400}\.?\d{0,400}|\.\d{1,400})(e[+-]?\d{1,4})?$/i.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

const isSame = Object.is;
