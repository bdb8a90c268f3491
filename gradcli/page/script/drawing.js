// The drawing: the numbers in boxes and on arrows, and the signs of arrows.
const picture = document.querySelector(".stage").firstElementChild;
const tiles = [...picture.querySelectorAll(".tile")];
const [lineGroups, boxGroups, chipGroups] = ["arrows", "boxes", "chips"].map((kind) => (tiles.length ? inTiles(kind) : [...picture.querySelector(`.g-${kind}`).children]));
for (const group of [...lineGroups, ...boxGroups, ...chipGroups]) group.prepend(shape("title", {}));

// What stands in tiles, in the order of the model.
function inTiles(kind) {
  const found = [];
  for (const group of picture.querySelectorAll(`.g-${kind}[data-of]`)) group.dataset.of.split(" ").forEach((place, at) => (found[place] = group.children[at]));
  return found;
}

const SIGNS = ["plus", "minus", "zero", "unknown", "dead", "bare"].map((sign) => `g-${sign}`);
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
  return { box, group, outline: group.querySelector("title + *"), value: group.querySelector(".g-v"), gradient: group.querySelector(".g-d"), first: group.querySelectorAll(".g-badge,.g-remark") };
});

const drawnArrows = model.arrows.map((_, at) => {
  const line = lineGroups[at], chip = chipGroups[at], [, capsule, sign, number] = chip.children;
  line.dataset.arrow = at;
  chip.dataset.chip = at;
  if (number) isNew(number, "text", number.textContent);
  return { line, chip, capsule, sign, number, middle: number && middleOf(chip, capsule), path: line.querySelector("path") };
});

// Where the middle of a chip is, and its upper end.
function middleOf(chip, capsule) {
  const { e: left, f: top } = chip.transform.baseVal.getItem(0).matrix;
  return [left + capsule.width.baseVal.value / 2, top];
}

// Of a drawing in tiles only those in sight follow each frame; the rest is drawn once it is quiet. A tile's place is told
// in parts of the whole, so that one place alone is asked for.
const tilePlaces = tiles.map(({ style }) => [style.left, style.top, style.width, style.height].map((share) => parseFloat(share) / 100));

function inSight() {
  if (!tiles.length) return () => true;
  const sheet = picture.getBoundingClientRect(), stage = picture.parentNode.getBoundingClientRect();
  const isSeen = ([x, y, width, height]) => {
    const left = sheet.left + x * sheet.width, top = sheet.top + y * sheet.height;
    return left < Math.min(stage.right, innerWidth) && left + width * sheet.width > Math.max(stage.left, 0) && top < Math.min(stage.bottom, innerHeight) && top + height * sheet.height > Math.max(stage.top, 0);
  };
  const seen = new Set(tiles.filter((_, at) => isSeen(tilePlaces[at])));
  return (group) => seen.has(group.ownerSVGElement.parentNode);
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
  setSign(chip, sign);
  setAttribute(shown, "href", `#${picture.id}-${sign}`);
  if (!isNew(number, "text", text)) return;
  const long = 22 + text.length * LETTER * 11;
  number.textContent = text;
  capsule.setAttribute("width", long);
  chip.setAttribute("transform", `translate(${middle[0] - long / 2} ${middle[1]})`);
}

function setLine(at, sign, weight, isDead) {
  const { line, path } = drawnArrows[at], { thin, thick, dead } = model.lines;
  setSign(line, isDead ? "dead" : sign);
  setAttribute(path, "stroke-width", String(isDead ? dead : Math.round(10 * (thin + (thick - thin) * weight)) / 10));
}

// The style knows the ink of a sign, and its dashes.
function setSign(group, sign) {
  if (!isNew(group, "sign", sign)) return;
  group.classList.remove(...SIGNS);
  group.classList.add(`g-${sign}`);
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
  const words = shape("text", { class: "g-remark", y: y - 0.5 }), group = shape("g", {}, back, words);
  box.append(group);
  return { group, back, words, right: x + width };
}
