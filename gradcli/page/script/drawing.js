// The drawing: the numbers in boxes and on arrows, and the signs of arrows.
const picture = document.querySelector("#drawing svg");
const [lineGroups, boxGroups, chipGroups] = ["arrows", "boxes", "chips"].map((kind) => [...picture.querySelector(`.g-${kind}`).children]);
for (const group of [...lineGroups, ...boxGroups, ...chipGroups]) group.prepend(shape("title", {}));
const LETTER = 0.602;
const LONGEST_FACTOR = 9;

// Only what changes is written, and what stands there is not read again: this script alone writes it.
const written = new WeakMap();

function isNew(element, name, value) {
  if (!written.has(element)) written.set(element, {});
  const known = written.get(element);
  return known[name] !== value && ((known[name] = value), true);
}

function setText(element, text) {
  if (!element || !isNew(element, "text", text)) return;
  if (element.firstChild?.nodeType === Node.TEXT_NODE && !element.firstChild.nextSibling) element.firstChild.data = text;
  else element.textContent = text;
}

function setAttribute(element, name, value) {
  if (element && isNew(element, name, value)) element.setAttribute(name, value);
}

function setClass(element, name, isOn) {
  if (element && isNew(element, `.${name}`, isOn)) element.classList.toggle(name, isOn);
}

const drawnBoxes = model.boxes.map((box, at) => {
  const group = boxGroups[at];
  group.dataset.box = at;
  return { box, group, outline: group.querySelector("title + *"), value: group.querySelector(".is-value"), gradient: group.querySelector(".is-gradient"), first: group.querySelectorAll(".g-badge,.g-remark") };
});

const drawnArrows = model.arrows.map((_, at) => {
  const line = lineGroups[at], chip = chipGroups[at], [, capsule, sign, number] = chip.children;
  line.dataset.arrow = at;
  chip.dataset.chip = at;
  if (number) isNew(number, "text", number.textContent);
  return { line, chip, capsule, sign, number, middle: number && middleOf(chip, capsule), paths: line.querySelectorAll("path") };
});

// Where the middle of a chip is, and its upper end.
function middleOf(chip, capsule) {
  const { e: left, f: top } = chip.transform.baseVal.getItem(0).matrix;
  return [left + capsule.width.baseVal.value / 2, top];
}

// Of a large drawing only what is in sight follows each frame; the rest is drawn once it is quiet.
const FEW = 150;
let places;

function placeOf(group) {
  const { x, y, width, height } = group.getBBox(), { e, f } = group.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
  return [x + e, y + f, x + e + width, y + f + height];
}

function inSight() {
  if (boxGroups.length < FEW) return () => true;
  places ??= new Map([...boxGroups, ...lineGroups, ...chipGroups].map((group) => [group, placeOf(group)]));
  const { a: scale, e: x, f: y } = boxGroups[0].parentNode.getScreenCTM(), stage = picture.parentNode.getBoundingClientRect();
  const left = (Math.max(stage.left, 0) - x) / scale, right = (Math.min(stage.right, innerWidth) - x) / scale;
  const top = (Math.max(stage.top, 0) - y) / scale, bottom = (Math.min(stage.bottom, innerHeight) - y) / scale;
  return (group) => (([x1, y1, x2, y2]) => x1 < right && x2 > left && y1 < bottom && y2 > top)(places.get(group));
}

// Dots around a box to which nothing comes back, for a branch that is not taken.
function setDead(at, isDead) {
  const outline = drawnBoxes[at].outline;
  setAttribute(outline, "stroke-dasharray", isDead ? model.lines.dots : "none");
  setAttribute(outline, "stroke-linecap", isDead ? "round" : "butt");
}

const signOf = (x) => (Number.isNaN(x) ? "unknown" : x > 0 ? "plus" : x < 0 ? "minus" : "zero");

// The number on an arrow: digits give way, never its exponent.
function fitting(text) {
  if (text.length <= LONGEST_FACTOR) return text;
  if (text.includes("^")) return `${text.slice(0, 4)}…${text.slice(-4)}`;
  const [mantissa, power] = text.split("e");
  const behind = power === undefined ? "" : `e${power}`;
  for (let digits = 17; digits > 0; digits--) {
    const shorter = rounded(Number(mantissa), digits) + behind;
    if (shorter.length <= LONGEST_FACTOR) return shorter;
  }
  return "…";
}

// A chip around its middle, as wide as its text.
function setChip(at, sign, text) {
  const { chip, capsule, sign: shown, number, middle } = drawnArrows[at];
  if (!number) return;
  setAttribute(capsule, "class", `g-${model.marks[sign][1]}-line`);
  setAttribute(shown, "href", `#${picture.id}-${sign}`);
  if (!isNew(number, "text", text)) return;
  const long = 22 + text.length * LETTER * 11;
  number.textContent = text;
  capsule.setAttribute("width", long);
  chip.setAttribute("transform", `translate(${middle[0] - long / 2} ${middle[1]})`);
}

function setLine(at, sign, weight, isDead) {
  const { paths } = drawnArrows[at];
  const { thin, thick, dots } = model.lines, dashes = isDead ? dots : model.marks[sign][0];
  const ink = model.marks[sign][1];
  setAttribute(paths[0], "class", `g-${ink}-line`);
  setAttribute(paths[1], "class", `g-${ink}`);
  setAttribute(paths[0], "stroke-width", String(isDead ? 1.8 : Math.round(10 * (thin + (thick - thin) * weight)) / 10));
  setAttribute(paths[0], "stroke-dasharray", dashes || "none");
  setAttribute(paths[0], "stroke-linecap", dashes.startsWith("0") ? "round" : "butt");
}

// A badge on the upper border of a box: that which was drawn, where `text` is undefined, else one with this text.
function setBadge(at, text) {
  const known = drawnBoxes[at];
  for (const element of known.first) setAttribute(element, "visibility", text === undefined ? "visible" : "hidden");
  if (text) known.badge ??= newBadge(known.group);
  setAttribute(known.badge?.group, "visibility", text ? "visible" : "hidden");
  if (!text || !isNew(known.badge.words, "text", `! ${text}`)) return;
  const { right, words, back } = known.badge, long = (text.length + 2) * LETTER * 11 + 10;
  words.textContent = `! ${text}`;
  words.setAttribute("x", right - long + 5);
  back.setAttribute("x", right - long);
  back.setAttribute("width", long);
}

function newBadge(box) {
  const { x, y, width } = box.querySelector("title + *").getBBox();
  const back = shape("rect", { class: "g-badge", y: y - 12, height: 15, rx: 4 });
  const words = shape("text", { class: "g-remark", y: y - 0.5, "font-size": 11 }), group = shape("g", {}, back, words);
  box.append(group);
  return { group, back, words, right: x + width };
}
