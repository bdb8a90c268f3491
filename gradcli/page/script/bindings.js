// A slider and a field for each variable. The slider's range grows with what is typed.
const SPAN = 2, TICKS = 400;

function range(x) {
  const span = SPAN * Math.max(1, Math.abs(x));
  return { low: x - span, high: x + span, tick: 10 ** Math.floor(Math.log10((2 * span) / TICKS) + 0.5) };
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
  const { low, high, tick } = range(Number.isFinite(state.bindings[name]) ? state.bindings[name] : 0);
  Object.assign(slider, { min: low, max: high, step: tick });
}

function bindTo(name, value) {
  state.bindings[name] = value;
  changed();
}

function showBindings() {
  for (const row of rows) {
    const value = state.bindings[row.name];
    if (value < Number(row.slider.min) || value > Number(row.slider.max)) setRange(row);
    if (document.activeElement !== row.slider) row.slider.value = value;
    if (document.activeElement !== row.field) setField(row.field, exact(value));
  }
  if (rows.length) byId("restart").disabled = isAsGiven();
}

function setField(field, text) {
  field.value = text;
  field.removeAttribute("aria-invalid");
  field.setCustomValidity("");
}

// What a field holds once it is a number; until then it is marked, and nothing changes.
function readField(field, then) {
  const value = typed(field.value);
  field.toggleAttribute("aria-invalid", value === undefined);
  if (value === undefined) field.setAttribute("aria-invalid", "true");
  field.setCustomValidity(value === undefined ? "a number, as 0.5 or 1e-3" : "");
  if (value !== undefined) then(value);
}

function startBindings() {
  if (!rows.length) byId("bindings").remove();
  for (const row of rows) {
    setRange(row);
    row.slider.addEventListener("input", () => bindTo(row.name, nearest(Number(row.slider.value))));
    row.field.addEventListener("input", () => readField(row.field, (value) => bindTo(row.name, value)));
    row.field.addEventListener("change", () => setField(row.field, exact(state.bindings[row.name])));
    document.querySelector("#bindings .grid").append(row.row);
  }
  byId("restart")?.addEventListener("click", () => (Object.assign(state.bindings, given), rows.forEach(setRange), changed()));
}

// A slider's number without what its steps add by rounding.
function nearest(x) {
  return Number(x.toPrecision(12));
}
