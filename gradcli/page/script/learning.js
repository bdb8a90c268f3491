// Gradient descent on the variables: what the slope predicts, what happens, and the values on the way.
const learned = Object.keys(model.gradient).filter((name) => Object.hasOwn(model.variables, name));
const MOST_STEPS = 100;
let losses = [], reached, running;

function descend() {
  const before = values[model.output], slopes = learned.map((name) => values[model.gradient[name]]);
  const after = { ...state.bindings };
  const steps = learned.map((name, at) => (state.still.has(name) ? 0 : slopes[at]));
  if (!Number.isFinite(before) || !steps.every(Number.isFinite)) {
    setText(byId("learned"), `Here ${model.name} or its slope is no finite number: there is nothing to go down from.`);
    return false;
  }
  learned.forEach((name, at) => (after[name] -= state.rate * steps[at]));
  const arrived = evaluate(after)[model.output], predicted = -state.rate * steps.reduce((sum, slope) => sum + slope * slope, 0);
  if (!learned.every((name) => Number.isFinite(after[name])) || !Number.isFinite(arrived)) {
    setText(byId("learned"), `A step of ${rounded(state.rate)} leads to where ${model.name} is no number: take a smaller learning rate.`);
    return false;
  }
  if (names.every((name) => isSame(after[name], state.bindings[name]))) {
    setText(byId("learned"), `It has arrived: ${losses.length > 1 ? `after ${losses.length - 1} steps ` : ""}a step of ${rounded(state.rate)} moves nothing more.`);
    return false;
  }
  const goesOn = losses.length > 0 && names.every((name) => isSame(reached[name], state.bindings[name]));
  losses = [...(goesOn ? losses : [before]), arrived];
  reached = after;
  Object.assign(state.bindings, after);
  setText(byId("learned"), `Step ${losses.length - 1}: by the slope ${model.name} changes by ${rounded(predicted)}; in fact it goes from ${rounded(before)} to ${rounded(arrived)}, by ${rounded(arrived - before)}.`);
  changed();
  values = evaluate(state.bindings);
  return true;
}

function stopRunning() {
  clearInterval(running);
  running = undefined;
  setText(byId("run"), "run");
}

function run() {
  if (running) return stopRunning();
  let left = MOST_STEPS;
  setText(byId("run"), "stop");
  running = setInterval(() => (left-- && descend() ? drawLosses() : stopRunning()), reducedMotion.matches ? 500 : 60);
}

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

function drawLosses() {
  const figure = byId("losses");
  if (losses.length < 2) return figure.replaceChildren();
  const points = losses.map((loss, step) => [step, loss]);
  figure.replaceChildren(chart({ room: figure.clientWidth, points: [points], isWhole: true, name: `${model.name} after each of ${losses.length - 1} steps, from ${rounded(losses[0])} to ${rounded(losses.at(-1))}`, across: "step" }));
}

function forget() {
  stopRunning();
  losses = [];
  setText(byId("learned"), "");
  drawLosses();
}

function showLearning() {
  if (byId("rate")) setField(byId("rate"), exact(state.rate));
  for (const [at, name] of learned.entries()) byId(`moves-${at}`).checked = !state.still.has(name);
}

// A box for each variable: one that is ticked is a weight, the others are data.
function chooseMoving() {
  for (const [at, name] of learned.entries()) {
    const box = Object.assign(document.createElement("input"), { type: "checkbox", id: `moves-${at}` });
    box.addEventListener("change", () => (box.checked ? state.still.delete(name) : state.still.add(name), changed()));
    byId("moving").append(node("label", "", box, ` ${name}`));
  }
}

function startLearning() {
  if (!learned.length) return byId("learning").remove();
  chooseMoving();
  showLearning();
  byId("rate").addEventListener("input", (event) => readField(event.target, (value) => ((state.rate = value), changed())));
  byId("learn").addEventListener("click", () => (stopRunning(), descend(), drawLosses()));
  byId("run").addEventListener("click", run);
  byId("reset").addEventListener("click", restart);
}
