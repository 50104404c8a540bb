/* Choosing a file. One over the limit is refused by the browser without a word: say it. The field of
   Dash is invisible and without a name: it is hidden from all, and the button beside it is the way in.
   A button that is off while its step runs loses the focus, and gets it back with the outcome. */
(function () {
  "use strict";
  function tell(event, files) {
    var place = event.target instanceof Element ? event.target.closest("[data-upload-limit]") : null;
    if (!place) { return; }
    var limit = Number(place.dataset.uploadLimit);
    var words = place.querySelector(".upload__refused");
    var large = Array.prototype.find.call(files || [], function (file) { return file.size > limit; });
    words.textContent = large
      ? "„" + large.name + "“ hat mehr als " + words.dataset.mb + " MB und wurde nicht gelesen."
      : "";
  }
  function name() {
    var fields = document.querySelectorAll("[data-upload-limit] input[type=file]:not([aria-hidden])");
    Array.prototype.forEach.call(fields, function (field) {
      field.setAttribute("aria-hidden", "true");
      field.tabIndex = -1;
    });
  }
  var last = null;
  function giveBack(changes) {
    changes.forEach(function (change) {
      var button = change.target;
      var isMeant = button === last || (button.id === "upload-check" && last && last.id === "upload-cancel");
      if (button.closest(".upload-buttons") && !button.disabled && isMeant && document.activeElement === document.body) {
        button.focus();
      }
    });
  }
  /* Taking over is off until a check has passed, and while a step runs. */
  function isTakingOff(checked, isIdle) { return !(checked && isIdle); }
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    upload: { isTakingOff: isTakingOff },
  });
  document.addEventListener("focusin", function (event) { last = event.target; });
  new MutationObserver(giveBack).observe(document.documentElement, {
    attributes: true, attributeFilter: ["disabled"], subtree: true
  });
  new MutationObserver(name).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("change", function (event) { tell(event, event.target.files); }, true);
  document.addEventListener("drop", function (event) {
    tell(event, event.dataTransfer && event.dataTransfer.files);
  }, true);
})();
