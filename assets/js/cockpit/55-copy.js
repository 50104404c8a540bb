/* A button with data-copy hands the text of the field of that id to the clipboard and says so. */
(function () {
  "use strict";
  function said(button, words) {
    var before = button.dataset.words || button.textContent;
    button.dataset.words = before;
    button.textContent = words;
    setTimeout(function () { button.textContent = before; }, 2000);
  }
  function select(field, button) {
    field.focus();
    field.select();
    said(button, "Markiert: Strg+C");
  }
  document.addEventListener("click", function (event) {
    var button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
    var field = button && document.getElementById(button.dataset.copy);
    if (!field) { return; }
    if (!navigator.clipboard) { select(field, button); return; }
    navigator.clipboard.writeText(field.value).then(
      function () { said(button, "Kopiert"); },
      function () { select(field, button); }
    );
  });
})();
