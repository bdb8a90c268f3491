// The output along one variable, with its tangent: where it is no number there is a gap.
const SAMPLES = 201;
const valueOrder = needed([model.output]);

// The output where the variable of the curve is x.
const outputAt = (x) => evaluate({ ...state.bindings, [state.axis.name]: x }, valueOrder)[model.output];

function drawCurve() {
  const figure = byId("curve");
  if (!figure) return;
  showAxis();
  const { name } = state.axis, at = state.bindings[name], { low, high } = axisRange();
  const sample = (x) => [x, outputAt(x)];
  const line = Array.from({ length: SAMPLES }, (_, index) => sample(low + ((high - low) * index) / (SAMPLES - 1)));
  const place = Object.hasOwn(model.gradient, name) ? model.gradient[name] : undefined, here = values[model.output], slope = place === undefined ? NaN : values[place];
  const tangent = Number.isFinite(slope) && Number.isFinite(here) ? [[low, high].map((x) => [x, here + slope * (x - at)])] : [];
  const words = `${model.name} along ${name} from ${rounded(low)} to ${rounded(high)}; at ${rounded(at)} it is ${rounded(here)}${place === undefined ? "" : `, with slope ${rounded(slope)}`}`;
  figure.replaceChildren(chart({ room: figure.clientWidth, points: [parted(line)], far: tangent, dots: [[at, here]], name: words, across: name }), node("figcaption", words));
}

// A line with a gap where it jumps: where the middle of a steep stretch is as steep still.
function parted(line) {
  const [low, high] = ends(inner(line.map(([, y]) => y).filter(Number.isFinite)));
  return line.flatMap(([x, y], at) => {
    const before = line[at - 1];
    if (!before || Math.abs(y - before[1]) < (high - low) / 4) return [[x, y]];
    return isJump(before, [x, y]) ? [[x, NaN], [x, y]] : [[x, y]];
  });
}

function isJump(from, to) {
  let [a, b] = [from, to];
  const whole = Math.abs(to[1] - from[1]);
  for (let times = 0; times < 20; times++) {
    const x = (a[0] + b[0]) / 2, middle = [x, outputAt(x)];
    if (!Number.isFinite(middle[1])) return true;
    [a, b] = Math.abs(middle[1] - a[1]) > Math.abs(b[1] - middle[1]) ? [a, middle] : [middle, b];
  }
  return Math.abs(b[1] - a[1]) > whole / 4;
}

function axisRange() {
  const { name, low, high } = state.axis, at = state.bindings[name], usual = range(given[name]), near = range(at);
  const found = { low: low ?? (at < usual.low ? near : usual).low, high: high ?? (at > usual.high ? near : usual).high };
  return found.low + (found.high - found.low) / SAMPLES > found.low && Number.isFinite(found.high - found.low) ? found : near;
}

function startCurve() {
  const chooser = byId("axis");
  if (!names.length) return byId("along").remove();
  chooser.append(...names.map((name) => Object.assign(node("option", name), { value: name })));
  chooser.addEventListener("change", () => {
    state.axis = { name: chooser.value };
    turned();
  });
  startEnd("axis-from", "low", (low) => (low < axisRange().high ? "" : "a number below the other end"));
  startEnd("axis-to", "high", (high) => (high > axisRange().low ? "" : "a number above the other end"));
  showAxis();
}

function turned() {
  drawCurve();
  writeAddress();
}

function startEnd(key, end, misfit) {
  byId(key).addEventListener("change", (event) => readField(event.target, (value) => ((state.axis[end] = value), turned()), misfit));
}

function showAxis() {
  byId("axis").value = state.axis.name;
  const { low, high } = axisRange();
  for (const [key, value] of [["axis-from", low], ["axis-to", high]]) {
    if (document.activeElement !== byId(key)) setField(byId(key), rounded(value));
  }
}
