// Lines in a frame.
const WIDEST = 640, NARROWEST = 260, TALL = 240, LEFT = 78, BELOW = 30;

function shape(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// Lines of points over a frame with the ends of both axes, as wide as there is room; `far` lines do not widen the frame.
function chart({ points, far = [], dots = [], name, across, room, isWhole = false }) {
  const all = points.flat(), wide = Math.max(NARROWEST, Math.min(WIDEST, room || WIDEST));
  const [left, right] = ends(all.map(([x]) => x)), heights = all.map(([, y]) => y).filter(Number.isFinite);
  const [low, high] = even(ends(isWhole ? heights : inner(heights)));
  const x = (at) => LEFT + ((at - left) / (right - left)) * (wide - LEFT - 10);
  const y = (at) => TALL - BELOW - ((at - low) / (high - low)) * (TALL - BELOW - 12);
  const clipped = (at) => Math.max(-1e4, Math.min(1e4, at));
  const way = (line) => line.map(([a, b], at) => (Number.isFinite(b) ? `${at && Number.isFinite(line[at - 1][1]) ? "L" : "M"}${x(a).toFixed(1)} ${clipped(y(b)).toFixed(1)}` : "")).join("");
  const frame = shape("path", { class: "axis", d: `M${LEFT} 6V${TALL - BELOW}H${wide - 6}` });
  const lines = points.map((line) => shape("path", { class: "f", d: way(line) }));
  const tangents = far.map((line) => shape("path", { class: "t", d: way(line) }));
  const marks = dots.filter(([, b]) => Number.isFinite(b)).map(([a, b]) => shape("circle", { cx: x(a), cy: clipped(y(b)), r: 4.5 }));
  const letter = (text, at, line, anchor) => shape("text", { x: at, y: line, "text-anchor": anchor }, text);
  const words = [letter(rounded(high, 4), LEFT - 6, 16, "end"), letter(rounded(low, 4), LEFT - 6, TALL - BELOW, "end"), letter(rounded(left, 4), LEFT, TALL - 10, "start"), letter(rounded(right, 4), wide - 6, TALL - 10, "end"), letter(amid(across, (wide - LEFT) / 16), (LEFT + wide) / 2, TALL - 10, "middle")];
  const inside = shape("svg", { x: LEFT, y: 2, width: wide - LEFT, height: TALL - BELOW, viewBox: `${LEFT} 2 ${wide - LEFT} ${TALL - BELOW}`, overflow: "hidden" }, ...lines, ...tangents, ...marks);
  return shape("svg", { viewBox: `0 0 ${wide} ${TALL}`, width: wide, height: TALL, role: "img", "aria-label": name }, frame, inside, ...words);
}

// A name cut in the middle.
function amid(name, most) {
  const half = Math.floor(most / 2);
  return name.length <= most ? name : `${name.slice(0, half)}…${name.slice(-half)}`;
}

// The least and the greatest of some numbers, apart even where they are one.
function ends(numbers) {
  const low = Math.min(...numbers), high = Math.max(...numbers);
  if (!numbers.length) return [-1, 1];
  const room = high > low ? 0 : Math.max(Math.abs(low), 1) / 2;
  return [low - room, high + room];
}

// The same, further apart, at multiples of a round number.
function even([low, high]) {
  const step = 10 ** Math.floor(Math.log10((high - low) / 2));
  const [from, to] = [Math.floor(low / step) * step, Math.ceil(high / step) * step].map((end) => Number(end.toPrecision(12)));
  return Number.isFinite(to - from) && from <= low && high <= to ? [from, to] : [low, high];
}

// Without the few that are so far out that nothing else would be seen.
function inner(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b), cut = Math.floor(sorted.length / 20);
  const [low, high] = [sorted[cut], sorted[sorted.length - 1 - cut]], room = 2 * (high - low);
  return sorted.filter((y) => y >= low - room && y <= high + room);
}
