// Each derivative beside a difference quotient: central differences, extrapolated once (Richardson).
function quotient(name) {
  const at = state.bindings[name], step = Math.max(Math.abs(at), 1) * 2 ** -12;
  const output = (x) => evaluate({ ...state.bindings, [name]: x }, valueOrder)[model.output];
  const central = (by) => (output(at + by) - output(at - by)) / (at + by - (at - by));
  return (4 * central(step / 2) - central(step)) / 3;
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
