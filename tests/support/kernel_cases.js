// How far the kernels of a page are from those of Python on the cases that kernel_cases.py makes, in node or a browser.
const KERNEL_CASES = (() => {
  const doubles = text => new Float64Array(Uint8Array.from(atob(text), sign => sign.charCodeAt(0)).buffer);
  const view = new DataView(new ArrayBuffer(8));

  // The number of a double: doubles in order, both zeros at 0.
  const numbered = x => {
    view.setFloat64(0, Math.abs(x));
    return x < 0 ? -view.getBigInt64(0) : view.getBigInt64(0);
  };

  // The doubles from one to the other; endless where NaN, infinity or zero, or its sign, is on one side only.
  const distance = (got, wanted) => {
    if (Object.is(got, wanted)) return 0;
    const plain = [got, wanted].every(x => typeof x === "number" && Number.isFinite(x) && x !== 0);
    return plain ? Math.abs(Number(numbered(got) - numbered(wanted))) : Infinity;
  };

  // For each case the operator, the greatest distance, and all places that are farther off than `most`.
  const compared = (kernels, cases, most) => cases.map(({operator, arity, operands, values}) => {
    const [given, wanted] = [doubles(operands), doubles(values)];
    const result = {operator, worst: 0, apart: []};
    wanted.forEach((value, at) => {
      const point = [...given.subarray(at * arity, (at + 1) * arity)];
      const got = kernels[operator](...point), off = distance(got, value);
      if (off <= most) result.worst = Math.max(result.worst, off);
      else result.apart.push([point, got, value, off].flat().map(String));
    });
    return result;
  });
  return {compared};
})();
