/* Rows of the wall: what would be cut is left out, and the line below counts it. Mirrors _wall_rows.py. */
(function () {
  "use strict";
  var ROUNDING_PX = 1;
  var OWN = ".wall-more, .wall__clock time, .rain-loop__label, .rain-loop__stop"; // goes on by itself and moves no row; an age may wrap

  function words(more, shown, one) {
    if (!more) { return ""; }
    if (!shown) { return more + " nicht gezeigt"; }
    return "und " + more + " " + (more === 1 ? one : "weitere");
  }
  function say(line, text) {
    if (line.textContent !== text) { line.textContent = text; }
  }
  function whole(list) {
    var end = list.getBoundingClientRect().bottom + ROUNDING_PX;
    return Array.prototype.filter.call(list.children, function (row) { return row.getBoundingClientRect().bottom <= end; }).length;
  }
  function fit(list) {
    var line = list.parentNode.querySelector(":scope > .wall-more[data-one]");
    var total = Number(list.dataset.total);
    if (!line) { return; }
    say(line, words(total - list.children.length, list.children.length, line.dataset.one));
    if (whole(list) < list.children.length) { say(line, words(total, 1, line.dataset.one)); } // the line takes room itself
    var shown = whole(list);
    say(line, words(total - shown, shown, line.dataset.one));
    Array.prototype.forEach.call(list.children, function (row, index) { row.classList.toggle("wall-list__out", index >= shown); });
  }
  function fitAll() { document.querySelectorAll(".wall-list[data-total]").forEach(fit); }

  new MutationObserver(function (changes) {
    if (changes.some(function (change) { return !change.target.matches(OWN); })) { fitAll(); }
  }).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener("resize", fitAll);
})();
