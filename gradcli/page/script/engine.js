// The graph, interpreted: each node from the ones before it, by the functions of the operator table.
const functions = model.operators.map((name) => KERNELS[name]);
const inputs = model.code.map((line) => (Array.isArray(line) ? line.slice(1) : []));
const isOperation = model.code.map((line) => Array.isArray(line) && line.length > 0);

// What one node comes to, where the others have these values.
function computed(at, values) {
  const line = model.code[at];
  switch (line.length) {
    case 2: return functions[line[0]](values[line[1]]);
    case 3: return functions[line[0]](values[line[1]], values[line[2]]);
    default: return functions[line[0]](...inputs[at].map((input) => values[input]));
  }
}

// The values of nodes, of all or of those in order that are given, at these bindings.
function evaluate(bindings, order = everything, change = undefined) {
  const values = new Float64Array(model.code.length);
  for (const name of names) values[model.variables[name]] = bindings[name];
  for (const at of order) {
    const line = model.code[at];
    if (isOperation[at]) {
      const value = computed(at, values);
      values[at] = change ? change(value, at, values) : value;
    } else if (line !== null) values[at] = line;
  }
  return values;
}

const everything = model.code.map((_, at) => at);

// The nodes that some are made of, in order.
function needed(nodes) {
  const flags = new Set(nodes);
  for (let at = model.code.length - 1; at >= 0; at--) if (flags.has(at)) inputs[at].forEach((input) => flags.add(input));
  return everything.filter((at) => flags.has(at));
}

// The distance to the next double.
function unit(x) {
  return Math.max(2 ** (Math.floor(Math.log2(Math.abs(x))) - 52), Number.MIN_VALUE);
}

const MOST_ULPS = 4;

// The first node of which this browser makes another number than Python did, from the same operands.
function disagreement() {
  const bytes = Uint8Array.from(atob(model.golden), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const golden = everything.map((at) => view.getFloat64(8 * at, true));
  return everything.find((at) => isOperation[at] && !agrees(computed(at, golden), golden[at]));
}

function agrees(ours, golden) {
  return isSame(ours, golden) || Math.abs(ours - golden) <= MOST_ULPS * unit(golden);
}

// Which nodes lose digits in doubles: those that another rounding of the nodes before them changes to the eye (after
// Vignes, "Discrete stochastic arithmetic", 2004). A result that ends in zero bits as its operands do, or is one of them,
// is taken for exact.
const word = new DataView(new ArrayBuffer(8));
const isShort = (x) => (word.setFloat64(0, x), (word.getUint32(4) & 0xfff) === 0);

function rerounded(seed) {
  return (value, at, values) => {
    const isExact = !Number.isFinite(value) || [value, ...inputs[at].map((input) => values[input])].every(isShort);
    if (isExact || inputs[at].some((input) => Math.abs(values[input]) === Math.abs(value))) return value;
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return value + (seed & 0x10000 ? 1 : -1) * unit(value);
  };
}

function unsure(bindings, values) {
  const others = [1, 2].map((seed) => evaluate(bindings, everything, rerounded(seed)));
  const visible = 10 ** (1 - model.digits);
  const differs = (at, other) => Math.abs(other[at] - values[at]) > visible * Math.abs(values[at]);
  return new Set(everything.filter((at) => isOperation[at] && others.some((other) => differs(at, other))));
}
