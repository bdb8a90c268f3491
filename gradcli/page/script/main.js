// What a change brings about: the drawing and the answer in the next frame, all else once it is quiet for a moment after
// it. A page that is not seen has no frames, and nothing is written from the numbers of the last one.
// On a page of few numbers all that is read follows each frame.
const QUIET = 120, MOST_LIVE = 600;
const isSmall = model.code.length <= MOST_LIVE;
const answerLine = document.querySelector(".answer");
const answers = numbersIn(answerLine).map((part, index) => {
  const name = (model.by ?? names)[index - 1], at = model.boxes.findIndex((box) => box.title === name || box.value === model.variables[name]);
  const isKnown = () => (index ? (at < 0 ? state.step === lastStep : adjointText(at) !== DASH) : state.step >= valueStep[outputBox]);
  return { ...part, isKnown };
});
let frame, quiet;

function changed() {
  frame ??= requestAnimationFrame(drawFrame);
  clearTimeout(quiet);
}

function drawFrame() {
  performance.mark("frame");
  frame = undefined;
  shaky = new Set();
  sides = [];
  compareWithGiven();
  values = evaluate(state.bindings);
  const isAnswerSeen = answerLine.getBoundingClientRect().bottom > 0;
  drawWalk(inSight());
  if (isAnswerSeen) write(answers);
  showBindings();
  showPanel();
  markStep();
  if (isSmall) follow();
  performance.measure("frame", "frame");
  clearTimeout(quiet);
  quiet = setTimeout(settle, QUIET);
}

function settle() {
  performance.mark("settle");
  shaky = isAsGiven() ? new Set() : unsure(state.bindings, values);
  sides = isAsGiven() ? [] : slopesBeside();
  drawWalk();
  follow();
  nameBoxes();
  showPanel();
  tellDoubles();
  writeAddress();
  performance.measure("settle", "settle");
}

function follow() {
  write(answers);
  writeLines();
  drawCurve();
  drawCheck();
  setText(byId("command"), command());
}

function tellDoubles() {
  const text = byId("doubles");
  text.hidden = isAsGiven();
  setText(text, `These numbers are computed by this page, in doubles.${shaky.size ? " What is underlined loses digits there: the command below gives them." : ""}`);
}

function warn(text) {
  byId("banner").hidden = false;
  setText(byId("banner"), text);
}

// For paper all steps are done.
function showNow(step) {
  state.step = step;
  drawFrame();
  settle();
}

function start() {
  readAddress(location.hash);
  document.documentElement.classList.add("on");
  startWalk();
  startBindings();
  startPanel();
  startLearning();
  startCurve();
  startCopy();
  const at = disagreement();
  if (at !== undefined) {
    warn(`This browser computes ${model.operators[model.code[at][0]]} otherwise than Python did, so what moves on this page may be wrong.`);
  }
  addEventListener("hashchange", (event) => (readAddress(new URL(event.newURL).hash), showLearning(), changed()));
  let before;
  addEventListener("beforeprint", () => ((before = state.step), showNow(lastStep)));
  addEventListener("afterprint", () => showNow(before));
  changed();
}

start();
