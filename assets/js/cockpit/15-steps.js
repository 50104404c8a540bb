/* Dash keeps each tick of an interval as a step to be undone. Nothing here is undone, and a wall stands for weeks:
   the list would grow without end, and each tick copies it. docs/decisions/0075 */
(function () {
  "use strict";
  var EVERY_MS = 10000;

  function forget() {
    (window.dash_stores || []).forEach(function (store) {
      var steps = store.getState().history;
      if (steps && Array.isArray(steps.past)) { steps.past.length = 0; } // no action of Dash empties it; nothing is drawn from it
    });
  }
  window.setInterval(forget, EVERY_MS);
})();
