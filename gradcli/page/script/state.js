// What the reader has chosen: the bindings, the step, the box at hand, the learning rate. It stands in the address too,
// of which nothing is believed that is not a number, or the key of a box.
const given = Object.fromEntries(Object.entries(model.bindings).map(([name, value]) => [name, Number(value)]));
const names = Object.keys(model.variables);
const lastStep = model.steps.length;
const state = { bindings: { ...given }, step: lastStep, box: -1, rate: 0.1 };

const isAsGiven = () => names.every((name) => isSame(state.bindings[name], given[name]));

function readAddress() {
  const told = new URLSearchParams(location.hash.slice(1));
  for (const name of names) state.bindings[name] = typed(told.get(`at.${name}`) ?? "") ?? state.bindings[name];
  const step = typed(told.get("step") ?? "");
  if (step !== undefined) state.step = Math.max(0, Math.min(lastStep, Math.round(step)));
  state.box = model.boxes.findIndex((box) => box.key === told.get("box"));
  state.rate = typed(told.get("rate") ?? "") ?? state.rate;
}

function writeAddress() {
  const told = new URLSearchParams();
  for (const name of names) if (!isSame(state.bindings[name], given[name])) told.set(`at.${name}`, exact(state.bindings[name]));
  if (state.step !== lastStep) told.set("step", state.step);
  if (state.box >= 0) told.set("box", model.boxes[state.box].key);
  if (state.rate !== 0.1) told.set("rate", exact(state.rate));
  const address = told.toString() ? `#${told}` : location.pathname + location.search;
  try {
    history.replaceState(null, "", address);
  } catch {
    // some viewers of files keep their address to themselves
  }
}
