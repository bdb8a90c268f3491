// Each derivative beside a difference quotient: central differences, extrapolated once (Richardson).
function quotient(name) {
  const at = state.bindings[name], step = Math.max(Math.abs(at), 1) * 2 ** -12;
  const output = (x) => evaluate({ ...state.bindings, [name]: x }, valueOrder)[model.output];
  const central = (by) => (output(at + by) - output(at - by)) / (at + by - (at - by));
  return (4 * central(step / 2) - central(step)) / 3;
}

// Where a kink is met, the slopes a little beside it that are not the rule's at it, by the variables that move it.
const BESIDE = 1e-9, MOST_SIDES = 8;

function slopesBeside() {
  if (!model.boxes.some(({ kink }) => kink >= 0 && values[kink])) return [];
  const slope = (name, by) => evaluate({ ...state.bindings, [name]: state.bindings[name] + by * Math.max(1, Math.abs(state.bindings[name])) })[model.gradient[name]];
  const differs = (x, y) => !(Math.abs(x - y) <= 1e-6 * Math.abs(y));
  return learned.slice(0, MOST_SIDES).flatMap((name) => {
    const [left, here, right] = [-BESIDE, 0, BESIDE].map((by) => slope(name, by));
    return differs(left, here) || differs(right, here) ? [[name, `the slope by ${name} is ${rounded(left)} where it is a little smaller and ${rounded(right)} where it is larger`]] : [];
  });
}

function besideKink(kink) {
  const moving = new Set(sides.length ? needed([kink]) : []);
  return sides.filter(([name]) => moving.has(model.variables[name])).map(([, text]) => text);
}

function verdict(slope, tried) {
  if (!Number.isFinite(slope) || !Number.isFinite(tried)) return "no number to compare";
  const apart = Math.abs(slope - tried) / Math.max(Math.abs(slope), Math.abs(tried), Number.MIN_VALUE);
  if (apart < 1e-6 || Math.abs(slope - tried) < 1e-9) return "agrees";
  return apart < 1e-3 ? "agrees roughly" : "differs: a kink, a jump or lost digits may be near";
}

function drawCheck() {
  const table = byId("differences");
  if (!learned.length) return byId("check")?.remove();
  const head = node("tr", "", ...["derivative", "gradient", "difference quotient", "verdict"].map((text) => Object.assign(node("th", text), { scope: "col" })));
  const lines = learned.map((name) => {
    const slope = isAsGiven() ? Number(answers[1 + (model.by ?? names).indexOf(name)].first) : values[model.gradient[name]], tried = quotient(name);
    const cells = [rounded(slope), rounded(tried)].map((text) => Object.assign(node("td", text), { className: "n" }));
    return node("tr", "", Object.assign(node("th", `∂${model.name}/∂${name}`), { scope: "row" }), ...cells, node("td", verdict(slope, tried)));
  });
  table.replaceChildren(node("thead", "", head), node("tbody", "", ...lines));
}
