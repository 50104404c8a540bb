/* Alarms by keyboard: q acknowledges the chosen one or the topmost that waits, arrows choose, "Bearbeiten" fills the form. */
(function () {
  "use strict";
  var FIELDS = ["INPUT", "TEXTAREA", "SELECT"];

  function isShown(row) { return row.checkVisibility({ visibilityProperty: true }); } // a wall hides rows that would be cut
  function rows() {
    return Array.prototype.filter.call(document.querySelectorAll("[data-alarm]"), isShown); // rows in closed groups have a box in some browsers
  }
  function isTyping(node) { return FIELDS.indexOf(node.tagName) >= 0 || node.isContentEditable; }
  function chosen() {
    var row = document.activeElement ? document.activeElement.closest("[data-alarm]") : null;
    return row && isShown(row) ? row : null;
  }
  function river(row) { return row.querySelector(":scope > .actions [data-acknowledge-river]"); }
  function button(row) { return row && (river(row) || row.querySelector("[data-acknowledge]")); }
  function target() { return chosen() || rows().find(button); } // what q acts on: never an alarm in a closed group
  function isOnScreen(row) {
    var box = row.getBoundingClientRect();
    var middle = (box.top + box.bottom) / 2;
    return middle > 0 && middle < window.innerHeight;
  }

  /* What nobody has seen is not acknowledged: an alarm off the screen, and a river that q itself has chosen, are shown first. */
  function acknowledge() {
    var row = target();
    if (!button(row)) { return; }
    var isHidden = !isOnScreen(row);
    var isChosen = row === chosen();
    if (isHidden) { row.scrollIntoView({ block: "center" }); }
    if (!isChosen) { row.focus({ preventScroll: true }); }
    if (isHidden || (!isChosen && river(row))) { return; }
    kept = null;
    button(row).click();
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
    var pressed = event.target.closest("[data-edit]");
    if (pressed) { edit(pressed.dataset.edit); }
  });

  /* The list is drawn anew with each version: who had chosen an alarm still has it. */
  var kept = null;
  document.addEventListener("focusin", function (event) {
    var row = event.target.closest("[data-alarm]");
    kept = row ? row.dataset.alarm : null;
  });
  function restore() {
    if (!kept || document.activeElement !== document.body) { return; }
    var same = document.querySelector('[data-alarm="' + kept + '"]');
    if (same) { same.focus({ preventScroll: true }); }
  }

  /* The sign of the key stands on the one row that it acts on. */
  var isAsked = false;
  function sign() {
    isAsked = false;
    var row = document.querySelector("[data-alarm]") && target();
    document.querySelectorAll(".alarm--key").forEach(function (old) { if (old !== row) { old.classList.remove("alarm--key"); } });
    if (row && !row.classList.contains("alarm--key")) { row.classList.add("alarm--key"); }
  }
  function signSoon() {
    if (!isAsked) { isAsked = true; window.requestAnimationFrame(sign); }
  }
  ["focusin", "focusout", "toggle"].forEach(function (name) { document.addEventListener(name, signSoon, true); });
  new MutationObserver(function () { restore(); signSoon(); }).observe(document.documentElement, { childList: true, subtree: true });
})();
