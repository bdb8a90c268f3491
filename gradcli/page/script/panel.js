// The box at hand: its formula with its numbers, what it is made of, what comes back to it term by term.
function node(tag, text, ...more) {
  const element = document.createElement(tag);
  element.textContent = text ?? "";
  element.append(...more);
  return element;
}

const title = (at) => model.boxes[at].title;
const derivative = (of, by) => `∂${title(of)}/∂${title(by)}`;
const operands = model.boxes.map((_, at) => model.arrows.flatMap(([from, to]) => (to === at ? [from] : [])));
const consumers = model.boxes.map((_, at) => [...new Set(model.arrows.flatMap(([from, to]) => (from === at ? [to] : [])))]);

// A box in words, for who hears it: its numbers and what it is joined to.
function told(at) {
  const box = model.boxes[at];
  const parts = [[box.title, box.does].filter(Boolean).join(" = "), `value ${valueText(at)}`];
  if (box.adjoint >= 0) parts.push(`gradient ${adjointText(at)}`);
  if (operands[at].length) parts.push(`made of ${operands[at].map(title).join(" and ")}`);
  if (consumers[at].length) parts.push(`goes into ${consumers[at].map(title).join(" and ")}`);
  return [...parts, ...remarks(at)].join("; ");
}

// What is to be said of a box here: what Python said of it, or what shows now.
function remarks(at) {
  return isAsGiven() ? (model.boxes[at].notes || []) : found(at).map(([, text]) => text);
}

// What shows now, each as a badge and in words.
function found(at) {
  const box = model.boxes[at], value = values[box.value], all = [];
  if (box.kink >= 0 && values[box.kink]) all.push(["kink or jump", ["at its kink or jump", ...besideKink(box.kink)].join(", ")]);
  const from = operands[at].map((operand) => values[model.boxes[operand].value]);
  const isFirst = from.every(Number.isFinite) || (Number.isNaN(value) && !from.some(Number.isNaN));
  if (!Number.isFinite(value) && isFirst && box.does) all.push(["not finite", `${rounded(value)} arises here`]);
  if (shaky.has(box.value) || shaky.has(box.adjoint)) all.push(["precision", "doubles lose digits here"]);
  return all;
}

const MOST_TERMS = 8, MOST_WAYS = 40;

function term(at) {
  const flow = model.flows[at], [from, to] = model.arrows[flow.arrow];
  const isKnown = state.step >= stepOfFlow[at];
  const own = derivative(to, from), formula = isAsGiven() ? flow.shown.formula.first : formulaText(flow);
  const local = node("p", isKnown ? `${own}${formula} = ${partialText(flow)}` : `${own} = ${DASH}`);
  const upstream = isAsGiven() ? flow.shown.upstream.first : rounded(values[flow.up]);
  const sign = isAsGiven() ? flow.shown.sign.first : productSign(flow);
  const product = isKnown ? `${upstream} × ${partialText(flow)} ${sign} ${contributionText(flow)}` : DASH;
  const why = isKnown && whyText(flow) ? ` (${whyText(flow)})` : "";
  return node("li", "", local, node("p", `through ${title(to)}: ${derivative(outputBox, to)} × ${own} = ${product}${why}`));
}

function showPanel() {
  const at = state.box, panel = byId("panel");
  if (at < 0) return fill(panel, node("p", "Choose a box: its numbers and what comes back to it stand here."));
  const box = model.boxes[at];
  const about = [node("h3", [box.title, box.does].filter(Boolean).join(" = "))];
  if (box.whole) about.push(node("p", box.whole));
  const parts = [...new Set(operands[at])].map((from) => `${title(from)} = ${valueText(from)}`);
  if (parts.length && box.does) about.push(node("p", `from ${parts.join(", ")}`));
  about.push(node("p", box.does && state.step >= valueStep[at] ? lineText(valueStep[at]) : `value ${valueText(at)}`));
  if (box.adjoint >= 0) about.push(...gradientOf(at));
  fill(panel, ...about, ...remarks(at).map((text) => prose(`! ${text}`)));
}

