// Both passes, step by step: what is known at the step at hand, and a dash for what is not.
const stepOfFlow = [], valueStep = model.boxes.map(() => 0), flowsOf = model.boxes.map(() => []);
let seedStep = lastStep;
steps.forEach(([box, flow], index) => {
  if (flow >= 0) stepOfFlow[flow] = index + 1;
  else if (index === forward.length) seedStep = index + 1;
  else valueStep[box] = index + 1;
});
model.flows.forEach((flow, at) => flowsOf[model.arrows[flow.arrow][0]].push(at));
const flowOfArrow = new Map(model.flows.map((flow, at) => [flow.arrow, at]));

let values = evaluate(state.bindings);
let shaky = new Set(), sides = [];

const truth = (x) => (x ? "true" : "false");

// A line has its numbers in elements, and those of the table stand in its last two columns: what is in them is Python's,
// and is written again when the bindings are as given.
const lines = [...document.querySelectorAll(".steps li")];
const cells = tableRows.map((row) => row.slice(-2));
const piece = (element, text, at) => ({ element, text, at, first: element.textContent });

function numberPart(element) {
  const { n, truth: isTruth, loose } = element.dataset, at = Number(n ?? isTruth ?? loose);
  const text = () => (isTruth === undefined ? rounded(values[at]) : truth(values[at]));
  return piece(element, loose === undefined ? text : () => ((told) => (told.startsWith("-") ? `(${told})` : told))(text()), at);
}

const numbersIn = (element) => [...element.querySelectorAll("[data-n],[data-truth],[data-loose]")].map(numberPart);

function partsOfFlow(line, flow) {
  const parts = [...line.querySelectorAll("b,i")], [local, upstream, again, sign, product] = parts.length > 4 ? parts : [parts[1], ...parts];
  const formula = line.querySelector("span") ?? document.createElement("span");
  const why = line.querySelector("em") ?? line.appendChild(document.createElement("em"));
  return {
    formula: piece(formula, () => formulaText(flow)),
    local: piece(local, () => partialText(flow), flow.partial),
    upstream: piece(upstream, () => rounded(values[flow.up]), flow.up),
    again: piece(again, () => partialText(flow), flow.partial),
    sign: piece(sign, () => productSign(flow)),
    product: piece(product, () => contributionText(flow), flow.gives),
    why: piece(why, () => ((told) => (told ? ` (${told})` : ""))(whyText(flow))),
  };
}

const partsOfLine = lines.map((line, step) => {
  const [box, flow] = step ? steps[step - 1] : [-1, -1];
  if (flow >= 0) return Object.values((model.flows[flow].shown = partsOfFlow(line, model.flows[flow])));
  return [...numbersIn(line), ...[...line.querySelectorAll("i")].map((sign) => piece(sign, () => madeSign(model.boxes[box].value)))];
});
model.boxes.forEach((box, at) => (box.first = cells[at].map((cell) => cell.textContent)));

function valueText(at) {
  const box = model.boxes[at];
  if (state.step < valueStep[at]) return DASH;
  return isAsGiven() ? box.first[0] : box.truth ? truth(values[box.value]) : rounded(values[box.value]);
}

function adjointText(at) {
  const box = model.boxes[at];
  if (!(box.adjoint >= 0)) return DASH;
  if (at === outputBox) return state.step >= Math.min(seedStep, lastStep) ? box.first[1] : DASH;
  const last = flowsOf[at].filter((flow) => stepOfFlow[flow] <= state.step).at(-1);
  if (last === undefined) return flowsOf[at].length || state.step < lastStep ? DASH : adjointAtEnd(box);
  return isAsGiven() ? model.flows[last].sum || contributionText(model.flows[last]) : rounded(values[model.flows[last].after]);
}

