/* Alarms by keyboard: q acknowledges the chosen or most urgent one, arrows choose, "Bearbeiten" fills the form. */
(function () {
  "use strict";
  var FIELDS = ["INPUT", "TEXTAREA", "SELECT"];

  function rows() {
    return Array.prototype.filter.call(document.querySelectorAll("[data-alarm]"), function (row) { return row.checkVisibility(); }); // rows in closed groups have a box in some browsers
  }
  function isTyping(node) { return FIELDS.indexOf(node.tagName) >= 0 || node.isContentEditable; }
  function chosen() { return document.activeElement ? document.activeElement.closest("[data-alarm]") : null; }

  function acknowledge() {
    var row = chosen();
    var all = row && row.querySelector(":scope > .actions [data-acknowledge-river]"); // only for a river that was chosen
    var button = all || (row || document).querySelector("[data-acknowledge]");
    if (button) { kept = null; button.click(); }
  }
  function move(step) {
    var every = rows();
    var here = every.indexOf(chosen());
    var next = every[Math.min(Math.max(here + step, 0), every.length - 1)];
    if (next) { next.focus(); }
    return Boolean(next);
  }
  function edit(alarmId) {
    var select = document.getElementById("operations-select");
    if (!select) { return; }
    window.dash_clientside.set_props("operations-select", { value: alarmId });
    select.scrollIntoView({ block: "center" });
    document.getElementById("operations-text").focus({ preventScroll: true });
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event.target)) { return; }
    if (event.key === "q") { acknowledge(); }
    var isInList = Boolean(chosen());
    if (isInList && event.key === "ArrowDown" && move(1)) { event.preventDefault(); }
    if (isInList && event.key === "ArrowUp" && move(-1)) { event.preventDefault(); }
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-edit]");
    if (button) { edit(button.dataset.edit); }
  });

  /* The list is drawn anew with each version: who had chosen an alarm still has it. */
  var kept = null;
  document.addEventListener("focusin", function (event) {
    var row = event.target.closest("[data-alarm]");
    kept = row ? row.dataset.alarm : null;
  });
  new MutationObserver(function () {
    if (!kept || document.activeElement !== document.body) { return; }
    var same = document.querySelector('[data-alarm="' + kept + '"]');
    if (same) { same.focus({ preventScroll: true }); }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