// A sentence with the parts between back-ticks as code.
function prose(text) {
  return node("p", "", ...text.split("`").map((part, at) => (at % 2 ? node("code", part) : part)));
}

// What is the same is left as it is, so that it is not read aloud again.
function fill(element, ...children) {
  const fresh = node("div", "", ...children);
  if (fresh.innerHTML !== element.innerHTML) element.replaceChildren(...fresh.childNodes);
}

function gradientOf(at) {
  const list = node("ul", "");
  const more = flowsOf[at].length - MOST_WAYS;
  list.append(...flowsOf[at].slice(0, MOST_WAYS).map(term), ...(more > 0 ? [node("li", `and ${more} more, in the steps`)] : []));
  const terms = flowsOf[at].filter((flow) => stepOfFlow[flow] <= state.step).map((flow) => contributionText(model.flows[flow]));
  const sum = terms.length > 1 ? ` = ${termsText(terms)} ${sumSign(at, terms)} ` : " = ";
  return [node("p", `gradient: ${derivative(outputBox, at)}${sum}${adjointText(at)}`), list];
}

// Terms with their signs between them, of many the first.
function termsText(terms) {
  const shown = terms.slice(0, MOST_TERMS).join(" + ").replaceAll("+ -", "- ");
  return terms.length > MOST_TERMS ? `${shown} + … (${terms.length - MOST_TERMS} more)` : shown;
}

function sumSign(at, terms) {
  const total = terms.reduce((sum, text) => sum + Number(text), 0);
  return relation(total, adjointText(at));
}

function choose(at, isFocused) {
  state.box = at;
  changed();
  drawnBoxes.forEach(({ group }, other) => group.setAttribute("tabindex", other === at ? "0" : "-1"));
  if (isFocused) drawnBoxes[at].group.focus();
}

// Arrows of the keyboard follow the edges: on to what a box goes into, back to what it is made of, up and down between
// what goes into the same, whichever that is: so every box can be reached.
const alongEdges = {
  ArrowRight: (at) => consumers[at][0],
  ArrowLeft: (at) => operands[at][0],
  ArrowDown: (at) => beside(at, 1),
  ArrowUp: (at) => beside(at, -1),
};

function beside(at, by) {
  const group = consumers[at].length ? [...new Set(consumers[at].flatMap((to) => operands[to]))] : [at];
  return group[(group.indexOf(at) + by + group.length) % group.length];
}

function startPanel() {
  drawnBoxes.forEach(({ group }, at) => {
    group.setAttribute("role", "button");
    group.setAttribute("tabindex", at === Math.max(state.box, 0) ? "0" : "-1");
    for (const kind of ["mouseenter", "focus", "click"]) group.addEventListener(kind, () => state.box !== at && choose(at, kind === "click"));
    group.addEventListener("keydown", (event) => {
      const next = alongEdges[event.key]?.(at);
      if (next === undefined) return;
      event.preventDefault();
      choose(next, true);
    });
  });
}

function nameBoxes() {
  drawnBoxes.forEach(({ group }, at) => {
    const text = told(at);
    setAttribute(group, "aria-label", text);
    setText(group.querySelector("title"), text.replaceAll("; ", "\n"));
    setBadge(at, isAsGiven() ? undefined : found(at).map(([name]) => name).join(", "));
  });
  model.flows.forEach((flow, at) => {
    const [from, to] = model.arrows[flow.arrow];
    const text = `${title(from)} → ${title(to)}: local derivative ${partialText(flow)}, of which ${contributionText(flow)} comes back${whyText(flow) ? ` (${whyText(flow)})` : ""}`;
    for (const group of [drawnArrows[flow.arrow].line, drawnArrows[flow.arrow].chip]) setText(group.querySelector("title"), text);
  });
}
