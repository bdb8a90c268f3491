// The output along one variable, with its tangent: where it is no number there is a gap.
const WIDE = 640, TALL = 240, LEFT = 78, BELOW = 30, SAMPLES = 201;
const valueOrder = needed([model.output]);

function shape(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// Lines of points over a frame with the ends of both axes; `far` lines do not widen the frame.
function chart({ points, far = [], dots = [], name, across }) {
  const all = points.flat().filter(([, y]) => Number.isFinite(y));
  const [left, right] = ends(all.map(([x]) => x)), [low, high] = ends(inner(all.map(([, y]) => y)));
  const x = (at) => LEFT + ((at - left) / (right - left)) * (WIDE - LEFT - 10);
  const y = (at) => TALL - BELOW - ((at - low) / (high - low)) * (TALL - BELOW - 12);
  const clipped = (at) => Math.max(-1e4, Math.min(1e4, at));
  const way = (line) => line.map(([a, b], at) => (Number.isFinite(b) ? `${at && Number.isFinite(line[at - 1][1]) ? "L" : "M"}${x(a).toFixed(1)} ${clipped(y(b)).toFixed(1)}` : "")).join("");
  const frame = shape("path", { class: "axis", d: `M${LEFT} 6V${TALL - BELOW}H${WIDE - 6}` });
  const lines = points.map((line) => shape("path", { class: "f", d: way(line) }));
  const tangents = far.map((line) => shape("path", { class: "t", d: way(line) }));
  const marks = dots.map(([a, b]) => shape("circle", { cx: x(a), cy: clipped(y(b)), r: 4.5 }));
  const letter = (text, at, line, anchor) => shape("text", { x: at, y: line, "text-anchor": anchor }, text);
  const words = [letter(rounded(high, 4), LEFT - 6, 16, "end"), letter(rounded(low, 4), LEFT - 6, TALL - BELOW, "end"), letter(rounded(left, 4), LEFT, TALL - 10, "start"), letter(rounded(right, 4), WIDE - 6, TALL - 10, "end"), letter(across, (LEFT + WIDE) / 2, TALL - 10, "middle")];
  const inside = shape("svg", { x: LEFT, y: 2, width: WIDE - LEFT, height: TALL - BELOW, viewBox: `${LEFT} 2 ${WIDE - LEFT} ${TALL - BELOW}`, overflow: "hidden" }, ...lines, ...tangents, ...marks);
  return shape("svg", { viewBox: `0 0 ${WIDE} ${TALL}`, width: WIDE, height: TALL, role: "img", "aria-label": name }, frame, inside, ...words);
}

// The least and the greatest of some numbers, apart even where they are one.
function ends(numbers) {
  const low = Math.min(...numbers), high = Math.max(...numbers);
  if (!numbers.length) return [-1, 1];
  const room = high > low ? 0 : Math.max(Math.abs(low), 1) / 2;
  return [low - room, high + room];
}

// Without the few that are so far out that nothing else would be seen.
function inner(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b), cut = Math.floor(sorted.length / 20);
  const [low, high] = [sorted[cut], sorted[sorted.length - 1 - cut]], room = 2 * (high - low);
  return sorted.filter((y) => y >= low - room && y <= high + room);
}

let axis = { name: names[0], low: undefined, high: undefined };

function drawCurve() {
  const figure = byId("curve");
  if (!figure || axis.name === undefined) return;
  const at = state.bindings[axis.name], { low, high } = axisRange();
  const sample = (x) => [x, evaluate({ ...state.bindings, [axis.name]: x }, valueOrder)[model.output]];
  const line = Array.from({ length: SAMPLES }, (_, index) => sample(low + ((high - low) * index) / (SAMPLES - 1)));
  const place = model.gradient[axis.name], here = values[model.output], slope = place === undefined ? NaN : values[place];
  const tangent = Number.isFinite(slope) && Number.isFinite(here) ? [[low, high].map((x) => [x, here + slope * (x - at)])] : [];
  const words = `${model.name} along ${axis.name} from ${rounded(low)} to ${rounded(high)}; at ${rounded(at)} it is ${rounded(here)}, with slope ${rounded(slope)}`;
  figure.replaceChildren(chart({ points: [parted(line)], far: tangent, dots: [[at, here]], name: words, across: axis.name }), node("figcaption", words));
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
    const x = (a[0] + b[0]) / 2, middle = [x, evaluate({ ...state.bindings, [axis.name]: x }, valueOrder)[model.output]];
    if (!Number.isFinite(middle[1])) return true;
    [a, b] = Math.abs(middle[1] - a[1]) > Math.abs(b[1] - middle[1]) ? [a, middle] : [middle, b];
  }
  return Math.abs(b[1] - a[1]) > whole / 4;
}

function axisRange() {
  const { low, high } = range(given[axis.name]);
  const at = state.bindings[axis.name];
  return { low: axis.low ?? Math.min(low, at), high: axis.high ?? Math.max(high, at) };
}

function startCurve() {
  const chooser = byId("axis");
  if (!chooser) return;
  chooser.append(...names.map((name) => Object.assign(node("option", name), { value: name })));
  chooser.addEventListener("change", () => {
    axis = { name: chooser.value, low: undefined, high: undefined };
    showAxis();
    drawCurve();
  });
  const apart = (low, high) => low < high;
  byId("axis-from").addEventListener("change", (event) => readField(event.target, (low) => apart(low, axisRange().high) && ((axis.low = low), drawCurve())));
  byId("axis-to").addEventListener("change", (event) => readField(event.target, (high) => apart(axisRange().low, high) && ((axis.high = high), drawCurve())));
  showAxis();
}

function showAxis() {
  const { low, high } = axisRange();
  setField(byId("axis-from"), rounded(low));
  setField(byId("axis-to"), rounded(high));
}
