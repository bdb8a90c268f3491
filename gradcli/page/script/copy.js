// The drawing as it is, and the command that gives these numbers.
function quoted(text) {
  return /^[\w.,=/:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function command() {
  const named = (name) => (/^[\p{L}][\p{L}\p{N}_]*$/u.test(name) ? name : `\`${name}\``);
  const bound = names.map((name) => quoted(`${named(name)}=${exact(state.bindings[name])}`));
  const by = model.by ? ["--wrt", quoted(model.by.join(","))] : [];
  return ["gradcli", "grad", quoted(model.expression ?? document.querySelector("h1").textContent), ...bound, ...by].join(" ");
}

const ADDED = ["tabindex", "role", "aria-label", "data-box", "data-arrow", "data-chip"];
const NAMED = ["id", "aria-labelledby", "aria-describedby"];
const LATER = 0.28;

function drawing() {
  const [copy, ...rest] = [...document.querySelectorAll(".stage svg")].map((svg) => svg.cloneNode(true));
  for (const group of rest.map((tile) => tile.firstChild)) copy.querySelector(`.${group.getAttribute("class")}`).append(...group.children);
  for (const name of NAMED) copy.setAttribute(name, picture.getAttribute(name));
  copy.setAttribute("role", "img");
  for (const element of copy.querySelectorAll("[data-box],[data-arrow],[data-chip]")) ADDED.forEach((key) => element.removeAttribute(key));
  for (const element of copy.querySelectorAll(".later")) element.setAttribute("opacity", LATER);
  return new XMLSerializer().serializeToString(copy);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  setText(byId("copied"), `copied, ${text.length} letters`);
}

function startCopy() {
  byId("copy-svg").addEventListener("click", () => copy(drawing()));
  byId("copy-command").addEventListener("click", () => copy(command()));
}