const adjointAtEnd = (box) => (isAsGiven() ? box.first[1] : rounded(values[box.adjoint]));
const isTaken = (flow) => (isAsGiven() ? !flow.dead : Boolean(values[flow.guard]));
const partialText = (flow) => (isAsGiven() ? flow.shown.local.first : rounded(values[flow.counts] ? values[flow.partial] : 0));
const contributionText = (flow) => (isAsGiven() ? flow.shown.product.first : rounded(values[flow.gives]));

function signOfFlow(flow) {
  if (!isAsGiven()) return signOf(values[flow.gives]);
  return contributionText(flow) === "nan" ? "unknown" : ["minus", "zero", "plus"][flow.sign + 1];
}

function whyText(flow) {
  if (isAsGiven()) return flow.shown.why.first.slice(2, -1);
  if (values[flow.gives] !== 0) return "";
  if (values[flow.up] === 0) return "upstream 0";
  const { kink } = model.boxes[model.arrows[flow.arrow][1]];
  if (kink >= 0 && values[kink]) return "convention at the kink";
  return values[flow.counts] && values[flow.partial] !== 0 ? "below the smallest double" : model.idle[flow.idle];
}

// The magnitude of each flow beside the largest, over some powers of ten.
function weights() {
  if (isAsGiven()) return model.flows.map((flow) => flow.weight / 100);
  const sizes = model.flows.map((flow) => Math.abs(values[flow.gives]));
  const largest = Math.max(0, ...sizes.filter(Number.isFinite));
  return sizes.map((size) => {
    if (!size || !largest) return 0;
    const below = Number.isFinite(size) ? Math.log10(largest) - Math.log10(size) : 0;
    return Math.max(0, Math.min(1, 1 - below / model.lines.decades));
  });
}

function drawWalk(isSeen = () => true) {
  const [box, flow] = state.step ? steps[state.step - 1] : [-1, -1];
  const now = flow >= 0 ? model.arrows[model.flows[flow].arrow][0] : box;
  drawnBoxes.forEach(({ group, value, gradient }, at) => {
    if (!isSeen(group)) return;
    setText(value, valueText(at));
    setText(gradient, adjointText(at));
    setAttribute(gradient, "class", `g-${inkOf(adjointText(at))} g-d${shaky.has(model.boxes[at].adjoint) ? " unsure" : ""}`);
    setClass(group, "later", state.step < valueStep[at]);
    setClass(group, "here", at === now);
    setClass(group, "chosen", at === state.box);
    setDead(at, flowsOf[at].length > 0 && !flowsOf[at].some((flow) => isTaken(model.flows[flow])));
    setClass(value, "unsure", shaky.has(model.boxes[at].value));
  });
  const wide = weights();
  drawnArrows.forEach(({ line, chip }, at) => {
    if (!isSeen(line) && !isSeen(chip)) return;
    const place = flowOfArrow.get(at), isBack = place !== undefined && state.step >= stepOfFlow[place];
    setClass(line, "later", state.step < valueStep[model.arrows[at][1]]);
    setClass(line, "now", place !== undefined && place === flow);
    setClass(chip, "later", !isBack);
    if (place === undefined) return;
    const told = model.flows[place], isDead = !isTaken(told);
    const sign = !isBack ? "bare" : isDead ? "dead" : signOfFlow(told);
    setLine(at, sign, isBack ? wide[place] : 0, isDead);
    setChip(at, sign, isBack ? fitting(partialText(told)) : DASH);
  });
}

function inkOf(text) {
  return ["", "nan", "0", DASH].includes(text) ? "quiet" : text.startsWith("-") ? "minus" : "plus";
}

function write(parts) {
  for (const { element, text, at, first, isKnown } of parts) {
    setText(element, isKnown && !isKnown() ? DASH : isAsGiven() ? first : text());
    if (at !== undefined) setClass(element, "unsure", shaky.has(at));
  }
}

// `=` where the shown numbers, taken as exact, give the shown result.
function relation(shown, result) {
  return !Number.isFinite(shown) || rounded(shown) === result ? "=" : "≈";
}

const read = (x) => Number(rounded(x));

function productSign(flow) {
  return relation(read(values[flow.up]) * Number(partialText(flow)), rounded(values[flow.gives]));
}

