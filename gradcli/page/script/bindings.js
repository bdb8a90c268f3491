// A slider and a field for each variable. The slider's range grows with what is typed.
const SPAN = 2, TICKS = 400, MOST = Number.MAX_VALUE;

function range(x) {
  const middle = Number.isFinite(x) ? Math.max(-MOST / 4, Math.min(MOST / 4, x)) : 0;
  const span = Math.min(SPAN * Math.max(1, Math.abs(middle)), MOST / 4), low = middle - span, high = middle + span;
  return { low, high, tick: 10 ** Math.floor(Math.log10((2 * span) / TICKS) + 0.5) };
}

const rows = names.map((name, index) => {
  const slider = Object.assign(document.createElement("input"), { type: "range", id: `slider-${index}` });
  const field = Object.assign(document.createElement("input"), { type: "text", inputMode: "decimal", id: `field-${index}`, autocomplete: "off" });
  const label = Object.assign(node("label", name), { htmlFor: slider.id });
  field.setAttribute("aria-label", `${name}, exactly`);
  const row = node("div", "", label, slider, field);
  row.className = "binding";
  return { name, slider, field, row };
});

function setRange({ name, slider }) {
  const { low, high, tick } = range(state.bindings[name]);
  Object.assign(slider, { min: low, max: high, step: tick });
}

function restore(row) {
  setRange(row);
  setField(row.field, exact(given[row.name]));
}

function restart() {
  Object.assign(state.bindings, given);
  rows.forEach(restore);
  if (learned.length) forget();
  changed();
}

function bindTo(name, value) {
  state.bindings[name] = value;
  changed();
}

function showBindings() {
  for (const row of rows) {
    const value = state.bindings[row.name];
    if (isSame(value, row.shown)) continue;
    row.shown = value;
    const [low, high] = [Number(row.slider.min), Number(row.slider.max)], isWide = high - low > 100 * SPAN * Math.max(1, Math.abs(value));
    if (value < low || value > high || isWide) setRange(row);
    if (Number.isFinite(value)) row.slider.value = value;
    if (document.activeElement !== row.field) setField(row.field, exact(value));
  }
  if (rows.length) byId("restart").disabled = isAsGiven();
}

function setField(field, text) {
  field.value = text;
  mark(field, "");
}

// A field that is left holds what counts; what was typed in vain is told until another is right.
function leaveField(field, text) {
  const inVain = field.getAttribute("aria-invalid") ? field.value : undefined;
  setField(field, text);
  if (inVain === undefined) return;
  setText(byId("wrong"), `${nameOf(field)}: ${inVain || "nothing"} is no number; it stays ${text}`);
  byId("wrong").hidden = false;
}

const nameOf = (field) => field.getAttribute("aria-label") ?? field.labels[0].textContent.trim();
let wrongField;

// A field says what is wrong with what it holds, or nothing.
function mark(field, wrong) {
  if (wrong) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  field.title = wrong;
  field.setCustomValidity(wrong);
  if (wrong) wrongField = field;
  if (wrongField !== field) return;
  setText(byId("wrong"), `${nameOf(field)}: ${wrong}`);
  byId("wrong").hidden = !wrong;
}

// What a field holds once it is a number, and one that fits; until then it is marked, and nothing changes.
function readField(field, then, misfit = () => "") {
  const value = typed(field.value), wrong = value === undefined ? "a number, as 0.5 or 1e-3" : misfit(value);
  mark(field, wrong);
  if (!wrong) then(value);
}

function startBindings() {
  if (!rows.length) byId("bindings").remove();
  for (const row of rows) {
    setRange(row);
    row.slider.addEventListener("input", () => bindTo(row.name, nearest(Number(row.slider.value))));
    row.field.addEventListener("input", () => readField(row.field, (value) => bindTo(row.name, value)));
    for (const kind of ["change", "blur"]) row.field.addEventListener(kind, () => leaveField(row.field, exact(state.bindings[row.name])));
    document.querySelector("#bindings .grid").append(row.row);
  }
  byId("restart")?.addEventListener("click", restart);
}

// A slider's number without what its steps add by rounding.
function nearest(x) {
  return Number(x.toPrecision(12));
}
