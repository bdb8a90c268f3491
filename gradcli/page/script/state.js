// What the reader has chosen: the bindings, the step, the box at hand, the learning rate, what does not learn, the axis
// of the curve. It stands in the address too, of which nothing is believed that is not a number or a name of this page.
const USUAL_RATE = 0.1;
const given = model.bindings;
// Each step makes known the value of a box, or the gradient of the output's, or what flows back.
const outputBox = model.boxes.findIndex((box) => box.value === model.output);
const forward = model.boxes.flatMap((box, at) => (box.does ? [[at, -1]] : []));
const steps = [...forward, ...(model.flows.length ? [[outputBox, -1]] : []), ...model.flows.map((_, at) => [-1, at])];
const lastStep = steps.length;
const state = { bindings: { ...given }, step: lastStep, box: -1, rate: USUAL_RATE, still: new Set(), axis: { name: names[0] } };

let isGiven = true;
const isAsGiven = () => isGiven;

// Whether the numbers are those that Python gave is asked at every number, and found out once a frame.
function compareWithGiven() {
  isGiven = names.every((name) => isSame(state.bindings[name], given[name]));
}

// What an address does not tell is as it is on a page that was just opened. One without a `=` is a place on the page.
function readAddress(hash) {
  if (!hash.includes("=")) return;
  const told = new URLSearchParams(hash.slice(1)), number = (key) => typed(told.get(key) ?? "");
  for (const name of names) state.bindings[name] = number(`at.${name}`) ?? given[name];
  state.step = Math.max(0, Math.min(lastStep, Math.round(number("step") ?? lastStep)));
  state.box = model.boxes.findIndex((box) => box.key === told.get("box"));
  state.rate = number("rate") ?? USUAL_RATE;
  state.still = new Set(told.getAll("still").filter((name) => names.includes(name)));
  const along = told.get("along");
  state.axis = { name: names.includes(along) ? along : names[0], low: number("from"), high: number("to") };
}

function writeAddress() {
  const told = new URLSearchParams();
  for (const name of names) if (!isSame(state.bindings[name], given[name])) told.set(`at.${name}`, exact(state.bindings[name]));
  if (state.step !== lastStep) told.set("step", state.step);
  if (state.box >= 0) told.set("box", model.boxes[state.box].key);
  if (state.rate !== USUAL_RATE) told.set("rate", exact(state.rate));
  for (const name of state.still) told.append("still", name);
  const { name: along, low, high } = state.axis;
  if (along !== names[0]) told.set("along", along);
  if (low !== undefined) told.set("from", exact(low));
  if (high !== undefined) told.set("to", exact(high));
  const address = told.toString() ? `#${told}` : location.pathname + location.search;
  try {
    history.replaceState(null, "", address);
  } catch {
    // some viewers of files keep their address to themselves
  }
}