function madeSign(at) {
  const whole = inputs[at].map((input) => values[input]);
  if (!model.whole) return whole.every((x) => read(x) === x) ? "=" : "≈";
  const shown = Float64Array.from(values);
  inputs[at].forEach((input) => (shown[input] = read(values[input])));
  return relation(computed(at, shown), rounded(values[at]));
}

// The formula of a local derivative, as long as it is the one that counts here.
function formulaText(flow) {
  const holds = flow.means >= 0 && Math.abs(values[flow.means] - values[flow.partial]) <= 1e-6 * Math.abs(values[flow.partial]);
  return holds && values[flow.counts] ? flow.shown.formula.first : "";
}

function writeLines() {
  partsOfLine.forEach(write);
  cells.forEach(([value, adjoint], at) => {
    setText(value, valueText(at));
    setText(adjoint, adjointText(at));
  });
  setClass(byId("text"), "stale", !isAsGiven());
}

let marked;

// The line of a step, with the numbers of this moment; those of the others are written once it is quiet.
function lineText(step) {
  write(partsOfLine[step]);
  return lines[step].textContent;
}

function markStep() {
  const line = lines[state.step], text = lineText(state.step);
  if (line !== marked) setClass(marked, "now", false);
  setClass(line, "now", true);
  marked = line;
  setText(byId("sentence"), text);
  byId("step").value = state.step;
  setText(byId("count"), `${state.step} of ${lastStep}`);
  byId("step").setAttribute("aria-valuetext", `${state.step} of ${lastStep}: ${text}`);
  for (const key of ["first", "back"]) byId(key).disabled = state.step === 0;
  for (const key of ["next", "last"]) byId(key).disabled = state.step === lastStep;
}

// The box of the step at hand, brought into sight within the drawing: the page itself stays where it is.
function showStep() {
  const [box, flow] = state.step ? steps[state.step - 1] : [-1, -1];
  const group = drawnBoxes[flow >= 0 ? model.arrows[model.flows[flow].arrow][0] : box]?.group;
  if (!group) return;
  const stage = picture.parentElement, around = stage.getBoundingClientRect(), at = group.getBoundingClientRect();
  if (at.left < around.left || at.right > around.right) stage.scrollLeft += (at.left + at.right - around.left - around.right) / 2;
  if (at.top < around.top || at.bottom > around.bottom) stage.scrollTop += (at.top + at.bottom - around.top - around.bottom) / 2;
}

function goTo(step) {
  state.step = Math.max(0, Math.min(lastStep, step));
  showStep();
  changed();
}

let playing;

function stopPlaying() {
  clearInterval(playing);
  playing = undefined;
  sayPlaying(false);
}

function sayPlaying(isOn) {
  setText(byId("play"), isOn ? "pause" : "play");
  setClass(byId("drawing"), "playing", isOn);
}

function play() {
  if (playing) return stopPlaying();
  if (state.step === lastStep) goTo(0);
  sayPlaying(true);
  playing = setInterval(() => (state.step < lastStep ? goTo(state.step + 1) : stopPlaying()), 900);
}

function startWalk() {
  byId("step").max = lastStep;
  byId("step").addEventListener("input", (event) => (stopPlaying(), goTo(Number(event.target.value))));
  const moves = { first: () => 0, back: () => state.step - 1, next: () => state.step + 1, last: () => lastStep };
  for (const [key, to] of Object.entries(moves)) byId(key).addEventListener("click", () => (stopPlaying(), goTo(to())));
  byId("play").addEventListener("click", play);
  byId("fit").addEventListener("click", fit);
  const share = picture.parentElement.clientWidth / picture.clientWidth;
  if (share < 1 && share > LEAST_SHARE) fit();
}

// A drawing that is little wider than there is room for fits at first.
const LEAST_SHARE = 0.7;

function fit() {
  setAttribute(byId("fit"), "aria-pressed", String(picture.parentElement.classList.toggle("fit")));
}
